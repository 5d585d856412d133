/** Where texts stand in the bodies of Gemini's methods, and what is no text there. */
import type { JsonObject } from '../../../base/json.ts';
import { isTextMedia } from '../attached-text.ts';
import { place as namedPlace, TEXT, UNKNOWN, type Place, type Rule } from '../document-walker.ts';
import { INSTRUCTION, numbers, SCHEMA, TOOL_NAME, TOOL_VALUE } from '../places.ts';
import { snakeCase } from './proto-names.ts';

/** Protocol buffers in JSON accept each name in two spellings: `inlineData` and `inline_data`. */
function place(members: Readonly<Record<string, Rule>>, more: Omit<Place, 'members'> = {}): Place {
  const spelled: Record<string, Rule> = {};
  for (const [name, rule] of Object.entries(members)) {
    spelled[name] = rule;
    spelled[snakeCase(name)] = rule;
  }
  return namedPlace(spelled, more);
}

/** `Schema` is OpenAPI's, with words of its own; `SCHEMA` is JSON Schema. */
const PROTO_SCHEMA: Place = protoSchema();

function protoSchema(): Place {
  const members = new Map<string, Rule>(SCHEMA.members);
  const schema: Place = { ...INSTRUCTION, members, rest: INSTRUCTION };
  const named: Place = { ...INSTRUCTION, rest: schema };
  members.set('properties', named);
  for (const name of ['items', 'anyOf', 'any_of', 'prefixItems', 'prefix_items']) members.set(name, schema);
  for (const name of [
    'propertyOrdering',
    'property_ordering',
    'min_items',
    'max_items',
    'min_length',
    'max_length',
  ])
    members.set(name, TEXT);
  for (const name of ['min_properties', 'max_properties']) members.set(name, TEXT);
  return schema;
}

const BLOB = place({ mimeType: 'identifier', data: 'base64', displayName: TEXT }, { channel: 'document' });
const TEXT_BLOB = place(
  { mimeType: 'identifier', data: 'base64_text', displayName: TEXT },
  { channel: 'document' },
);
const INLINE: Place = {
  choose({ mimeType, mime_type: snake }: JsonObject) {
    const types = [mimeType, snake].filter((type) => type !== undefined);
    return types.length === 0 || types.some(isTextMedia) ? TEXT_BLOB : BLOB;
  },
};
const FILE = place({ mimeType: 'identifier', fileUri: 'url', displayName: TEXT }, { channel: 'document' });

const CALL = place({ id: 'identifier', name: TOOL_NAME, args: TOOL_VALUE }, TOOL_NAME);
const RESULT: Place = { role: 'tool', channel: 'tool' };
const RESPONSE = place(
  {
    id: 'identifier',
    name: RESULT,
    response: { ...TOOL_VALUE, role: 'tool' },
    parts: place({ inlineData: INLINE, fileData: FILE }, RESULT),
    scheduling: 'word',
    willContinue: TEXT,
  },
  RESULT,
);

const PART_MEMBERS = {
  text: TEXT,
  thought: TEXT,
  thoughtSignature: 'base64',
  inlineData: INLINE,
  fileData: FILE,
  functionCall: CALL,
  functionResponse: RESPONSE,
  executableCode: place({ id: 'identifier', language: 'word', code: TOOL_NAME }, TOOL_NAME),
  codeExecutionResult: place({ id: 'identifier', outcome: 'word', output: RESULT }, RESULT),
  videoMetadata: place({ fps: TEXT, startOffset: 'word', endOffset: 'word' }),
  mediaResolution: place({ level: 'word', numTokens: TEXT }),
} as const;
const PART = place(PART_MEMBERS);

function turn(more: Omit<Place, 'members'>): Place {
  return place({ role: 'word', parts: PART }, more);
}

const USER = turn({ role: 'user', channel: 'user' });
const MODEL = turn({ role: 'assistant', channel: 'answer' });
const FUNCTION = turn({ role: 'tool', channel: 'tool' });
const SYSTEM = place(
  { role: 'word', parts: { ...PART, isTurn: true } },
  { role: 'system', channel: 'instruction' },
);

/** A turn without a role is the user's. */
const CONTENTS: Place = {
  choose({ role }) {
    if (role === undefined || role === 'user' || role === '') return USER;
    if (role === 'model') return MODEL;
    return role === 'function' || role === 'tool' ? FUNCTION : UNKNOWN;
  },
};

const DECLARATION = place(
  {
    name: INSTRUCTION,
    description: INSTRUCTION,
    parameters: PROTO_SCHEMA,
    parametersJsonSchema: SCHEMA,
    response: PROTO_SCHEMA,
    responseJsonSchema: SCHEMA,
    behavior: 'word',
  },
  INSTRUCTION,
);
const TOOLS = place({ functionDeclarations: DECLARATION }, INSTRUCTION);
const TOOL_CONFIG = place(
  { functionCallingConfig: place({ mode: 'word', allowedFunctionNames: INSTRUCTION }, INSTRUCTION) },
  INSTRUCTION,
);
const NUMBERS = [
  'temperature',
  'topP',
  'topK',
  'candidateCount',
  'maxOutputTokens',
  'presencePenalty',
  'frequencyPenalty',
];
const GENERATION = place({
  stopSequences: { role: 'unknown', channel: 'instruction' },
  responseMimeType: 'identifier',
  responseSchema: PROTO_SCHEMA,
  responseJsonSchema: SCHEMA,
  responseModalities: 'word',
  mediaResolution: 'word',
  thinkingConfig: place({ includeThoughts: TEXT, thinkingBudget: 'number', thinkingLevel: 'word' }),
  responseLogprobs: UNKNOWN,
  logprobs: UNKNOWN,
  seed: TEXT,
  ...numbers(...NUMBERS),
});

const GENERATE_MEMBERS = {
  model: 'identifier',
  contents: CONTENTS,
  systemInstruction: SYSTEM,
  tools: TOOLS,
  toolConfig: TOOL_CONFIG,
  generationConfig: GENERATION,
  safetySettings: place({ category: 'word', threshold: 'word', method: 'word' }),
  cachedContent: 'identifier',
  serviceTier: 'word',
  store: UNKNOWN,
} as const;

export const GENERATE_BODY: Place = place(GENERATE_MEMBERS);

export const COUNT_BODY: Place = place({ ...GENERATE_MEMBERS, generateContentRequest: GENERATE_BODY });

const EMBED_MEMBERS = {
  model: 'identifier',
  content: place({ role: 'word', parts: PART }, { role: 'user', channel: 'document' }),
  taskType: 'word',
  title: TEXT,
  outputDimensionality: UNKNOWN,
} as const;

export const EMBED_BODY: Place = place(EMBED_MEMBERS);

export const BATCH_EMBED_BODY: Place = place({ requests: place(EMBED_MEMBERS) });
