/** What is asked and answered: ordinary prose of about 1 KB, in many orders, so that no two neighbours are the same. */

export const VARIANTS = 64;
const TARGET_CHARACTERS = 1_024;

const QUESTION = [
  'We are preparing the spring review of our support desk and would like a short, honest summary for the board.',
  'Last quarter the team closed most tickets within two working days, which is a little faster than the year before.',
  'The longest delays came from requests that had to pass through purchasing, because nobody there covered for holidays.',
  'Several customers wrote that they liked the new status page, although a few found its wording rather technical.',
  'Please compare the two halves of the year and explain which change in the process seems to have helped the most.',
  'Mention that the training sessions in autumn were well attended, but that the recordings were hardly watched later.',
  'If the numbers do not support a conclusion, say so plainly and suggest what should be measured next time.',
  'Write in complete sentences, avoid jargon, and keep the tone friendly enough for readers outside our department.',
  'Close with three recommendations, ordered by how much effort each would take and who should be responsible for it.',
  'The draft will be read by people who know the history, so there is no need to repeat how the desk was founded.',
];

const ANSWER = [
  'The support desk had a steady year, and the second half was clearly calmer than the first.',
  'Most tickets were closed within two working days, and the share of those reopened fell from nine to six in a hundred.',
  'The change that helped the most was the morning triage, because it sent difficult requests to the right person at once.',
  'Purchasing remains the slowest step, and the figures suggest that cover during holidays would remove half of the delay.',
  'Customers welcomed the status page; its wording could be plainer, and a short glossary would answer most complaints.',
  'The autumn sessions were full, yet the recordings found few viewers, so live sessions seem to be worth the effort.',
  'It is too early to say whether the new form saves time, since only four weeks of data have been collected so far.',
  'First, agree on cover for purchasing; this costs little and the head of operations could arrange it before summer.',
  'Second, rewrite the ten most visited help pages, which would take a writer about three weeks of patient work.',
  'Third, measure how long people wait for a first reply, so that next year the board can judge progress with confidence.',
];

/** The nth order of the same sentences: rotated, and every other one read backwards. */
function inOrder(sentences: readonly string[], variant: number): string {
  const start = variant % sentences.length;
  const rotated = [...sentences.slice(start), ...sentences.slice(0, start)];
  const lap = Math.floor(variant / sentences.length);
  const swapped = lap % 2 === 0 ? rotated : rotated.reverse();
  const shift = Math.floor(lap / 2) % sentences.length;
  return [...swapped.slice(0, 1), ...swapped.slice(1 + shift), ...swapped.slice(1, 1 + shift)].join(' ');
}

export function questionText(variant: number): string {
  return inOrder(QUESTION, variant).slice(0, TARGET_CHARACTERS);
}

export function answerText(variant: number): string {
  return inOrder(ANSWER, variant).slice(0, TARGET_CHARACTERS);
}

/** Prose of exactly so many characters. */
export function longText(characters: number): string {
  const parts: string[] = [];
  for (let length = 0, variant = 0; length < characters; variant++) {
    const part = `${answerText(variant % VARIANTS)}\n`;
    parts.push(part);
    length += part.length;
  }
  return parts.join('').slice(0, characters);
}
