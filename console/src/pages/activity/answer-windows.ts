/** The names under which scanners read the texts of an answer: whole or in pieces, each text has one. */

type Frame = Readonly<Record<string, unknown>>;

const SAID = { content: '', text: '', reasoning_content: '/reasoning', reasoning: '/reasoning' } as const;
const BLOCK = { text: '', thinking: '/thinking', partial_json: '/input' } as const;

/** Undefined for a place whose texts go by the number of their frame, where there are several. */
export function windowOf(pointer: string, frame: Frame, isOnlyFrame: boolean): string | undefined {
  return (
    choiceWindow(pointer, frame) ??
    candidateWindow(pointer, frame) ??
    blockWindow(pointer, frame) ??
    itemWindow(pointer, frame) ??
    (isOnlyFrame ? `frame:1${pointer}` : undefined)
  );
}

/** OpenAI's chat completions. */
function choiceWindow(pointer: string, frame: Frame): string | undefined {
  const [, at, member, call] =
    /^\/choices\/(\d+)\/(?:message|delta)\/(?:([a-z_]+)|tool_calls\/(\d+)\/function\/arguments)$/.exec(
      pointer,
    ) ?? [];
  if (at === undefined) return undefined;
  const choice = within(frame, 'choices', at);
  const name = `choice:${indexOf(choice, at)}`;
  if (call !== undefined) {
    const told = within(within(choice, 'message') ?? within(choice, 'delta'), 'tool_calls', call);
    return `${name}/tool:${indexOf(told, call)}`;
  }
  if (member === 'refusal') return `${name}/refusal`;
  return member !== undefined && isKeyOf(SAID, member) ? `${name}${SAID[member]}` : undefined;
}

/** Gemini: all parts of a candidate are one text, its thoughts another. */
function candidateWindow(pointer: string, frame: Frame): string | undefined {
  const [, at, part] = /^\/candidates\/(\d+)\/content\/parts\/(\d+)\/text$/.exec(pointer) ?? [];
  if (at === undefined || part === undefined) return undefined;
  const candidate = within(frame, 'candidates', at);
  const isThought = within(candidate, 'content', 'parts', part)?.['thought'] === true;
  return `choice:${indexOf(candidate, at)}${isThought ? '/thought' : ''}`;
}

/** Anthropic's messages and Bedrock's Converse. */
function blockWindow(pointer: string, frame: Frame): string | undefined {
  const [, whole, pieces] =
    /^\/(?:(?:output\/message\/)?content\/(\d+)|(delta|content_block))\/[a-z_]+$/.exec(pointer) ?? [];
  const index = pieces === undefined ? whole : (frame['index'] ?? frame['contentBlockIndex']);
  const member = pointer.slice(pointer.lastIndexOf('/') + 1);
  if (index === undefined || !isKeyOf(BLOCK, member)) return undefined;
  return `block:${indexText(index)}${BLOCK[member]}`;
}

/** OpenAI's responses, in pieces. */
function itemWindow(pointer: string, { type, ...event }: Frame): string | undefined {
  if (pointer !== '/delta' || typeof type !== 'string') return undefined;
  const part = event['content_index'] ?? event['summary_index'] ?? event['command_index'];
  const said = type.slice('response.'.length, type.lastIndexOf('.'));
  return `item:${indexText(event['output_index'] ?? event['item_id'])}/${indexText(part)}/${said}`;
}

/** An index or an id; nothing where there is none. */
function indexText(value: unknown): string {
  return typeof value === 'number' || typeof value === 'string' ? String(value) : '';
}

function isKeyOf<Names extends object>(names: Names, name: string): name is keyof Names & string {
  return Object.hasOwn(names, name);
}

function indexOf(value: Frame | undefined, otherwise: string): string {
  const index = value?.['index'];
  return typeof index === 'number' ? String(index) : otherwise;
}

function within(value: unknown, ...path: readonly string[]): Frame | undefined {
  let at: unknown = value;
  for (const name of path) at = typeof at === 'object' && at !== null ? (at as Frame)[name] : undefined;
  return typeof at === 'object' && at !== null ? (at as Frame) : undefined;
}
