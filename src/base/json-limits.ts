/** How large a JSON text may be in depth and in number, and the error that says which limit it broke. */

export interface JsonLimits {
  /** Objects and arrays inside one another. */
  readonly maxDepth: number;
  /** Array elements and object members in all. */
  readonly maxElements: number;
}

export const DEFAULT_JSON_LIMITS: JsonLimits = { maxDepth: 64, maxElements: 100_000 };

/** What is wrong with a text that should have been JSON. It never quotes the text. */
export class JsonError extends Error {
  readonly kind: 'encoding' | 'syntax' | 'depth' | 'elements' | 'duplicate_key' | 'unicode';
  constructor(kind: JsonError['kind'], message: string) {
    super(message);
    this.name = 'JsonError';
    this.kind = kind;
  }
}
