/** `POST /backend/v1/scans`: the scan API that existing plug-ins call, answered by the guardrails in force. */
import { z } from 'zod';
import { isObject, type Json, type JsonObject } from '../../base/json.ts';
import { parseForm } from '../endpoints/wire-form.ts';
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
  // Every guardrail in force is on, and none has settings that a client may change: asking for more is refused, not ignored.
  forceEnabled: z.array(z.string()).max(0, 'what is in force is decided by policy').nullish(),
  configOverrides: z.record(z.string(), z.never('what is in force is decided by policy')).nullish(),
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
  const { input, project, scanDirection, externalMetadata, disabled } = parseForm(form, body);
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
    disabled: new Set(disabled ?? []),
    metadata: externalMetadata ?? {},
  };
}

function answer({ id, at, guardrails, findings, verdict, rewritten }: Judged, body: JsonObject): JsonObject {
  // Unless it is told otherwise, a client is only told that something was found.
  const isFlagOnly = body['flagOnly'] !== false;
  const outcome = scanOutcome(verdict.action, findings.length, isFlagOnly);
  const direction = verdictDirection(body);
  const spoken = guardrails.map(({ id: guardrail, version, scanner }) => ({
    id: guardrail,
    version,
    scanner,
  }));
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
