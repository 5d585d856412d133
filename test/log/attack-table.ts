/** The attacks as a page that people read. */
import type { Attack } from './attack.ts';
import { ATTACKS_AT_STORE } from './attacks-at-store.ts';
import { ATTACKS_ON_KEYS } from './attacks-on-keys.ts';
import { ATTACKS_ON_KITS, type AttackOnKit } from './attacks-on-kits.ts';
import { ATTACKS_ON_THE_WAY } from './attacks-on-the-way.ts';

const code = (codes: string) =>
  codes
    .split(' ')
    .map((each) => `\`${each}\``)
    .join(', ');

function rowOf({ name, detectors }: Attack): string {
  return `| ${name} | ${detectors.map(([who, codes]) => `${who}: ${code(codes)}`).join('<br>')} |`;
}

function kitRowOf({ name, codes }: AttackOnKit): string {
  return `| ${name} | ${code(codes)} |`;
}

export const attackTable = (): string => `# Attacks on the log

Each is carried out by [a test](../../test/log/attacks.test.ts), which writes this page; each has as its control the same look at the log that nobody has touched. What the names of codes mean is in [\`src/tlog/errors.ts\`](../../src/tlog/errors.ts) and [\`src/modules/audit/kit/kit-codes.ts\`](../../src/modules/audit/kit/kit-codes.ts); what follows from all this is in [what the log guarantees](../guides/audit-guarantees.md).

## On what is stored

By somebody with the database, and with the log's key wherever something is signed again.

| attack | found by |
|---|---|
${ATTACKS_AT_STORE.map(rowOf).join('\n')}

## On what is served

By somebody between the log and who asks it.

| attack | found by |
|---|---|
${ATTACKS_ON_THE_WAY.map(rowOf).join('\n')}

## On the log's key

By somebody who has not got it, on a reader who has the first of its keys.

| attack | found by |
|---|---|
${ATTACKS_ON_KEYS.map(rowOf).join('\n')}

## On an auditor's kit

By somebody between who made it and who verifies it.

| attack | the verifier says |
|---|---|
${ATTACKS_ON_KITS.map(kitRowOf).join('\n')}
`;
