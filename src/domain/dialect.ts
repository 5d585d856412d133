/** The wire formats that clients and providers speak. */
export type Dialect =
  | 'openai.chat'
  | 'openai.responses'
  | 'openai.embeddings'
  | 'anthropic.messages'
  | 'google.generate'
  | 'google.embed'
  | 'aws.converse';

export type Operation = 'chat' | 'embeddings' | 'count_tokens';
