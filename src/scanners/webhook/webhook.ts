/** Asks an HTTP detector of your own what it sees in a text. */
import { z } from 'zod';
import { shareInFlight } from '../../base/in-flight.ts';
import {
  defineScanner,
  scanInPieces,
  secretReferenceSchema,
  type Scanner,
  type ScannerServices,
  type Sighting,
  type TextPlace,
} from '../../modules/scanning/scanner.ts';
import { readFindings } from './findings.ts';

const kind = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/, 'letters, digits and . _ - (64 at most)');

const config = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  /** What it may report; anything else is taken for nonsense. */
  kinds: z.array(kind).min(1).max(100),
  /** Sent as a bearer token, so that the detector knows who asks. */
  secret: secretReferenceSchema.optional(),
  /** For one piece of text, a wait for a free connection included. The guardrail's own `timeout_ms` should be longer. */
  timeout_ms: z.int().min(10).max(60_000).default(1_500),
  /** Characters that are sent at once, and that a stream holds back. */
  max_characters: z.int().min(200).max(16_000).default(2_000),
  max_answer_bytes: z
    .int()
    .min(256)
    .max(4 * 1024 * 1024)
    .default(256 * 1024),
  /** Whether the detector may stand in a private network, where plain HTTP is allowed as well. */
  allow_private_network: z.boolean().default(false),
  /** What the detector counts: JavaScript, Java and C# count `utf16`; Python, Go's runes and Rust's chars `code_points`. */
  offsets: z.enum(['utf16', 'code_points']).default('utf16'),
});
type Config = z.infer<typeof config>;

export const webhook = defineScanner<Config>({
  id: 'webhook',
  title: 'Webhook',
  description: 'An HTTP detector of your own: it is given each paragraph, and says what it sees where.',
  risks: ['LLM01:2025', 'LLM02:2025'],
  kinds: ['*'],
  config,
  reaches: 'services',
  create: createWebhook,
});

/** One chain for each kind, so that findings of different kinds may overlap; they share the question. */
function createWebhook(
  configured: Config,
  wanted: readonly string[],
  services: ScannerServices,
): readonly Scanner[] {
  const ask = shareInFlight((body, place: TextPlace) => askDetector(configured, services, body, place));
  return configured.kinds
    .filter((each) => wanted.length === 0 || wanted.includes(each))
    .map((each) =>
      scanInPieces(configured.max_characters, async (text, place) => {
        const found = await ask(bodyOf(text, place), place);
        return found.filter((sighting) => sighting.kind === each);
      }),
    );
}

function bodyOf(text: string, { direction, role, channel }: TextPlace): string {
  return JSON.stringify({ text, direction, role, channel });
}

/** @throws Error that holds neither the text nor the answer */
async function askDetector(
  configured: Config,
  services: ScannerServices,
  body: string,
  place: TextPlace,
): Promise<readonly Sighting[]> {
  const { url, secret, timeout_ms, max_answer_bytes, allow_private_network } = configured;
  const answer = await services.post(
    {
      url,
      headers: secret ? { authorization: `Bearer ${await services.secret(secret)}` } : {},
      body,
      timeoutMs: timeout_ms,
      maxAnswerBytes: max_answer_bytes,
      allowPrivateNetwork: allow_private_network,
    },
    place,
  );
  if (answer.status !== 200) throw new Error(`the detector answered with status ${answer.status}`);
  const { text } = JSON.parse(body) as { text: string };
  return readFindings(answer.body, text, new Set(configured.kinds), configured.offsets);
}
