/**
 * What one entry of the record says that providers were asked for, call by call. An attempt that was followed by another
 * may have been billed: a provider that broke off after it had begun to work has told nobody what it used. Such calls are
 * possible, not sure: they may explain usage, and their absence from an export is nothing to wonder about.
 */
import type {
  InteractionEndEntry,
  InteractionEntry,
  RecordedAttempt,
  RecordedInquiry,
} from '../../domain/record.ts';
import type { Usage } from '../../domain/usage.ts';
import type { Figures } from './figures.ts';

export interface Consumption {
  readonly provider: string;
  readonly model: string;
  /** What the answer called the model. */
  readonly responseModel?: string;
  readonly sure: Partial<Figures>;
  readonly possible: Partial<Figures>;
}

/** What a call that told no usage may have used, where nothing better is known: a page of text each way. */
const UNTOLD_TOKENS = 4_096;

/** Results after which the provider may have worked for nothing; 5xx are as well. */
const CUT_OFF = new Set([
  '408',
  'first_byte_timeout',
  'idle_timeout',
  'closed_early',
  'too_large',
  'client_closed',
  'provider_bad_answer',
]);

export function consumptionOf(entry: InteractionEntry | InteractionEndEntry): readonly Consumption[] {
  return [...ownCalls(entry), ...(entry.inquiries ?? []).flatMap(inquiryCalls)];
}

function ownCalls(entry: InteractionEntry | InteractionEndEntry): readonly Consumption[] {
  // Counting tokens is not billed, and no export tells of it.
  if (entry.endpoint.endsWith('/count_tokens')) return [];
  const { attempts, responseModel, usage } = entry;
  const last = attempts.at(-1);
  const isAnswered = last !== undefined && /^2\d\d$/.test(last.result);
  const lost = (isAnswered ? attempts.slice(0, -1) : attempts).filter(mayBeBilled);
  const possible = { ...untold(usage), requests: 1 };
  return [
    ...lost.map(({ provider, model }) => ({ provider, model, sure: {}, possible })),
    ...(isAnswered ? [answered(last, usage, responseModel)] : []),
  ];
}

function answered(
  { provider, model }: RecordedAttempt,
  usage: Usage | undefined,
  responseModel: string | undefined,
): Consumption {
  const { inputTokens = 0, outputTokens = 0 } = usage ?? {};
  return {
    provider,
    model,
    ...(responseModel === undefined ? {} : { responseModel }),
    sure: { requests: 1, inputTokens, outputTokens },
    possible: usage?.source === 'reported' ? {} : untold(usage),
  };
}

/** An estimate may be wrong by as much as itself; an answer that nobody waited for may have gone on. */
function untold(usage: Usage | undefined) {
  return {
    inputTokens: usage?.inputTokens || UNTOLD_TOKENS,
    outputTokens: Math.max(usage?.outputTokens ?? 0, UNTOLD_TOKENS),
  };
}

function mayBeBilled({ result }: RecordedAttempt): boolean {
  return /^5\d\d$/.test(result) || CUT_OFF.has(result);
}

/** What a guardrail asked of a model is sent through the gateway as well. */
function inquiryCalls(inquiry: RecordedInquiry): readonly Consumption[] {
  const { provider, providerModel: model, result, count, attempts = 0 } = inquiry;
  if (provider === undefined || model === undefined) return [];
  const answeredCount = result === 'answered' ? count : 0;
  const { inputTokens = 0, outputTokens = 0 } = inquiry;
  const lost = Math.max(0, attempts - answeredCount);
  return [
    {
      provider,
      model,
      sure: { requests: answeredCount, inputTokens, outputTokens },
      possible: {
        requests: lost,
        inputTokens: lost * UNTOLD_TOKENS,
        outputTokens: lost * UNTOLD_TOKENS,
      },
    },
  ];
}
