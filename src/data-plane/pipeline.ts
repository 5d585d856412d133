/** The life of one request, from top to bottom. Every exit is visible; whatever is thrown becomes a refusal here, and only here. */
import { objectOf } from '../base/json.ts';
import { instructionsIn, type Briefing, type Document, type Segment } from '../domain/document.ts';
import { labelsOf } from '../domain/finding.ts';
import { withoutShadows } from '../domain/guardrail.ts';
import type { Authentication } from '../domain/principal.ts';
import { requireScope } from '../modules/identity/identity.ts';
import type { Marker } from '../modules/privacy/privacy.ts';
import { releaseAnswer } from './answer.ts';
import { Blocked } from './blocked.ts';
import { contextOf } from './context-of.ts';
import { conversationOf } from './conversation-of.ts';
import { countDocument, estimateOf } from './estimate.ts';
import type { Exchange } from './exchange.ts';
import type { House } from './house.ts';
import { Interaction } from './interaction.ts';
import { letsPass } from './letting-pass.ts';
import { createLeases } from './leases.ts';
import { refuse, type Answering } from './refuse.ts';
import { RequestInquirer } from './request-inquirer.ts';

/** Serves one exchange. Never rejects: when it resolves, the answer is sent, accounts are settled and the record stands. */
export async function serve(house: House, exchange: Exchange): Promise<void> {
  const { endpoint } = exchange;
  // Taken once: a configuration that changes meanwhile does not change this request.
  const snapshot = house.snapshot();
  const { identity, routing, policy, gates, limits, scanning, privacy, inference } = snapshot;
  const interaction = new Interaction(house, exchange, snapshot.version);
  let answering: Answering | undefined;
  try {
    // Who is asking? Known before a byte of the body is read.
    const authentication = await identity.authenticate(exchange.presented);
    requireScope(authentication, 'inference');
    const application = routing.application(authentication.applicationId);
    interaction.identified(authentication, application);

    // What do they ask for, and who could answer?
    const { bytes, json } = await exchange.body();
    const ask = endpoint.read(json, exchange.path);
    answering = { ask, writer: endpoint.createWriter(ask, json, exchange.path) };
    interaction.asked(ask);
    const routes = routing.resolve(application, ask.model, endpoint.operation);

    // May they?
    const context = contextOf(exchange, gates, authentication);
    const permitted = policy.authorize(authentication, application, routes, context);
    gates.check(authentication.principal, application);
    interaction.permitted(permitted);

    // What will be sent? The texts, and the marker that an answer's guardrails may ask for among the instructions.
    const document = endpoint.document(json, exchange.path);
    const shields = policy.guardrailsFor(authentication, application, ask.model, 'response');
    const marker = scanning.plantsMarker(shields) ? privacy.marker(document, application.id) : null;

    // How much? Reserved for the route that is tried first; a fallback reserves anew.
    const leases = createLeases(
      limits,
      authentication,
      application,
      endpoint.dialect,
      estimateOf(document, ask, house.metering, marker?.sentence),
    );
    interaction.reserving(leases, () => countDocument(document, marker?.sentence));
    await leases.enter(permitted[0].route);
    interaction.step('limits');

    // What is in it? Scanners see, policy judges, privacy edits.
    const guardrails = policy.guardrailsFor(authentication, application, ask.model, 'request');
    const inquirer = new RequestInquirer(house, snapshot, interaction, authentication, application, context);
    const { findings, failures } = await scanning.scan(document, guardrails, { inquirer });
    const verdict = policy.judge(guardrails, document, findings, failures);
    interaction.judged(verdict, findings);
    if (verdict.blockedBy) throw new Blocked(verdict.blockedBy);
    const domain = pseudonymisationDomain(authentication, exchange);
    const { prompt, standIns } = privacy.clear(json, bytes, document, verdict, domain, marker);
    if (marker) interaction.planted();
    interaction.captured(json, prompt.body, {
      document,
      findings,
      verdict,
      standIns,
      phoneRegions: snapshot.phoneRegions,
    });

    // May they, now that it is known what would go there?
    const labels = labelsOf(withoutShadows(guardrails, findings));
    const granted = policy.review(permitted, application, { ...context, labels });
    inquirer.labelled(labels);

    // The call. Only a Grant and a ClearedPrompt get through this door.
    const briefing = briefingOf(document, marker, conversationOf(exchange, document, prompt));
    answering = { ...answering, letsPass: (text) => letsPass(snapshot, shields, briefing, text, inquirer) };
    interaction.calling();
    const answered = await inference.call(
      granted,
      prompt,
      {
        dialect: endpoint.dialect,
        operation: endpoint.operation,
        stream: ask.stream,
        toNeutral: (body) => endpoint.toNeutral(objectOf(body), exchange.path),
        countTokens: () => interaction.inputTokens(),
        enter: ({ route }) => leases.enter(route),
        signal: exchange.signal,
      },
      interaction.attempts,
    );
    interaction.granted(answered.grant);

    // The answer: scanned while it streams, judged, re-identified for those allowed, recorded, and then released.
    await releaseAnswer(snapshot, exchange, interaction, {
      answered,
      writer: answering.writer,
      guardrails: shields,
      standIns,
      reidentify: standIns.size() > 0 && policy.mayReidentify(authentication, application, context),
      domain,
      briefing,
      marker,
      inquirer,
    });
  } catch (error) {
    await refuse(house, exchange, interaction, error, answering);
  } finally {
    await interaction.close();
  }
}

function briefingOf(
  document: Document,
  marker: Marker | null,
  conversation: () => readonly Segment[],
): Briefing {
  const instructions = instructionsIn(document);
  return marker ? { instructions, conversation, marker: marker.code } : { instructions, conversation };
}

/** Within it, the same value has the same stand-in: one application, one principal, one conversation where it is named. */
function pseudonymisationDomain(
  { applicationId, principal }: Authentication,
  { conversation }: Exchange,
): string {
  return JSON.stringify([applicationId, principal.kind, principal.id, conversation ?? null]);
}
