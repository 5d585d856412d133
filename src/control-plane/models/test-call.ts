/** One word from a model, asked for at the gateway's own address: what holds for everybody's requests holds for it. */
import { z } from 'zod';
import type { testCallSchema } from '../../contract/api/models.ts';
import type { SignedIn } from '../../domain/administrator.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Audit } from '../../modules/audit/audit.ts';
import type { GiveVoucher } from '../../modules/identity/identity.ts';

export type TestCall = z.input<typeof testCallSchema>;

export interface TestCallMeans {
  readonly vouch: GiveVoucher;
  /** A request to this gateway's own chat address; resolves for every status. */
  readonly askGateway: (
    token: string,
    body: unknown,
    signal: AbortSignal,
  ) => Promise<{
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: unknown;
  }>;
  readonly applications: () => ReadonlySet<string>;
  readonly read: Audit['read'];
}

interface TestOrder {
  readonly model: string;
  readonly application: string;
  readonly signedIn: SignedIn;
  readonly signal: AbortSignal;
}

const LIFE_MS = 60_000;

const answerSchema = z.looseObject({
  usage: z.looseObject({ prompt_tokens: z.int(), completion_tokens: z.int() }).optional(),
  error: z.looseObject({ code: z.string().nullish(), message: z.string().nullish() }).optional(),
});

/** @throws Refusal `not_found` for an application that is not there */
export async function testCall(means: TestCallMeans, order: TestOrder): Promise<TestCall> {
  const { model, application, signedIn, signal } = order;
  if (!means.applications().has(application))
    throw new Refusal('not_found', `there is no application ${application}`);
  const { token } = means.vouch({
    id: signedIn.credentialId,
    applicationId: application,
    principalId: signedIn.administrator.id,
    scopes: ['inference'],
    lifeMs: LIFE_MS,
  });
  const startedMs = performance.now();
  const { status, headers, body } = await means.askGateway(token, questionTo(model), signal);
  const milliseconds = Math.round((performance.now() - startedMs) * 10) / 10;
  const answer = answerSchema.catch({}).parse(body);
  const isAnswered = status < 300;
  const requestId = headers['x-bartizan-request-id'] ?? '';
  const route = await routeOf(means, requestId);
  return {
    answered: isAnswered,
    refusal: isAnswered
      ? null
      : { code: answer.error?.code ?? `http_${status}`, detail: answer.error?.message ?? `HTTP ${status}` },
    milliseconds,
    ...route,
    inputTokens: answer.usage?.prompt_tokens ?? null,
    outputTokens: answer.usage?.completion_tokens ?? null,
    requestId,
  };
}

/** Where it went, as the record says. */
async function routeOf(
  { read }: TestCallMeans,
  id: string,
): Promise<Pick<TestCall, 'provider' | 'providerModel'>> {
  const [recorded] = (await read({ id, limit: 1 })).entries;
  const entry = recorded?.entry;
  if (entry === undefined || entry.kind === 'administration') return { provider: null, providerModel: null };
  return { provider: entry.provider ?? null, providerModel: entry.providerModel ?? null };
}

function questionTo(model: string): object {
  return {
    model,
    max_tokens: 16,
    messages: [{ role: 'user', content: 'Answer with the single word: ready' }],
  };
}
