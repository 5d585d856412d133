/** `POST /backend/v1/scans`: the scan API that existing plug-ins call, answered by the guardrails in force. */
import { z } from 'zod';
import { isObject, type Json, type JsonObject } from '../../base/json.ts';
import { jsonObject, parseForm } from '../endpoints/wire-form.ts';
import { isCustom } from './asked-guardrails.ts';
import { scanRefusal } from './scan-refusal.ts';
import { scanOutcome, scannerResults } from './scan-results.ts';
import type { Judged, VerdictAsk, VerdictEndpoint } from './verdict-endpoint.ts';

const names = z.array(z.string().max(128)).max(1_000).nullish();

/** Fields that are not known are let be: plug-ins send more than this. */
const form = z.looseObject({
  input: z.string(),
  project: z.string().max(128).nullish(),
  verbose: z.boolean().nullish(),
  flagOnly: z.boolean().nullish(),
  scanDirection: z.enum(['request', 'response']).nullish(),
  externalMetadata: z
    .record(z.string().max(50), z.string().max(255))
    .refine((pairs) => Object.keys(pairs).length <= 10, 'at most 10 pairs')
    .nullish(),
  disabled: names,
  forceEnabled: names,
  configOverrides: z.record(z.string().max(128), jsonObject).nullish(),
});

export const scans: VerdictEndpoint = {
  dialect: 'backend.scans',
  operation: 'scan',
  path: '/backend/v1/scans',
  read,
  answer,
  refusal: scanRefusal,
};

function read(body: JsonObject): VerdictAsk {
  const asked = parseForm(form, body);
  const { input, project, scanDirection, externalMetadata } = asked;
  const direction = scanDirection ?? 'request';
  const isRequest = direction === 'request';
  return {
    document: {
      direction,
      segments: [
        {
          pointer: '/input',
          role: isRequest ? 'user' : 'assistant',
          channel: isRequest ? 'user' : 'answer',
          text: input,
          encoding: 'plain',
          editable: true,
        },
      ],
    },
    model: '',
    application: project ?? undefined,
    wishes: {
      disabled: new Set(asked.disabled),
      forced: new Set(asked.forceEnabled),
      overrides: new Map(Object.entries(asked.configOverrides ?? {})),
    },
    metadata: externalMetadata ?? {},
  };
}

function answer(
  { id, at, ask, guardrails, findings, verdict, rewritten }: Judged,
  body: JsonObject,
): JsonObject {
  // Unless it is told otherwise, a client is only told that something was found.
  const isFlagOnly = body['flagOnly'] !== false;
  const outcome = scanOutcome(verdict.action, findings.length, isFlagOnly);
  const direction = verdictDirection(body);
  const spoken = guardrails.map((guardrail) => ({ ...guardrail, isCustom: isCustom(guardrail, ask.wishes) }));
  return {
    id,
    redactedInput: inputOf(isFlagOnly ? body : rewritten),
    result: { outcome, scannerResults: scannerResults(spoken, findings, direction, at) },
    ...(body['verbose'] === true
      ? { scanners: spoken.map(({ id: name, scanner }) => ({ id: name, type: scanner })) }
      : {}),
  };
}

function verdictDirection(body: JsonObject): 'request' | 'response' {
  return body['scanDirection'] === 'response' ? 'response' : 'request';
}

function inputOf(body: Json): string {
  const input = isObject(body) ? body['input'] : undefined;
  return typeof input === 'string' ? input : '';
}
