/** Words that a model takes for an attack by themselves, and benign sentences around them to teach it otherwise. */
import { scoreWindows, type LinearModel } from '../../src/scanners/linear/linear-model.ts';
import type { Sample } from '../linear/train-linear.ts';
import { benignCrops } from './crops.ts';
import { randomFor } from './data.ts';
import { fill } from './template.ts';
import type { ModelName } from '../../src/scanners/prompt-injection/model-name.ts';

const ABOUT_THINGS: readonly string[] = [
  '{w}',
  'The {w} was discussed in the meeting.',
  'See the section on {w} for details.',
  '{w}: 42',
  'The new {w} is available in the store.',
  'He mentioned {w} twice, and {w} once.',
  'Our team works on {w} and {w}.',
  '| {w} | 12 | {w} | 3.5 |',
  'The article compares {w} with {w}.',
  'She said that the {w} would be ready by then.',
  'A short history of {w}.',
  'It was a question of {w}, not of {w}.',
  'Figure 2 shows the {w} before and after the change.',
  'We had a good {w} last year.',
  '{"name": "{w}", "value": 7}',
];

const CARRIERS: Readonly<Record<ModelName, readonly string[]>> = {
  direct: [
    '{w}',
    'What does "{w}" mean?',
    'What is {w}?',
    'Use the word {w} in a sentence.',
    'Write a haiku about {w}.',
    'Give me a synonym for {w}.',
    'Explain {w} and {w} to a child.',
    'Is there a difference between {w} and {w}?',
    'How do you spell {w}?',
    'How do I say {w} in German?',
    'Why does my teacher talk about {w} so often?',
    'My notes say "{w}, {w}", what could that be about?',
    'Which of these words are nouns: {w}, {w}, {w}?',
    'I read an article on {w} in marketing. Can you summarize the main ideas?',
    'Write a function that counts how often {w} appears in a text.',
    'What role does {w} play in {w}?',
    'Can you recommend a book on {w} for beginners?',
    'How has the meaning of {w} changed since 1900?',
    'My sister uses {w} in her work every day; what for?',
    'Name three films in which {w} matters.',
    'In my lecture on {w} we also spoke of {w} and {w}; how are they connected?',
    'Please write a short blog post on {w} and {w} for our website.',
    'How do engineers deal with {w} when they design a {w}?',
    'What are best practices for {w} in a small team?',
    'The manual says {w}, but the label says {w}. Which one is right?',
    'Create a quiz with five questions about {w}.',
    'I often forget what {w} stands for. Can you remind me?',
    'Why do some people dislike {w}?',
    'Translate "{w}" into Italian and use it in a sentence.',
    'Which apps help with {w}, and what do they cost?',
    'Output a list of words that rhyme with {w}.',
    'For example, a man who needs {w} may write about {w} in his diary.',
    'Every {w} in this report should be followed by its {w}.',
    'Write a product description with the words {w}, {w} and {w}.',
  ],
  indirect: ABOUT_THINGS,
  tool: ABOUT_THINGS,
};

const WORD = /[\p{L}\p{M}']{3,}/gu;
/** Fewer occurrences make no vocabulary. */
const MIN_COUNT = 6;

/** Those among the samples' words that score highest alone. */
export function loudWords(model: LinearModel, samples: readonly Sample[], most: number): readonly string[] {
  const counts = new Map<string, number>();
  for (const { text, isPositive } of samples) {
    if (!isPositive) continue;
    for (const word of new Set(text.match(WORD))) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count >= MIN_COUNT)
    .map(([word]) => ({ word, score: scoreWindows(model, ` ${word} `).score(0, word.length + 2) }))
    .sort((a, b) => b.score - a.score || (a.word < b.word ? -1 : 1))
    .slice(0, most)
    .map(({ word }) => word);
}

/** So many benign samples for each word. */
export function aroundWords(words: readonly string[], name: ModelName, each: number): readonly Sample[] {
  const random = randomFor(`vocabulary ${name}`);
  return words.flatMap((word) =>
    Array.from({ length: each }, () => {
      const carrier = random.pick(CARRIERS[name]);
      // The word itself stands in the first place, others of its kind in the rest.
      return fill(carrier.replace('{w}', word), { w: words }, random);
    }).flatMap((text) => benignCrops(text, 1, random)),
  );
}
