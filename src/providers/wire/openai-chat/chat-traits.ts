/** What OpenAI and its imitators differ in, on one wire. */
export interface ChatTraits {
  /** The provider's name, as refusals tell it. */
  readonly name: string;
  readonly maxTokensKey: 'max_completion_tokens' | 'max_tokens';
  readonly seedKey: 'seed' | 'random_seed';
  /** Whether it knows the role `developer`; it becomes `system` otherwise. */
  readonly developerRole: boolean;
  /** Whether contents are lists of parts where there is more than one text; they are joined otherwise. */
  readonly textParts: boolean;
  readonly topK: boolean;
  /** How to ask for usage in a stream; servers without it tell usage unasked. */
  readonly streamOptions: boolean;
  readonly reasoning: 'reasoning_effort' | 'reasoning_object';
  /** Where an opaque id of the end user goes; null: the provider has no use for one, and gets none. */
  readonly endUserKey: 'user' | 'safety_identifier' | null;
}

export const OPENAI_TRAITS: ChatTraits = {
  name: 'OpenAI',
  maxTokensKey: 'max_completion_tokens',
  seedKey: 'seed',
  developerRole: true,
  textParts: true,
  topK: false,
  streamOptions: true,
  reasoning: 'reasoning_effort',
  endUserKey: 'safety_identifier',
};
