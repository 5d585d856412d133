/** Bartizan from this checkout, configured by a file that the bench writes. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { z } from 'zod';
import { configurationSchema } from '../../src/contract/configuration.ts';
import { MODEL_NAMES } from '../models.ts';
import { PROJECT_DIRECTORY } from '../places.ts';

/** Which of the controls that can be turned off are on. Key, policy and limits always are. */
export interface Controls {
  readonly isScanning: boolean;
  readonly record: 'before_release' | 'async';
  /** What is said is kept, sealed, beside the record. */
  readonly capture?: 'full';
}

type Tree = z.input<typeof configurationSchema>;

const PROVIDER_KEY_VARIABLE = 'BENCH_PROVIDER_KEY';
const HUGE = 1_000_000_000_000;

/** Every scanner of the first release, on questions and answers. */
const GUARDRAILS: Tree['guardrails'] = {
  'personal-data': {
    scanner: 'pii',
    kinds: ['EMAIL_ADDRESS', 'PHONE_NUMBER', 'CREDIT_CARD', 'IBAN_CODE', 'US_SSN', 'IP_ADDRESS', 'URL'],
    action: 'redact',
  },
  secrets: { scanner: 'secrets', action: 'block' },
  'project-names': {
    scanner: 'keywords',
    config: { lists: { project: ['Project Nightjar', 'Operation Kingfisher', 'codename heron'] } },
    action: 'mask',
  },
  'ticket-numbers': {
    scanner: 'regex',
    config: { patterns: { TICKET: 'INC-[0-9]{6,10}' } },
    action: 'flag',
  },
  'invisible-text': { scanner: 'invisible-text', action: 'redact' },
};

const LIMITS: Tree['limits'] = {
  'requests-of-each': { measure: 'requests', capacity: HUGE, window: 'minute', per: 'principal' },
  'tokens-of-each-application': { measure: 'tokens', capacity: HUGE, window: 'minute', per: 'application' },
  'at-once': { measure: 'concurrent_requests', capacity: HUGE },
};

function tree(upstreamPort: number, { isScanning, record, capture }: Controls): Tree {
  return {
    version: 1,
    organization: 'Bench',
    applications: { bench: { purpose: 'Measuring', record, ...(capture && { capture }) } },
    providers: {
      mock: {
        kind: 'openai',
        base_url: `http://127.0.0.1:${upstreamPort}/v1`,
        allow_private_network: true,
        credential: { env: PROVIDER_KEY_VARIABLE },
      },
    },
    models: Object.fromEntries(MODEL_NAMES.map((name) => [name, { candidates: [{ provider: 'mock' }] }])),
    policies: {
      'bench-may-call': {
        cedar:
          'permit(principal, action == Action::"call_model", resource) when { context.application.data_class == "internal" };',
      },
    },
    guardrails: isScanning ? GUARDRAILS : {},
    limits: LIMITS,
  };
}

/** Writes the configuration into the directory; what it returns starts the gateway there. */
export function bartizan(directory: string, upstreamPort: number, controls: Controls) {
  const file = join(directory, 'bartizan.yaml');
  const configuration = tree(upstreamPort, controls);
  configurationSchema.parse(configuration);
  writeFileSync(file, stringify(configuration));
  return {
    args: [join(PROJECT_DIRECTORY, 'src', 'main.ts')],
    environment: {
      BARTIZAN_DATA: join(directory, 'data'),
      BARTIZAN_CONFIG: file,
      [PROVIDER_KEY_VARIABLE]: 'bench-provider-key',
    },
    /** The application key, which the first start prints once. */
    keyIn: (output: string): string | undefined => /\bbz_[\w-]+/.exec(output)?.[0],
  };
}
