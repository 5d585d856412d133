/** De-identifies what goes out and re-identifies what comes back: the one place where text is rewritten. */
import { unreachable } from '../../base/exhaustive.ts';
import type { Json } from '../../base/json.ts';
import type { Document } from '../../domain/document.ts';
import type { Edit, Verdict } from '../../domain/guardrail.ts';
import type { ClearedPrompt } from '../../domain/proofs.ts';
import { clearBody } from './clear-body.ts';
import { markerFor, type Marker } from './marker.ts';
import { mask } from './mask.ts';
import { labelOf, standInFor } from './stand-in-names.ts';
import { createStandInBook, NO_STAND_INS, type StandIns } from './stand-ins.ts';

export type { Marker } from './marker.ts';
export type { FoundStandIn, StandIns } from './stand-ins.ts';

export interface Privacy {
  /**
   * Rewrites a body by a verdict's edits, plants the marker where there is one, and proves it cleared. `domain` is the
   * pseudonymisation domain: the same value has the same stand-in within it and another one outside.
   */
  clear(
    body: Json,
    bytes: Buffer,
    document: Document,
    verdict: Verdict,
    domain: string,
    marker?: Marker | null,
  ): { readonly prompt: ClearedPrompt; readonly standIns: StandIns };
  /**
   * Proves what a guardrail asks a model: not scanned, since scanning it is what is asked, and as it came. It MUST go on a
   * grant that policy gave for an inquiry, and on no other.
   */
  clearForInquiry(body: Json): ClearedPrompt;
  /** The marker for a request's instructions; null where it has none. The same for the same instructions. */
  marker(document: Document, applicationId: string): Marker | null;
  /** What stands in place of one edited span of an answer. `text` is the span's own text, unescaped. */
  replacement(edit: Edit, text: string, domain: string): string;
}

/** `key`: 32 bytes that stand-ins and markers are derived from; who has it can test a guess, so it MUST stay here. */
export function createPrivacy({ key }: { readonly key: Buffer }): Privacy {
  if (key.length !== 32) throw new Error('the key of stand-ins must have 32 bytes');
  return {
    clear(body, bytes, document, { edits }, domain, marker = null) {
      if (edits.length === 0 && !marker)
        return { prompt: mintClearedPrompt(body, bytes), standIns: NO_STAND_INS };
      const book = createStandInBook(key, domain);
      const standInOf = (kind: string, value: string): string => book.standInOf(kind, value);
      const rewritten = clearBody(
        body,
        document,
        edits,
        (edit, text) => replaced(edit, text, standInOf),
        marker,
      );
      if (book.size() > 0) for (const { text } of document.segments) book.know(text);
      return { prompt: mintClearedPrompt(rewritten, null), standIns: book };
    },
    clearForInquiry: (body) => mintClearedPrompt(body, null),
    marker: (document, applicationId) => markerFor(key, document, applicationId),
    replacement: (edit, text, domain) =>
      replaced(edit, text, (kind, value) => standInFor(key, domain, kind, value, 0)),
  };
}

function replaced(
  { action, kind }: Edit,
  text: string,
  standInOf: (kind: string, value: string) => string,
): string {
  switch (action) {
    case 'redact':
      return `[REDACTED:${labelOf(kind)}]`;
    case 'mask':
      return mask(kind, text);
    case 'pseudonymize':
      return standInOf(kind, text);
    default:
      return unreachable(action);
  }
}

/** MUST be called for what was scanned, judged and rewritten, or is asked on a guardrail's behalf; for nothing else. */
function mintClearedPrompt(body: Json, untouched: Buffer | null): ClearedPrompt {
  return { body, untouched } as ClearedPrompt;
}
