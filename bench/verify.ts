/** Before anything is measured: every server gives the whole answer, and the controls that are said to be on are on. */
import { ask } from './ask.ts';
import type { Contender } from './contenders.ts';
import { LOADS, LOAD_NAMES } from './loads.ts';
import { MODELS, type ModelName } from './models.ts';
import { answerText, longText, questionText, VARIANTS } from './texts.ts';

const expected = new Map<ModelName, ReadonlySet<string>>();

function expectedTexts(model: ModelName): ReadonlySet<string> {
  let texts = expected.get(model);
  if (texts === undefined) {
    const { characters } = MODELS[model];
    texts =
      characters > 10_000
        ? new Set([longText(characters)])
        : new Set(Array.from({ length: VARIANTS }, (_, variant) => answerText(variant).slice(0, characters)));
    expected.set(model, texts);
  }
  return texts;
}

/** The answer's text, put together from the events where it came as a stream. */
function textOf(body: string, isStreaming: boolean): string {
  if (!isStreaming) return JSON.parse(body).choices[0].message.content;
  return body
    .split('\n')
    .filter((line) => line.startsWith('data: {'))
    .map((line) => JSON.parse(line.slice('data: '.length)).choices[0]?.delta.content ?? '')
    .join('');
}

/** @throws Error naming the first load that the server does not answer whole */
export async function verifyAnswers(contender: Contender): Promise<void> {
  for (const name of LOAD_NAMES) {
    const load = LOADS[name];
    const { status, body } = await ask(contender, load, questionText(0));
    if (status !== 200)
      throw new Error(`${contender.name} answers ${status} to ${name}: ${body.slice(0, 500)}`);
    const text = textOf(body, load.isStreaming);
    if (!expectedTexts(load.model).has(text))
      throw new Error(
        `${contender.name} does not give the whole answer to ${name}: ${text.length} characters, ${text.slice(0, 200)}`,
      );
  }
}

const PLANTED = 'My address is jordan.miller@example.com, and Project Nightjar is what this is about.';
const LEAKED = `Our key is AKIA${'QX7ZRT2MWNP5KJ3L'}, please keep it.`;

/** @throws Error where a guardrail that should have acted did not, or one acted that should not be there */
export async function verifyControls(contender: Contender, isScanning: boolean): Promise<void> {
  const load = LOADS['answers-64'];
  const planted = await ask(contender, load, PLANTED);
  const leaked = await ask(contender, load, LEAKED);
  const acted = planted.headers.get('x-bartizan-guardrails') ?? '';
  const isRight = isScanning
    ? acted.includes('personal-data') && acted.includes('project-names') && leaked.status === 400
    : planted.status === 200 && leaked.status === 200 && acted === '';
  if (!isRight)
    throw new Error(
      `${contender.name} should ${isScanning ? '' : 'not '}scan; guardrails "${acted}", statuses ${planted.status} and ${leaked.status}: ${leaked.body.slice(0, 500)}`,
    );
  await verifyKey(contender, load);
}

async function verifyKey(contender: Contender, load: (typeof LOADS)['answers-64']): Promise<void> {
  const stranger = { ...contender, headers: { authorization: 'Bearer bz_nobody' } };
  const { status } = await ask(stranger, load, questionText(0));
  if (status !== 401) throw new Error(`${contender.name} answers ${status} to an unknown key`);
}
