/** The life of one request for a verdict: as the pipeline's, up to where the call would be. */
import { instructionsIn } from '../../domain/document.ts';
import type { Authentication } from '../../domain/principal.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Route } from '../../domain/route.ts';
import { NO_USAGE } from '../../domain/usage.ts';
import { contextOf } from '../context-of.ts';
import { countDocument, estimateOf } from '../estimate.ts';
import type { Exchange } from '../exchange.ts';
import type { House } from '../house.ts';
import { Interaction } from '../interaction.ts';
import { createLeases } from '../leases.ts';
import { refuse } from '../refuse.ts';
import { RequestInquirer } from '../request-inquirer.ts';
import { askedGuardrails } from './asked-guardrails.ts';
import type { VerdictAsk, VerdictEndpoint } from './verdict-endpoint.ts';

/** Limits on tokens and requests hold here too; no provider is reached. */
const ROUTE: Route = {
  model: 'scan',
  providerId: 'bartizan',
  providerKind: 'bartizan',
  providerModel: 'scan',
  labels: [],
  defaultMaxOutputTokens: 0,
};

/** Serves one exchange. Never rejects: when it resolves, the answer is sent, the lease is settled and the record stands. */
export async function serveVerdict(house: House, exchange: Exchange<VerdictEndpoint>): Promise<void> {
  const { endpoint } = exchange;
  const snapshot = house.snapshot();
  const { identity, routing, policy, gates, limits, privacy } = snapshot;
  const interaction = new Interaction(house, exchange, snapshot.version);
  try {
    // Who is asking, and for which application?
    const authentication = await identity.authenticate(exchange.presented);
    requireScanScope(authentication);
    const application = routing.application(authentication.applicationId);
    interaction.identified(authentication, application);

    // What is to be judged?
    const { bytes, json } = await exchange.body();
    const ask = endpoint.read(json);
    assertOwn(ask, authentication);
    interaction.asked({ stream: false });
    interaction.labelled(ask.metadata);
    gates.check(authentication.principal, application);

    // How much?
    const counted = { model: ask.model, stream: false, maxOutputTokens: 0, choices: 1 };
    const estimate = estimateOf(ask.document, counted, house.metering);
    const leases = createLeases(limits, authentication, application, endpoint.dialect, estimate);
    interaction.reserving(leases, () => countDocument(ask.document));
    await leases.enter(ROUTE);

    // What is in it, and what is to be done about that?
    const { direction } = ask.document;
    const inForce = policy.guardrailsFor(authentication, application, ask.model, direction);
    const asked = askedGuardrails(snapshot.scanning, inForce, policy.guardrails, ask.wishes);
    const { guardrails } = asked;
    const timings = new Map<string, number>();
    const context = contextOf(exchange, gates, authentication);
    const inquirer = new RequestInquirer(house, snapshot, interaction, authentication, application, context);
    const { findings, failures } = await asked.scanning.scan(ask.document, guardrails, {
      instructions: instructionsIn(ask.document),
      conversation: () => ask.document.segments,
      timings,
      inquirer,
    });
    const verdict = policy.judge(guardrails, ask.document, findings, failures);
    interaction.judged(verdict, findings);
    const domain = JSON.stringify([application.id, exchange.conversation ?? null]);
    const { prompt, standIns } = privacy.clear(json, bytes, ask.document, verdict, domain);
    interaction.captured(json, prompt.body, {
      document: ask.document,
      findings,
      verdict,
      standIns,
      phoneRegions: snapshot.phoneRegions,
    });
    interaction.used({ ...NO_USAGE, inputTokens: interaction.inputTokens() });

    // The record, and then the answer.
    await interaction.record('answered');
    const { id, at } = exchange;
    const judged = { id, at, ask, guardrails, findings, verdict, timings, rewritten: prompt.body };
    const answer = endpoint.answer({ ...judged, snapshot: snapshot.version }, json);
    const headers = { 'content-type': 'application/json', ...interaction.headers() };
    exchange.reply.send(200, headers, JSON.stringify(answer));
  } catch (error) {
    await refuse(house, exchange, interaction, error, undefined);
  } finally {
    await interaction.close();
  }
}

/** @throws Refusal `insufficient_scope` */
function requireScanScope({ scopes }: Authentication): void {
  if (scopes.has('scan') || scopes.has('inference')) return;
  throw new Refusal('insufficient_scope', 'the credential does not carry the scope scan');
}

/** @throws Refusal `insufficient_scope`: a credential speaks for one application */
function assertOwn({ application }: VerdictAsk, { applicationId }: Authentication): void {
  if (application === undefined || application === applicationId) return;
  throw new Refusal('insufficient_scope', 'the credential belongs to another application than the one named');
}
