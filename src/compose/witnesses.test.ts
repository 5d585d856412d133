import { expect, test } from 'vitest';
import { configurationSchema } from '../contract/configuration.ts';
import { COSIGNATURE_V1, ED25519, formatVerifierKey, noteVerifier } from '../tlog/keys.ts';
import { TransportError, type TransportRequest } from '../modules/inference/transport.ts';
import { createPanel, witnessProblems } from './witnesses.ts';

const keyOf = (name: string, type: typeof ED25519 | typeof COSIGNATURE_V1 = COSIGNATURE_V1) =>
  formatVerifierKey(noteVerifier(name, type, new Uint8Array(32).fill(name.length)));
const GOOD = { key: keyOf('good'), url: 'https://witness.example' };
const configurationOf = (witnesses: object, quorum = 0) =>
  configurationSchema.parse({ version: 1, witnesses, witness_quorum: quorum });

test.each([
  ['nothing', {}, 0, []],
  ['a witness and its quorum', { one: GOOD }, 1, []],
  ['a quorum that nobody can be', { one: GOOD }, 2, ['witness_quorum']],
  ['one key twice', { one: GOOD, two: GOOD }, 1, ['witnesses.two.key']],
  ['a key of a log', { one: { ...GOOD, key: keyOf('good', ED25519) } }, 0, ['witnesses.one.key']],
  ['a key that is none', { one: { ...GOOD, key: 'good+00000000+AAAA' } }, 0, ['witnesses.one.key']],
  ['an address in clear', { one: { ...GOOD, url: 'http://witness.example' } }, 0, ['witnesses.one.url']],
  [
    'an address in clear in a private network',
    { one: { ...GOOD, url: 'http://10.0.0.1', allow_private_network: true } },
    0,
    [],
  ],
])('%s: what is wrong with it is told', (_name, witnesses, quorum, expected) => {
  const problems = witnessProblems(configurationOf(witnesses, quorum));
  expect(problems.map(({ path }) => path.join('.'))).toEqual(expected);
});

test('more witnesses than there is room for under a checkpoint are refused', () => {
  const many = Object.fromEntries(
    Array.from({ length: 33 }, (_, i) => [`w${i}`, { ...GOOD, key: keyOf('w'.repeat(i + 1)) }]),
  );
  expect(() => configurationOf(many)).toThrow(/32 at most/);
});

test('a witness is asked below its address, with its guard; a changed configuration is seen', async () => {
  const sent: TransportRequest[] = [];
  const transport = {
    async send(request: TransportRequest) {
      sent.push(request);
      const body = (async function* () {
        yield Buffer.from('an ');
        yield Buffer.from('answer');
      })();
      return { status: 409, headers: { 'content-type': 'text/x.tlog.size' }, body };
    },
    close: () => Promise.resolve(),
  };
  let configuration = configurationOf({ one: { ...GOOD, url: 'https://witness.example/here/' } }, 1);
  const panel = createPanel(transport, () => configuration);
  expect(panel()).toBe(panel());
  const [witness] = panel().witnesses;
  const answer = await witness?.addCheckpoint(Buffer.from('ask'), new AbortController().signal);
  expect(answer).toEqual({ status: 409, contentType: 'text/x.tlog.size', body: Buffer.from('an answer') });
  expect(sent[0]).toMatchObject({
    method: 'POST',
    url: 'https://witness.example/here/add-checkpoint',
    allowPrivateNetwork: false,
  });
  configuration = configurationOf({});
  expect(panel()).toEqual({ witnesses: [], quorum: 0 });
});

test('a witness at an address that may not be called fails as every call does', async () => {
  const transport = {
    send: () => Promise.reject(new TransportError('address_forbidden')),
    close: () => Promise.resolve(),
  };
  const [witness] = createPanel(transport, () => configurationOf({ one: GOOD }))().witnesses;
  await expect(witness?.addCheckpoint(Buffer.from('ask'), new AbortController().signal)).rejects.toThrow(
    TransportError,
  );
});
