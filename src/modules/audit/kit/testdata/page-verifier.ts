/** The browser's verifier, run here: the part of its page that knows of no page. */
import { readFileSync } from 'node:fs';
import { createContext, Script } from 'node:vm';
import type { KitReport } from '../../audit.ts';

const PAGE = new URL('../../../../../packs/verifier/verifier.html', import.meta.url);

export type PageVerifier = (
  kit: Blob,
  options: { trust?: string; known?: string; onProgress?: (done: number, total: number) => void },
) => Promise<KitReport>;

export function loadPageVerifier(): { verifyKit: PageVerifier; meanings: Record<string, string> } {
  const page = readFileSync(PAGE, 'utf8');
  const [, script] = /<script id="verification">(.*?)<\/script>/s.exec(page) ?? [];
  if (script === undefined) throw new Error('the page has no verification');
  const context = createContext({
    atob,
    btoa,
    crypto,
    DecompressionStream,
    TextDecoder,
    TextEncoder,
    // What crosses over is checked by what it is.
    Uint8Array,
    TypeError,
  });
  new Script(`${script}\nglobalThis.house = { verifyKit, meanings: MEANINGS };`).runInContext(context);
  return (context as { house: { verifyKit: PageVerifier; meanings: Record<string, string> } }).house;
}
