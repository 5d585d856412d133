/** Access in the console: people, applications and their keys, policies checked while they are typed, and who can use what. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWithChromium } from '../chromium.ts';
import { OWNER_PASSWORD } from '../control-plane/owner.ts';
import { AUDIENCE, startTokenIssuer, type TokenIssuer } from '../control-plane/token-issuer.ts';
import { startVisit, type Visit } from './visit.ts';

const HOSTILE = '<img src=x onerror=alert(1)>\u202egnp.exe';
const YAML = `version: 1
providers: { sim: { kind: simulator } }
models:
  small: { candidates: [{ provider: sim }] }
  large: { candidates: [{ provider: sim }] }
groups: { engineers: { description: Who builds things } }
principals:
  eva@example.com: { kind: person, display_name: ${JSON.stringify(HOSTILE)}, groups: [engineers], gates: { training: '2020-01-01' } }
applications:
  chat: { purpose: Everyday questions, gates: [training] }
policies:
  chat: { description: Chat is for everybody., cedar: 'permit (principal, action, resource) when { context.application == Application::"chat" };' }
guardrails:
  mail: { scanner: pii, action: redact }
limits:
  few: { measure: requests, capacity: 600, window: minute, per: application }
`;

describeWithChromium('access', () => {
  let visit: Visit;
  let page: Page;
  let issuer: TokenIssuer;
  beforeAll(async () => {
    issuer = await startTokenIssuer();
    visit = await startVisit(YAML);
    ({ page } = visit);
  }, 180_000);
  afterAll(async () => {
    await visit?.end();
    await issuer?.stop();
  });

  const tabs = () => page.getByRole('navigation', { name: 'Access' });

  test('lists people with what they are called as text, and names another', async () => {
    await page.goto(`${visit.base}/access`);
    const list = page.getByRole('region', { name: 'People and agents' });
    await list.getByRole('link', { name: 'eva@example.com' }).waitFor();
    await list.getByText('<img src=x onerror=alert(1)>').waitFor();
    expect(await page.locator('main img').count()).toBe(0);
    await visit.look('access-people');
    await page.getByRole('link', { name: 'New principal' }).click();
    await page.getByRole('textbox', { name: 'Name (required)' }).fill('not a name');
    await page.getByRole('button', { name: 'Create the principal' }).click();
    await page.getByRole('alert').waitFor();
    const name = page.getByRole('textbox', { name: 'Name (required)' });
    expect(await name.inputValue()).toBe('not a name');
    await name.fill('team/zoe');
    await page.getByRole('textbox', { name: 'Another gate' }).fill('training');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('button', { name: 'Create the principal' }).click();
    await page.getByRole('heading', { level: 1, name: 'team/zoe' }).waitFor();
    await visit.look('access-person', 'quick');
    const { value } = await visit.house.client.call('getPrincipal', { path: { name: 'team/zoe' } });
    expect(value).toMatchObject({ kind: 'person', gates: { training: null } });
  }, 90_000);

  test('shows what another changed meanwhile, and overwrites nothing', async () => {
    const { client } = visit.house;
    await page.goto(`${visit.base}/access/groups/engineers`);
    const description = page.getByRole('textbox', { name: 'Description' });
    await description.fill('Mine');
    const { etag } = await client.call('getGroup', { path: { name: 'engineers' } });
    await client.call('changeGroup', {
      path: { name: 'engineers' },
      body: { value: { description: 'Theirs' } },
      ifMatch: etag,
    });
    await page.getByRole('button', { name: 'Put in force' }).click();
    await page.getByRole('region', { name: 'Changed meanwhile' }).waitFor();
    expect(await description.inputValue()).toBe('Mine');
    await page.getByRole('region', { name: 'What they changed' }).waitFor();
    await visit.look('access-stale', 'quick');
    await page.getByRole('button', { name: 'Keep my text' }).click();
    await page.getByRole('button', { name: 'Put in force' }).click();
    await page.getByText('As it is in force.').waitFor();
    expect((await client.call('getGroup', { path: { name: 'engineers' } })).value.description).toBe('Mine');
  }, 90_000);

  test('keeps what is typed when the session ends in the middle, and asks before it is left', async () => {
    const { client } = visit.house;
    await page.goto(`${visit.base}/access/groups/engineers`);
    const description = page.getByRole('textbox', { name: 'Description' });
    await description.fill('Unfinished');
    await page.getByRole('link', { name: 'Models', exact: true }).click();
    const question = page.getByRole('dialog', { name: 'Leave without publishing?' });
    await visit.look('access-leave', 'quick');
    await question.getByRole('button', { name: 'Cancel' }).click();
    await question.waitFor({ state: 'detached' });
    expect(await description.inputValue()).toBe('Unfinished');
    await page.context().clearCookies();
    await page.getByRole('button', { name: 'Put in force' }).click();
    const again = page.getByRole('dialog', { name: 'Your session has ended' });
    await again.getByRole('textbox', { name: 'Password' }).fill(OWNER_PASSWORD);
    await again.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByText('As it is in force.').waitFor();
    expect(await description.inputValue()).toBe('Unfinished');
    expect((await client.call('getGroup', { path: { name: 'engineers' } })).value.description).toBe(
      'Unfinished',
    );
    await description.fill('Thrown away');
    await page.getByRole('link', { name: 'Models', exact: true }).click();
    await question.getByRole('button', { name: 'Leave', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Models' }).waitFor();
    expect((await client.call('getGroup', { path: { name: 'engineers' } })).value.description).toBe(
      'Unfinished',
    );
  }, 90_000);

  test('makes a key that is shown once and calls, rotates it, and revokes it by its application’s name', async () => {
    await page.goto(`${visit.base}/access/applications/chat`);
    await page.getByRole('button', { name: 'New credential' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Make the credential' }).click();
    const shown = page.getByRole('group', { name: 'Key of chat' });
    const key = await shown.locator('code').first().innerText();
    const status = async (bearer: string) =>
      (
        await fetch(`${visit.house.gateway.url}/v1/models`, {
          headers: { authorization: `Bearer ${bearer}` },
        })
      ).status;
    expect(await status(key)).toBe(200);
    await visit.look('access-application');
    const hint = key.slice(0, 7);
    await page.getByRole('button', { name: `Rotate ${hint}…` }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Rotate it' }).click();
    await page.getByText('Replaced').waitFor();
    const next = await shown.locator('code').first().innerText();
    expect(next).not.toBe(key);
    expect([await status(key), await status(next)]).toEqual([200, 200]);
    await page.getByRole('button', { name: `Revoke ${hint}…` }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByRole('button', { name: 'Revoke it' }).isDisabled()).toBe(true);
    await dialog.getByRole('textbox').fill('chat');
    await dialog.getByRole('button', { name: 'Revoke it' }).click();
    await page.getByText('Revoked', { exact: true }).waitFor();
    expect([await status(key), await status(next)]).toEqual([401, 200]);
    await page.reload();
    await page.getByRole('heading', { name: 'Credentials' }).waitFor();
    expect(await page.content()).not.toContain(next);
    await tabs().waitFor({ state: 'detached' });
    await page.goto(`${visit.base}/access/credentials`);
    await page
      .getByRole('region', { name: 'Credentials' })
      .getByText(`${next.slice(0, 7)}…`)
      .waitFor();
    await visit.look('access-credentials', 'quick');
  }, 90_000);

  test('writes a policy by choosing, says what is wrong while one types, and what it was before', async () => {
    await page.goto(`${visit.base}/access/policies/new`);
    await page.getByRole('textbox', { name: 'Name (required)' }).fill('no-large');
    await page.getByRole('combobox', { name: 'Effect' }).click();
    await page.getByRole('option', { name: /^Forbid/ }).click();
    await page.getByRole('combobox', { name: 'Models', exact: true }).click();
    await page.getByRole('option', { name: 'Certain models' }).click();
    await page.getByRole('combobox', { name: /^Which models/ }).click();
    await page.getByRole('option', { name: 'large' }).click();
    await page.keyboard.press('Escape');
    await visit.look('access-builder', 'quick');
    await page.getByRole('button', { name: 'Add it to the text' }).click();
    await page.getByText('Valid', { exact: true }).waitFor();
    const editor = page.getByRole('textbox', { name: 'Policy' });
    await editor.click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('permit (principal, action, resource) when { context.nonsense };');
    await page.getByText('Not valid yet').waitFor();
    const wrong = page.getByRole('list', { name: 'What is wrong in: Policy' });
    await wrong
      .getByText(/^Line \d+, column \d+: .*nonsense/)
      .first()
      .waitFor();
    await visit.look('access-policy-wrong', 'quick');
    await page.keyboard.press('Shift+Home');
    await page.keyboard.press('Delete');
    await page.getByText('Valid', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Create the policy' }).click();
    await page.getByRole('heading', { level: 1, name: 'no-large' }).waitFor();
    await page.getByRole('textbox', { name: 'Description' }).fill('Large is dear.');
    await page.getByRole('button', { name: 'Put in force' }).click();
    await page.getByText('As it is in force.').waitFor();
    await page.getByRole('region', { name: /against what is in force/ }).waitFor();
    await visit.look('access-policy');
  }, 120_000);

  test('puts an earlier version of a policy in force again, and what one was writing stays', async () => {
    const read = () => visit.house.client.call('getPolicy', { path: { name: 'no-large' } });
    expect((await read()).value.description).toBe('Large is dear.');
    const description = page.getByRole('textbox', { name: 'Description' });
    await description.fill('Half a sentence');
    const versions = page.getByRole('list', { name: 'Versions of this policy' });
    await versions.getByRole('button').nth(1).click();
    await page.getByRole('button', { name: 'Go back to it' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Go back to it' }).click();
    await page.getByRole('region', { name: 'Changed meanwhile' }).waitFor();
    expect((await read()).value).toMatchObject({
      description: '',
      cedar: expect.stringContaining('forbid') as string,
    });
    expect(await description.inputValue()).toBe('Half a sentence');
    await page.getByRole('button', { name: 'Take theirs' }).click();
    await page.getByText('As it is in force.').waitFor();
    expect(await description.inputValue()).toBe('');
    expect(await versions.getByRole('button').count()).toBe(3);
  }, 120_000);

  test('says who can use what, and why', async () => {
    await page.goto(
      `${visit.base}/access/explain?kind=person&principal=eva%40example.com&application=chat&model=large`,
    );
    const decision = page.getByRole('status', { name: 'Decision' });
    await decision.getByText('forbidden by policy no-large').waitFor();
    await page.getByRole('link', { name: 'no-large' }).waitFor();
    await page.getByText('Not passed').waitFor();
    await visit.look('access-explain');
    await page.getByRole('textbox', { name: 'Who', exact: true }).fill('team/zoe');
    await page.getByRole('combobox', { name: 'Which model' }).fill('sma');
    await page.getByRole('option', { name: 'small' }).click();
    await decision.getByText('permitted by policy chat').waitFor();
    await page.getByRole('link', { name: 'mail' }).first().waitFor();
    await page.getByRole('link', { name: 'few' }).waitFor();
  }, 60_000);

  test('an issuer of tokens is tested before it is in force, and gone once its name is typed', async () => {
    const token = await issuer.token({ sub: 'zoe' });
    const status = async () =>
      (await fetch(`${visit.house.gateway.url}/v1/models`, { headers: { authorization: `Bearer ${token}` } }))
        .status;
    await page.goto(`${visit.base}/access`);
    await tabs().getByRole('link', { name: 'Token issuers' }).click();
    await page.getByText('None yet').waitFor();
    await page.getByRole('link', { name: 'New issuer' }).first().click();
    await page.getByRole('textbox', { name: 'Name (required)' }).fill('company');
    await page.getByRole('textbox', { name: 'Issuer (required)' }).fill(issuer.url);
    await page.getByRole('textbox', { name: 'Audience (required)' }).fill(AUDIENCE);
    await page.getByRole('combobox', { name: 'Application', exact: true }).fill('cha');
    await page.getByRole('option', { name: 'chat' }).click();
    const test = page.getByRole('button', { name: 'Test the issuer' });
    await test.click();
    const result = page.getByRole('region', { name: 'Result of the test' });
    await result.getByText('address_forbidden').waitFor();
    await visit.look('access-issuer-forbidden', 'quick');
    await page.getByRole('checkbox', { name: /^It may be in a private network/ }).click();
    await result.getByText('Of the settings before your last change.').waitFor();
    await test.click();
    await result.getByText('Its tokens can be verified').waitFor();
    await result.getByText('RS256: 1').waitFor();
    await visit.look('access-issuer');
    expect(await status()).toBe(401);
    await page.getByRole('button', { name: 'Create the issuer' }).click();
    await page.getByRole('heading', { level: 1, name: 'company' }).waitFor();
    expect(await status()).toBe(200);
    await page.getByRole('link', { name: 'Token issuers' }).click();
    const list = page.getByRole('region', { name: 'Token issuers' });
    await list.getByText(issuer.url).waitFor();
    await visit.look('access-issuers', 'quick');
    await list.getByRole('link', { name: 'company' }).click();
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByRole('dialog').getByRole('textbox').fill('company');
    await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByText('None yet').waitFor();
    expect(await status()).toBe(401);
  }, 90_000);

  test('what a server refuses of an issuer stands beside its field, and nothing typed is lost', async () => {
    await page.goto(`${visit.base}/access/issuers/new`);
    await page.getByRole('textbox', { name: 'Name (required)' }).fill('no name');
    const address = page.getByRole('textbox', { name: 'Issuer (required)' });
    await address.fill('nowhere');
    await page.getByRole('textbox', { name: 'Audience (required)' }).fill(AUDIENCE);
    await page.getByRole('button', { name: 'Create the issuer' }).click();
    await page.getByText('Look at what is marked below.').waitFor();
    expect(await address.getAttribute('aria-invalid')).toBe('true');
    expect(await address.inputValue()).toBe('nowhere');
  }, 60_000);

  test('met no error that nobody meant', () => {
    expect(visit.unexpected().filter((text) => !text.includes('status of 400'))).toEqual([]);
  });
});
