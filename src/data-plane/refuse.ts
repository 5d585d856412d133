/** How a request ends that is not answered: recorded, then told in the client's dialect, wherever the answer stands by now. */
import { asRefusal, Refusal } from '../domain/refusal.ts';
import { refusalOfTransport } from '../modules/inference/inference.ts';
import { TransportError } from '../modules/inference/transport.ts';
import { Blocked } from './blocked.ts';
import type { Addressed, AnswerWriter, Ask } from './endpoint.ts';
import type { Exchange } from './exchange.ts';
import type { House } from './house.ts';
import type { Interaction } from './interaction.ts';

/** What is known of how to answer by the time something is thrown. */
export interface Answering {
  readonly ask: Ask;
  readonly writer: AnswerWriter;
  /** Whether the guardrails of answers let a text pass as it is. Known once a provider may have said something. */
  readonly letsPass?: (text: string) => Promise<boolean>;
}

/** Never rejects. */
export async function refuse(
  house: House,
  exchange: Exchange<Addressed>,
  interaction: Interaction,
  error: unknown,
  answering: Answering | undefined,
): Promise<void> {
  const refusal = await withoutUnfitMessage(refusalOf(error, exchange), answering);
  if (refusal.code === 'internal') house.observer.fault('pipeline', error, exchange.id);
  const outcome = interaction.refused(refusal);
  try {
    // What began to be released has its entry already, and its end is appended when the interaction closes.
    if (!exchange.reply.begun()) await interaction.record(outcome);
    tell(exchange, interaction, refusal, answering);
  } catch (cause) {
    house.observer.fault('refuse', cause, exchange.id);
    if (!exchange.reply.begun()) tell(exchange, interaction, asRefusal(cause), undefined);
  }
}

function refusalOf(error: unknown, exchange: Exchange<Addressed>): Refusal {
  if (exchange.signal.aborted) return new Refusal('client_closed', undefined, { cause: error });
  return error instanceof TransportError ? refusalOfTransport(error) : asRefusal(error);
}

/** What a provider says of an error is an answer as well: it may quote what it was not to say. */
async function withoutUnfitMessage(refusal: Refusal, answering: Answering | undefined): Promise<Refusal> {
  const { clientMessage, code, message, status, details, cause } = refusal;
  if (clientMessage === undefined || (await answering?.letsPass?.(clientMessage))) return refusal;
  return new Refusal(code, message, { ...details, status, cause });
}

function tell(
  exchange: Exchange<Addressed>,
  interaction: Interaction,
  refusal: Refusal,
  answering: Answering | undefined,
): void {
  const { reply, endpoint, id } = exchange;
  if (exchange.signal.aborted) return reply.end();
  if (reply.begun()) {
    if (answering) void reply.write(closing(refusal, answering, id));
    return reply.end();
  }
  if (
    refusal instanceof Blocked &&
    refusal.as === 'completion' &&
    answering &&
    endpoint.operation === 'chat'
  ) {
    return completeFiltered(exchange, interaction, refusal, answering);
  }
  const { status, body, headers } = endpoint.refusal(refusal, id);
  reply.send(
    status,
    { 'content-type': 'application/json', ...headers, ...interaction.headers(), ...headersOf(refusal) },
    typeof body === 'string' ? body : JSON.stringify(body),
  );
}

function closing(refusal: Refusal, { writer }: Answering, id: string): string {
  return refusal instanceof Blocked ? writer.filtered(refusal.message) : writer.failed(refusal, id);
}

/** The guardrail's message as an answer that ends with the dialect's word for filtered. */
function completeFiltered(
  { reply, id }: Exchange<Addressed>,
  interaction: Interaction,
  refusal: Blocked,
  { ask, writer }: Answering,
): void {
  if (!ask.stream) {
    reply.send(
      200,
      { 'content-type': 'application/json', ...interaction.headers() },
      JSON.stringify(writer.filteredAnswer(refusal.message, id)),
    );
    return;
  }
  reply.begin({
    'content-type': writer.streamContentType,
    'cache-control': 'no-store',
    ...interaction.headers(),
  });
  void reply.write(writer.filtered(refusal.message));
  reply.end();
}

function headersOf({ details }: Refusal): Record<string, string> {
  const { retryAfterMs, headers } = details;
  return {
    ...headers,
    ...(retryAfterMs === undefined
      ? {}
      : { 'retry-after': String(Math.max(1, Math.ceil(retryAfterMs / 1000))) }),
  };
}
