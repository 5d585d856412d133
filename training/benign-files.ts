/** Files of the data folder whose rows are prompts, documents and sentences that want nothing bad. */
export const BENIGN_FILES = [
  'ben_awesome_chatgpt_prompts',
  'ben_bipia_train_contexts',
  'ben_clinc150',
  'ben_cyberseceval_frr',
  'ben_cyberseceval_instruct',
  'ben_dolly',
  'ben_ifeval',
  'ben_self_instruct',
  'ben_ultrachat',
  'ben_wiki_sents',
] as const;
