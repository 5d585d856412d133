/** The way back: an answer is scanned as it comes, judged, re-identified, recorded, and only then released. */
import type { Json } from '../base/json.ts';
import type { Briefing } from '../domain/document.ts';
import type { Guardrail } from '../domain/guardrail.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Answered } from '../modules/inference/inference.ts';
import type { FrameReading, WireAnswer, WireFrame } from '../modules/inference/provider.ts';
import type { Marker, StandIns } from '../modules/privacy/privacy.ts';
import type { Inquirer } from '../modules/scanning/scanner.ts';
import { createAnswerNotes, type AnswerNotes } from './answer-notes.ts';
import { Blocked } from './blocked.ts';
import type { AnswerWriter, Endpoint } from './endpoint.ts';
import type { Exchange } from './exchange.ts';
import type { Snapshot } from './house.ts';
import type { Interaction } from './interaction.ts';
import { createRelease, type Release, type ReleaseStep } from './release.ts';

export interface AnswerPlan {
  readonly answered: Answered;
  readonly writer: AnswerWriter;
  readonly guardrails: readonly Guardrail[];
  readonly standIns: StandIns;
  readonly reidentify: boolean;
  /** The pseudonymisation domain. */
  readonly domain: string;
  readonly briefing: Briefing;
  /** What was added to the instructions. */
  readonly marker: Marker | null;
  readonly inquirer: Inquirer;
}

interface Sending {
  readonly exchange: Exchange;
  readonly interaction: Interaction;
  readonly plan: AnswerPlan;
  readonly release: Release;
  readonly notes: AnswerNotes;
}

/** @throws Refusal, Blocked, TransportError; what was released by then has been released */
export async function releaseAnswer(
  snapshot: Snapshot,
  exchange: Exchange,
  interaction: Interaction,
  plan: AnswerPlan,
): Promise<void> {
  const release = createRelease(snapshot, {
    ...plan,
    onNamed: (named) => interaction.named(named, snapshot.phoneRegions),
  });
  const notes = createAnswerNotes(interaction);
  const sending = { exchange, interaction, plan, release, notes };
  try {
    await (plan.answered.answer.stream ? sendStream(sending) : sendWhole(sending));
  } finally {
    notes.close();
    interaction.judgements.answer(release.summary());
  }
}

/** A buffered answer is a stream of one frame. */
async function sendWhole(sending: Sending): Promise<void> {
  const { exchange, interaction, plan, release, notes } = sending;
  const { answer, native } = plan.answered;
  const steps: ReleaseStep[] = [];
  for await (const frame of answer.frames)
    steps.push(await release.push(frame, readingOf(frame, answer, notes)));
  steps.push(await release.finish());
  for (const { blockedBy } of steps) if (blockedBy) throw new Blocked(blockedBy);
  const released = steps.flatMap(({ frames }) => frames)[0];
  const frame = released?.frame;
  if (frame?.json === undefined || !answer.reader.isComplete()) throw new Refusal('provider_bad_answer');
  const body = native
    ? frame.bytes
    : JSON.stringify(translated(exchange.endpoint, answer, plan.writer, frame.json));
  interaction.judgements.answer(release.summary());
  interaction.content?.answer(frame.json, released?.unrestored ?? frame.json);
  notes.close();
  interaction.step('scan_answer');
  await interaction.record('answered');
  exchange.reply.send(200, { 'content-type': 'application/json', ...interaction.headers() }, body);
}

async function sendStream(sending: Sending): Promise<void> {
  const { exchange, interaction, plan, release, notes } = sending;
  const { answer } = plan.answered;
  let isWhole = false;
  try {
    for await (const frame of answer.frames) {
      const reading = readingOf(frame, answer, notes);
      const step = release.push(frame, reading);
      const sent = sendStep(sending, step instanceof Promise ? await step : step);
      if (sent) await sent;
      isWhole = reading.ends === 'all' && answer.reader.isComplete();
    }
  } catch (error) {
    // The official OpenAI client hangs up at the end mark, which may be before the provider's body has ended.
    if (isWhole && exchange.signal.aborted) return;
    throw error;
  }
  await sendStep(sending, await release.finish());
  if (!answer.reader.isComplete())
    throw new Refusal('provider_bad_answer', "the provider's stream was cut off");
  await begin(sending);
  void exchange.reply.write(plan.writer.end());
  interaction.step('last_byte');
  exchange.reply.end();
}

function readingOf(frame: WireFrame, answer: WireAnswer, notes: AnswerNotes): FrameReading {
  const reading = answer.reader.read(frame);
  notes.take(reading);
  if (reading.error) throw reading.error;
  return reading;
}

/** Nothing to wait for, in the usual case: the record stands and the client reads as fast as the model speaks. */
function sendStep(sending: Sending, { frames, blockedBy }: ReleaseStep): Promise<void> | undefined {
  if (blockedBy) return sendBeforeBlock(sending, frames, blockedBy);
  if (frames.length === 0) return undefined;
  if (!sending.exchange.reply.begun()) return begin(sending).then(() => write(sending, frames));
  return write(sending, frames);
}

/** What stands before the blocked text was released; where nothing was yet, the refusal is the whole answer. */
async function sendBeforeBlock(
  sending: Sending,
  frames: ReleaseStep['frames'],
  blockedBy: Guardrail,
): Promise<never> {
  if (sending.exchange.reply.begun()) await write(sending, frames);
  throw new Blocked(blockedBy);
}

function write(
  { plan, interaction, exchange }: Sending,
  frames: ReleaseStep['frames'],
): Promise<void> | undefined {
  const { answer, native } = plan.answered;
  const pieces: (Buffer | string)[] = [];
  for (const { frame, unrestored } of frames) {
    if (frame.json !== undefined) interaction.content?.answer(frame.json, unrestored ?? frame.json);
    if (native) pieces.push(plan.writer.pass(frame));
    else for (const event of answer.reader.decode(frame)) pieces.push(plan.writer.event(event));
  }
  return exchange.reply.write(joined(pieces));
}

/** The record before the first byte. */
async function begin({ exchange, interaction, plan }: Sending): Promise<void> {
  if (exchange.reply.begun()) return;
  interaction.step('first_token');
  await interaction.record('released');
  exchange.reply.begin({
    'content-type': plan.writer.streamContentType,
    'cache-control': 'no-store',
    ...interaction.headers(),
  });
}

function joined(pieces: readonly (Buffer | string)[]): Buffer | string {
  const [first] = pieces;
  if (pieces.length === 1 && first !== undefined) return first;
  return Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece)));
}

function translated(endpoint: Endpoint, answer: WireAnswer, writer: AnswerWriter, json: Json): Json {
  switch (endpoint.operation) {
    case 'chat':
      return writer.chat(answer.decodeChat(json));
    case 'embeddings':
      return writer.embeddings(answer.decodeEmbeddings(json));
    case 'count_tokens':
      return writer.count(answer.decodeCount(json));
  }
}
