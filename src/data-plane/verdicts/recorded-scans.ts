/** `GET` and `PATCH /backend/v1/scans/{id}`: a scan as the record has it, and the wish that it be kept. */
import { z } from 'zod';
import { isObject, parseTrusted, type Json, type JsonObject } from '../../base/json.ts';
import { isPreserved, PRESERVE } from '../../domain/preservation.ts';
import type { InteractionEntry, RecordedEntry } from '../../domain/record.ts';
import { Refusal } from '../../domain/refusal.ts';
import { requireScope, type PresentedCredentials } from '../../modules/identity/identity.ts';
import { parseForm } from '../endpoints/wire-form.ts';
import type { House } from '../house.ts';
import { scanOutcome, scannerResults, type ScanGuardrail } from './scan-results.ts';

/** Entries of one scan: itself, and each time somebody said whether to keep it. */
const MAX_ENTRIES = 1_000;

const patch = z.looseObject({ preserve: z.boolean() });

/** @throws Refusal; `not_found` also for another application's scan, so that ids tell nothing */
export async function showScan(
  house: House,
  presented: PresentedCredentials,
  id: string,
): Promise<JsonObject> {
  const { recorded, entry, preserve } = await find(house, presented, id);
  const direction = entry.quiet.response !== undefined || hasResponse(entry) ? 'response' : 'request';
  return {
    scan: {
      id,
      type: 'scan',
      input: recorded.hasContent ? await inputOf(house, recorded.index) : null,
      projectId: entry.application ?? null,
      userId: entry.principal === undefined ? null : `${entry.principal.kind}:${entry.principal.id}`,
      receivedAt: new Date(entry.at).toISOString(),
      preserve,
      externalMetadata: entry.metadata ?? {},
      result: {
        outcome: scanOutcome(entry.action, entry.findings.length, false),
        scannerResults: scannerResults(guardrailsOf(entry), entry.findings, direction, entry.at),
      },
    },
  };
}

/** Writes the wish into the record. @throws Refusal as above */
export async function preserveScan(
  house: House,
  presented: PresentedCredentials,
  id: string,
  body: () => Promise<Json>,
): Promise<JsonObject> {
  // Nothing is read of anybody who may not.
  const { actor } = await find(house, presented, id);
  const { preserve } = parseForm(patch, await body());
  const after = String(preserve);
  await house.audit.append({
    kind: 'administration',
    id,
    at: Date.now(),
    actor,
    action: PRESERVE,
    subject: id,
    after,
  });
  return showScan(house, presented, id);
}

interface Found {
  readonly recorded: RecordedEntry;
  readonly entry: InteractionEntry;
  readonly preserve: boolean;
  readonly actor: string;
}

async function find(house: House, presented: PresentedCredentials, id: string): Promise<Found> {
  const authentication = await house.snapshot().identity.authenticate(presented);
  if (!authentication.scopes.has('inference')) requireScope(authentication, 'scan');
  const { entries } = await house.audit.read({ id, limit: MAX_ENTRIES });
  const all = entries.map(({ entry }) => entry);
  const recorded = entries.find((each) => each.entry.kind === 'interaction');
  const entry = recorded?.entry;
  if (
    recorded === undefined ||
    entry?.kind !== 'interaction' ||
    entry.application !== authentication.applicationId ||
    !entry.endpoint.endsWith('/scan')
  )
    throw new Refusal('not_found');
  const { principal } = authentication;
  return { recorded, entry, preserve: isPreserved(all), actor: `${principal.kind}:${principal.id}` };
}

function hasResponse({ guardrails }: InteractionEntry): boolean {
  return guardrails.some(({ direction }) => direction === 'response');
}

function guardrailsOf({ guardrails, quiet, findings }: InteractionEntry): readonly ScanGuardrail[] {
  const scannerOf = (guardrail: string) =>
    findings.find((finding) => finding.guardrail === guardrail)?.scanner ?? '';
  const silent = Object.values(quiet).flatMap((names) => names.split(' '));
  return [
    ...guardrails.map(({ id, version }) => recorded(id, version, scannerOf(id))),
    ...silent.map((name) => {
      const [id = '', version = ''] = name.split('@');
      return recorded(id, version, '');
    }),
  ];
}

/** A guardrail that a sender changed has the version `custom`. */
function recorded(id: string, version: string, scanner: string): ScanGuardrail {
  return { id, version, scanner, isCustom: version === 'custom' };
}

/** What was captured is the request's body. */
async function inputOf({ audit }: House, index: number): Promise<string | null> {
  const content = await audit.content(index);
  if (content === undefined) return null;
  const captured = parseTrusted(content);
  const request = isObject(captured) ? captured['request'] : undefined;
  const input = isObject(request) ? (request['input'] ?? request['text']) : undefined;
  return typeof input === 'string' ? input : null;
}
