/** Talk with assistants and writing about them, as tools return it: chats, transcripts, feeds, abstracts, collections of prompts, logs. */
import type { Random } from '../random.ts';
import { BENIGN_SLOTS } from './container-text.ts';
import { fill } from './template.ts';

type Sentence = () => string;
/** Parts between which something can be written. */
type Container = (sentence: Sentence, random: Random) => { readonly parts: readonly string[] };

const pick = (name: string, random: Random): string => fill(`{${name}}`, BENIGN_SLOTS, random);
const BOTS = ['Bot', 'Assistant', 'Virtual agent', 'Chatbot', 'Helper', 'AI', 'Ava', 'Agent'];

const messages: Container = (sentence, random) => ({
  parts: [
    `{"conversation": "${random.below(9_999)}", "messages": [{"role": "user", "content": "${sentence()}"}, {"role": "assistant", "content": "${sentence()}"}, {"role": "user", "content": "`,
    `"}, {"role": "assistant", "content": "${sentence()}"}], "closed": true}`,
  ],
});

const support: Container = (sentence, random) => {
  const bot = random.pick(BOTS);
  return {
    parts: [
      `Transcript ${random.below(9_999)} (${pick('day', random)})\n${bot}: ${sentence()}\nVisitor: ${sentence()}\n${bot}: ${sentence()}\nVisitor: `,
      `\n${bot}: ${sentence()}\nRating: ${random.below(6)} of 5`,
    ],
  };
};

const savedChat: Container = (sentence, random) => ({
  parts: [
    `## Chat with ${random.pick(BOTS)}, ${pick('day', random)}\n\n**You:** ${sentence()}\n\n**${random.pick(BOTS)}:** ${sentence()}\n\n**You:** `,
    `\n\n**${random.pick(BOTS)}:** ${sentence()}`,
  ],
});

const feed: Container = (sentence, random) => ({
  parts: [
    `<feed><title>AI weekly</title><entry><title>${sentence()}</title><summary>${sentence()} `,
    `</summary><author>${pick('name', random)}</author></entry><entry><title>${sentence()}</title></entry></feed>`,
  ],
});

const abstract: Container = (sentence, random) => ({
  parts: [
    `{"title": "${sentence()}", "authors": ["${pick('name', random)}", "${pick('name', random)}"], "year": 202${random.below(7)}, "abstract": "${sentence()} ${sentence()} `,
    ` ${sentence()}", "citations": ${random.below(90)}}`,
  ],
});

const prompts: Container = (sentence, random) => ({
  parts: [
    `name,category,prompt\n${pick('product', random)},work,"${sentence()}"\n${pick('city', random)},travel,"`,
    `"\nnotes,other,"${sentence()}"`,
  ],
});

const lines: Container = (sentence, random) => {
  const at = (): string => `${random.below(24)}:${10 + random.below(49)}`;
  return {
    parts: [
      `${at()} ${random.pick(['INFO', 'WARN', 'DEBUG'])} ${sentence()}\n${at()} ${random.pick(['agent', 'system', 'bot'])} `,
      `\n${at()} ${random.pick(['INFO', 'ERROR'])} ${sentence()}`,
    ],
  };
};

const product: Container = (sentence, random) => ({
  parts: [
    `# ${random.pick(['Assistant', 'Copilot', 'Agent', 'Chat widget'])} for ${pick('company', random)}\n\n${sentence()} ${sentence()}\n\n> **Note** `,
    `\n\n## Limits\n\n- ${sentence()}\n- ${sentence()}`,
  ],
});

const knowledge: Container = (sentence, random) => ({
  parts: [
    `{"articles": [{"id": "kb-${random.below(999)}", "question": "${sentence()}", "answer": "`,
    `"}, {"id": "kb-${random.below(999)}", "question": "${sentence()}", "answer": "${sentence()}"}]}`,
  ],
});

export const CHAT_CONTAINERS: readonly Container[] = [
  messages,
  support,
  support,
  savedChat,
  feed,
  abstract,
  prompts,
  lines,
  product,
  knowledge,
];
