/** Vouchers open what they were given for, until they end, and nothing that was made or changed elsewhere is one. */
import { expect, test } from 'vitest';
import { configurationSchema } from '../../contract/configuration.ts';
import { createVoucherAuthenticator, createVouching } from './voucher.ts';

const NOW = 1_790_000_000_000;
const key = Buffer.alloc(32, 7);
const configuration = configurationSchema.parse({
  version: 1,
  groups: { staff: {} },
  principals: { alice: { kind: 'person', groups: ['staff'] } },
  applications: { workbench: {} },
});
const request = {
  id: 'ses_1',
  applicationId: 'workbench',
  principalId: 'alice',
  scopes: ['inference'],
  lifeMs: 60_000,
} as const;
const at = (now: number) => ({ now: () => now });
const authenticate = createVoucherAuthenticator(key, configuration, at(NOW));

test('a voucher is the person whom it was given to, with the groups of the tree', () => {
  const { token, expiresAtMs } = createVouching(key, at(NOW))(request);
  expect(expiresAtMs).toBe(NOW + 60_000);
  expect(authenticate(token)).toEqual({
    method: 'voucher',
    credentialId: 'ses_1',
    applicationId: 'workbench',
    principal: { kind: 'person', id: 'alice', groups: ['staff'] },
    scopes: new Set(['inference']),
  });
});

test('a voucher lives for a quarter of an hour at most', () => {
  expect(createVouching(key, at(NOW))({ ...request, lifeMs: 86_400_000 }).expiresAtMs).toBe(NOW + 900_000);
});

const give = createVouching(key, at(NOW));
const { token } = give(request);
const [body = '', signature = ''] = token.slice(4).split('.');
const forged = Buffer.from(Buffer.from(body, 'base64url').toString().replace('alice', 'admin')).toString(
  'base64url',
);

test.each([
  ['that ended', createVouching(key, at(NOW - 60_000))(request).token, 'expired_credential'],
  ['under another key', createVouching(Buffer.alloc(32, 8), at(NOW))(request).token, 'invalid_credential'],
  ['with another name', `bzv_${forged}.${signature}`, 'invalid_credential'],
  ['without a signature', `bzv_${body}`, 'invalid_credential'],
  ['with half of one', `bzv_${body}.${signature.slice(0, 20)}`, 'invalid_credential'],
  ['of nothing', 'bzv_', 'invalid_credential'],
  [
    'for an application that is gone',
    give({ ...request, applicationId: 'gone' }).token,
    'invalid_credential',
  ],
  ['that speaks for a guardrail as a person', give({ ...request, principalId: 'x' }).token, 'admitted'],
])('a voucher %s', (_, voucher, expected) => {
  if (expected === 'admitted') expect(authenticate(voucher).principal.kind).toBe('person');
  else expect(() => authenticate(voucher)).toThrow(expect.objectContaining({ code: expected }));
});
