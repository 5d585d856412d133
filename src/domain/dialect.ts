/** The wire formats that clients and providers speak. */
export type Dialect =
  | 'openai.chat'
  | 'openai.responses'
  | 'openai.embeddings'
  | 'anthropic.messages'
  | 'google.generate'
  | 'google.embed'
  | 'aws.converse';

/** Wire formats in which a text is given to be judged, without any model being called. */
export type VerdictDialect = 'bartizan.scan' | 'backend.scans';

export type Operation = 'chat' | 'embeddings' | 'count_tokens';
