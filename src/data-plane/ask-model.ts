/** The life of one question that a guardrail's scanner asks a model: as a request's in the pipeline, for the sake of one. */
import type { ChatRequest } from '../domain/chat.ts';
import type { Application } from '../domain/application.ts';
import type { Document, Segment } from '../domain/document.ts';
import type { Grant } from '../domain/proofs.ts';
import type { Authentication } from '../domain/principal.ts';
import type { RecordedAttempt } from '../domain/record.ts';
import { Refusal } from '../domain/refusal.ts';
import { countTokens } from '../domain/tokens.ts';
import { NO_USAGE, type Usage } from '../domain/usage.ts';
import { TransportError } from '../modules/inference/transport.ts';
import { refusalOfTransport } from '../modules/inference/inference.ts';
import type { WireAnswer } from '../modules/inference/provider.ts';
import type { RequestContext } from '../modules/policy/policy.ts';
import type { ModelQuestion } from '../modules/scanning/scanner.ts';
import { countDocument, estimateOf } from './estimate.ts';
import type { House, Snapshot } from './house.ts';
import type { InquiryEnd } from './inquiries.ts';
import { createLeases, type Leases } from './leases.ts';

/** The request for whose sake it is asked. */
export interface Behalf {
  readonly house: House;
  readonly snapshot: Snapshot;
  readonly requestId: string;
  readonly authentication: Authentication;
  readonly application: Application;
}

/**
 * The text that the model answers with. What the client does is nothing to it: others may wait for the same answer.
 * @throws Refusal; no error holds the question or the answer
 */
export async function askModel(
  behalf: Behalf,
  guardrail: string,
  question: ModelQuestion,
  context: RequestContext,
  signal: AbortSignal,
  note: (end: InquiryEnd) => void,
): Promise<string> {
  const { snapshot, authentication, application } = behalf;
  const { routing, policy, privacy, inference } = snapshot;
  const asked: Asked = { question, document: documentOf(question), attempts: [], usage: NO_USAGE };
  let result = 'answered';
  try {
    // Which model, and may this text go there?
    const routes = routing.named(question.model, 'chat');
    const grants = policy.authorizeInquiry(guardrail, authentication, application, routes, context);
    [asked.intended] = grants;

    // How much? By the limits in force and the guardrail's own budget, reserved anew for each route.
    const leases = leasesFor(behalf, asked, grants[0]);
    asked.leases = leases;

    // The call, by the same retries, fallbacks and circuits as any other.
    const prompt = privacy.clearForInquiry({ instructions: question.instructions, prompt: question.prompt });
    const answered = await inference.call(
      grants,
      prompt,
      {
        operation: 'chat',
        stream: false,
        toNeutral: () => ({ kind: 'chat', request: requestOf(question) }),
        countTokens: () => countDocument(asked.document),
        enter: async (grant) => {
          await leases.enter(grant.route);
          asked.called = grant;
        },
        signal,
      },
      asked.attempts,
    );
    asked.answered = answered.grant;
    return await textOf(answered.answer, asked);
  } catch (error) {
    result = resultOf(error, signal);
    if (result === 'internal') behalf.house.observer.fault('inquiry', error, behalf.requestId);
    throw error;
  } finally {
    note({ result, ...(await settle(behalf, asked, signal)) });
  }
}

/** One question while it is asked. */
interface Asked {
  readonly question: ModelQuestion;
  readonly document: Document;
  readonly attempts: RecordedAttempt[];
  intended?: Grant;
  leases?: Leases;
  /** The route last tried. */
  called?: Grant;
  answered?: Grant;
  usage: Usage;
}

function leasesFor({ house, snapshot, application }: Behalf, asked: Asked, grant: Grant) {
  const { question, document } = asked;
  const { model, maxOutputTokens, maxTokensPerHour } = question;
  return createLeases(
    snapshot.limits,
    grant.authentication,
    application,
    // Nobody is told the headers that it is for.
    'openai.chat',
    estimateOf(document, { model, stream: false, maxOutputTokens, choices: 1 }, house.metering),
    { id: grant.authentication.principal.id, tokensPerHour: maxTokensPerHour },
  );
}

/** A buffered answer's text; usage is estimated where the provider tells none. */
async function textOf({ frames, reader, decodeChat }: WireAnswer, asked: Asked): Promise<string> {
  const inputTokens = countDocument(asked.document);
  asked.usage = { ...NO_USAGE, inputTokens };
  let text: string | undefined;
  for await (const frame of frames) {
    const { usage, error } = reader.read(frame);
    if (usage) asked.usage = usage;
    if (error) throw error;
    if (frame.json === undefined || text !== undefined) continue;
    const [choice] = decodeChat(frame.json).choices;
    text = (choice?.parts ?? []).map((part) => (part.kind === 'text' ? part.text : '')).join('');
    if (!usage) asked.usage = { ...NO_USAGE, inputTokens, outputTokens: countTokens(text) };
  }
  if (text === undefined || !reader.isComplete()) throw new Refusal('provider_bad_answer');
  return text;
}

/** Accounts for it, exactly once, however it ended; and tells what the record shall say. Never rejects. */
async function settle(
  { house, requestId }: Behalf,
  asked: Asked,
  signal: AbortSignal,
): Promise<Omit<InquiryEnd, 'result'>> {
  const { intended, called, answered, leases, attempts, question } = asked;
  const { metering, observer } = house;
  // Given up while a provider was at it: nobody tells what was used, so the question is counted.
  const abandoned = answered === undefined && signal.aborted ? called : undefined;
  if (abandoned) asked.usage = { ...NO_USAGE, inputTokens: countDocument(asked.document) };
  const charged = answered ?? abandoned;
  const { usage } = asked;
  const costMicros = charged ? metering.cost(charged.route, usage) : 0;
  if (charged) metering.meter(charged.authentication, charged.route, usage, costMicros);
  else if (intended) metering.refused(intended.authentication, intended.route);
  await leases
    ?.settle(usage, costMicros)
    .catch((error: unknown) => observer.fault('inquiry', error, requestId));
  const { inputTokens, outputTokens } = usage;
  const at = charged ?? called;
  return {
    configuredModel: question.model,
    ...(at ? { provider: at.route.providerId, providerModel: at.route.providerModel } : {}),
    ...(attempts.length > 0 ? { attempts: attempts.length } : {}),
    ...(charged ? { inputTokens, outputTokens, costMicros } : {}),
  };
}

function resultOf(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return 'timed_out';
  if (error instanceof TransportError) return refusalOfTransport(error).code;
  return error instanceof Refusal ? error.code : 'internal';
}

function requestOf({ model, instructions, prompt, maxOutputTokens }: ModelQuestion): ChatRequest {
  return {
    model,
    messages: [
      { role: 'system', parts: [{ kind: 'text', text: instructions }] },
      { role: 'user', parts: [{ kind: 'text', text: prompt }] },
    ],
    tools: [],
    maxOutputTokens,
    stream: false,
  };
}

function documentOf({ instructions, prompt }: ModelQuestion): Document {
  const place = { encoding: 'plain', editable: false } as const;
  const segments: readonly Segment[] = [
    { pointer: '/instructions', role: 'system', channel: 'instruction', text: instructions, ...place },
    { pointer: '/prompt', role: 'user', channel: 'user', text: prompt, ...place },
  ];
  return { direction: 'request', segments };
}
