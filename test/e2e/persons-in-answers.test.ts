/** Persons whom a model's answer names, found by guardrails of the response direction alone: the simulator echoes. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { InteractionEntry } from '../../src/domain/record.ts';
import { startGateway, type RunningGateway } from './gateway.ts';

const guardrail = (action: string, application: string) => ({
  scanner: 'pii',
  config: { default_region: 'CH' },
  action,
  directions: ['response'],
  applications: [application],
});
const CONFIGURATION = JSON.stringify({
  version: 1,
  applications: {
    flags: { capture: 'redacted' },
    replaces: { capture: 'redacted' },
    removes: { capture: 'full' },
    blocks: { capture: 'full' },
    keeps_nothing: { capture: 'none' },
  },
  policies: { all: { cedar: 'permit (principal, action, resource);' } },
  providers: { simulator: { kind: 'simulator' } },
  models: { simulator: { candidates: [{ provider: 'simulator' }] } },
  guardrails: {
    flags: guardrail('flag', 'flags'),
    replaces: guardrail('pseudonymize', 'replaces'),
    removes: guardrail('redact', 'removes'),
    blocks: guardrail('block', 'blocks'),
    nothing: guardrail('flag', 'keeps_nothing'),
  },
});
const ACT = { actor: 'root@host', reason: 'test' };

let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startGateway(CONFIGURATION);
}, 30_000);
afterAll(() => gateway.stop());

async function ask(application: string, text: string, stream: boolean) {
  const { key } = await gateway.newKey(application);
  const response = await fetch(`${gateway.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ model: 'simulator', stream, messages: [{ role: 'user', content: text }] }),
  });
  const answer = await response.text();
  const id = response.headers.get('x-bartizan-request-id') ?? '';
  const entries = await gateway.recorded(id);
  return { answer, entry: entries.at(-1) as InteractionEntry };
}

const shown = (subject: string) => gateway.gateway.office.subjects.show(subject);

describe.each([false, true])('an answer that is streamed: %s', (stream) => {
  const who = (name: string) => `${name}.${stream ? 'stream' : 'whole'}@example.com`;

  test('is about whom it names, and what it says of her is hers to have erased', async () => {
    const { entry } = await ask('flags', `Tell of ${who('flagged')}, please.`, stream);
    expect(entry.findings).toMatchObject([{ direction: 'response', kind: 'EMAIL_ADDRESS' }]);
    expect(await shown(who('flagged'))).toMatchObject({
      identifiers: [`EMAIL_ADDRESS:${who('flagged')}`],
      // Of a stream the end alone: when it began, nobody knew what it would say.
      entries: 1,
      withContent: 1,
    });
    const { entries } = await gateway.gateway.office.subjects.disclose(who('flagged'), ACT);
    expect(JSON.stringify(entries)).toContain(who('flagged'));
    await gateway.gateway.office.subjects.erase(who('flagged'), 'art17-1-b', ACT);
    expect(await shown(who('flagged'))).toMatchObject({ entries: 0, identifiers: [] });
  });

  test('has her stand-in in the vault where she is replaced', async () => {
    const { answer } = await ask('replaces', `Tell of ${who('replaced')}, please.`, stream);
    expect(answer).toMatch(/<EMAIL_ADDRESS_[a-z2-7]{10}>/);
    expect(answer).not.toContain(who('replaced'));
    expect(await shown(who('replaced'))).toMatchObject({ withContent: 1 });
    const { entries } = await gateway.gateway.office.subjects.disclose(who('replaced'), ACT);
    expect(entries.flatMap(({ pseudonyms }) => pseudonyms)).toMatchObject([
      { value: who('replaced'), standIn: expect.stringMatching(/^<EMAIL_ADDRESS_/) },
    ]);
  });

  test.each([
    ['removes', 'removed'],
    ['blocks', 'blocked'],
    ['keeps_nothing', 'uncaptured'],
  ])('is about nobody where it %s', async (application, name) => {
    await ask(application, `Tell of ${who(name)}, please.`, stream);
    expect(await shown(who(name))).toMatchObject({ entries: 0, identifiers: [] });
  });

  test('is linked to as many as a question, and is not captured where there are more', async () => {
    const many = Array.from({ length: 40 }, (_, index) => who(`m${index}`)).join(' and ');
    const { entry } = await ask('flags', `Tell of ${many}.`, stream);
    expect(entry.events).toMatchObject({ subjects_not_linked: 8, content_not_captured: 1 });
  });
});
