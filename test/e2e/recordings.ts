/** Reads what a provider's wire looked like, and fills in what a scenario answers with: text, arguments, vectors. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EventStreamCodec } from '@smithy/eventstream-codec';

/** A folder of recordings; where a provider has none of its own for a scenario, it speaks as another one does. */
export type Vendor =
  | 'openai'
  | 'openai-responses'
  | 'azure'
  | 'ollama'
  | 'vllm'
  | 'anthropic'
  | 'google'
  | 'bedrock';

export interface RecordedError {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

const FOLDER = join(import.meta.dirname, 'recordings');
/** Characters of one streamed piece: a prime, so that pieces end everywhere. */
const PIECE = 7;

const cache = new Map<string, string>();

function load(file: string): string {
  let text = cache.get(file);
  if (text === undefined) cache.set(file, (text = readFileSync(join(FOLDER, file), 'utf8')));
  return text;
}

export function hasRecording(vendor: Vendor, scenario: string): boolean {
  return existsSync(join(FOLDER, vendor, `${scenario}.json`));
}

export function recordedJson(vendor: Vendor, scenario: string, said: string): string {
  return filled(load(`${vendor}/${scenario}.json`), said);
}

export function recordedError(vendor: Vendor, status: number): RecordedError {
  const errors = JSON.parse(load(`${vendor}/errors.json`)) as Record<string, RecordedError>;
  const error = errors[status];
  if (!error) throw new Error(`no error ${status} was recorded for ${vendor}`);
  return error;
}

/** The events of a stream, each as the bytes it travels in. */
export function recordedStream(vendor: Vendor, scenario: string, said: string): Buffer[] {
  if (vendor !== 'bedrock') {
    const events = load(`${vendor}/${scenario}.sse`)
      .split('\n\n')
      .filter((event) => event !== '');
    return events.flatMap((event) => repeated(event, said)).map((event) => Buffer.from(`${event}\n\n`));
  }
  const lines = load(`bedrock/${scenario}.jsonl`)
    .split('\n')
    .filter((line) => line !== '');
  return lines.flatMap((line) => repeated(line, said)).map(binaryEvent);
}

const codec = new EventStreamCodec(
  (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8'),
  (text: string) => Buffer.from(text, 'utf8'),
);

function binaryEvent(line: string): Buffer {
  const { event, payload } = JSON.parse(line) as { event: string; payload: unknown };
  const header = (value: string) => ({ type: 'string', value }) as const;
  const message = codec.encode({
    headers: {
      ':event-type': header(event),
      ':content-type': header('application/json'),
      ':message-type': header('event'),
    },
    body: Buffer.from(JSON.stringify(payload)),
  });
  return Buffer.from(message);
}

/** An event with a piece in it stands for as many events as there are pieces. */
function repeated(event: string, said: string): string[] {
  if (event.includes('{{piece}}')) return pieces(said).map((piece) => replaced(event, 'piece', piece));
  if (event.includes('{{argument_piece}}'))
    return pieces(argumentsText(said)).map((piece) => replaced(event, 'argument_piece', piece));
  return [filled(event, said)];
}

function filled(text: string, said: string): string {
  const filledIn = replaced(replaced(text, 'text', said), 'arguments', argumentsText(said));
  return filledIn.replaceAll('"{{object}}"', () => argumentsText(said));
}

function replaced(text: string, place: string, value: string): string {
  return text.replaceAll(`"{{${place}}}"`, () => JSON.stringify(value));
}

/** What the model calls its tool with in the scenario `call`: what it was told. */
function argumentsText(said: string): string {
  return JSON.stringify({ to: said });
}

/** Whole characters: providers cut between tokens, never within a surrogate pair. */
export function pieces(text: string): string[] {
  const characters = Array.from(text);
  const count = Math.max(1, Math.ceil(characters.length / PIECE));
  return Array.from({ length: count }, (_, i) => characters.slice(i * PIECE, (i + 1) * PIECE).join(''));
}
