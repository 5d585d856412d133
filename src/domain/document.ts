/** The text of a request or an answer, in pieces that each say where they come from. Scanners see nothing else. */
export type Direction = 'request' | 'response';

/** Whose turn the text belongs to. */
export type Role = 'system' | 'developer' | 'user' | 'assistant' | 'tool' | 'unknown';

/**
 * How the text reaches the model: the same words mean different things in a question and in a tool's result.
 * `instruction`: system and developer turns, tool definitions, response schemas; `user`: what a person typed;
 * `document`: files, citations, retrieved text, and whatever no rule knows; `tool`: arguments and results of tools;
 * `answer`: what a model said, its reasoning and refusals included.
 */
export type Channel = 'instruction' | 'user' | 'document' | 'tool' | 'answer';

export interface Segment {
  /** JSON pointer into the body that the text stands in. */
  readonly pointer: string;
  readonly role: Role;
  readonly channel: Channel;
  /** As it stands in the body. */
  readonly text: string;
  /** `json`: the text is itself JSON (tool-call arguments as a string): scanned unescaped, edited escaped. */
  readonly encoding: 'plain' | 'json';
  /** False where the text cannot be rewritten in place (an object's key, a number): what would edit it blocks. */
  readonly editable: boolean;
  /** Set for the words of a system or developer turn: what is added to them is an instruction too. */
  readonly isTurn?: true;
}

export interface Document {
  readonly direction: Direction;
  readonly segments: readonly Segment[];
}

/** What an answer's scanners are told of the request that it answers. */
export interface Briefing {
  /** The texts that instructed the model. */
  readonly instructions: readonly string[];
  /** What the gateway has planted among them, to know them again. */
  readonly marker?: string;
  /**
   * All that the model read, as it read it; the same function for every text of the answer. Nothing is made of it unless
   * a scanner calls, and a scanner MUST bound how much of it it looks at.
   */
  readonly conversation?: () => readonly Segment[];
}

/** What the model is told to be and to do: system and developer turns, tool definitions, response schemas. */
export function instructionsIn({ segments }: Document): readonly string[] {
  return segments.flatMap(({ channel, text }) => (channel === 'instruction' ? [text] : []));
}
