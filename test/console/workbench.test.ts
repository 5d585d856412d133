/** Talking to a model in the workbench: what is streamed, what is rewritten, what is refused, and what one says to that. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from '../control-plane/browser.ts';
import { describeWithChromium } from '../chromium.ts';
import { startVisit, type Visit } from './visit.ts';

const YAML = `version: 1
providers:
  sim: { kind: simulator }
  slow: { kind: simulator, delay_ms: 400 }
models:
  small: { candidates: [{ provider: sim }] }
  tardy: { candidates: [{ provider: slow }] }
  forbidden: { candidates: [{ provider: sim }] }
applications:
  workbench: { purpose: Everyday questions, data_class: confidential }
policies:
  people:
    description: People may talk to every model but one.
    cedar: |
      permit (principal is Person, action, resource);
      forbid (principal, action == Action::"call_model", resource) when { resource.name == "forbidden" };
guardrails:
  mail:
    scanner: pii
    action: pseudonymize
    directions: [request]
    config: { kinds: [EMAIL_ADDRESS] }
    description: Mail addresses stay here.
  said:
    scanner: keywords
    action: flag
    directions: [response]
    config: { lists: { greetings: [hello] } }
    description: Greetings are counted.
  spoken:
    scanner: keywords
    action: redact
    directions: [response]
    config: { lists: { falcons: [kestrel] } }
    description: The kestrel is not named.
  bird:
    scanner: keywords
    action: block
    directions: [request]
    config: { lists: { birds: [bluebird] } }
    description: The bluebird project is not talked about.
`;
const HOSTILE = '<img src=x onerror=alert(1)>\u202egnp.exe [REDACTED:API_KEY]\n```js\nalert("<b>");\n```';
const MEMBER = 'mia@example.com';
const PASSWORD = 'seven red kites';

describeWithChromium('the workbench', () => {
  let visit: Visit;
  let page: Page;
  beforeAll(async () => {
    visit = await startVisit(YAML);
    ({ page } = visit);
  }, 180_000);
  afterAll(() => visit?.end());

  const said = () => page.getByRole('region', { name: 'What was said' });
  async function ask(text: string): Promise<void> {
    const box = page.getByRole('textbox', { name: 'Your question' });
    await box.fill(text);
    await box.press('Enter');
  }

  test('says what is kept, streams an answer, and shows what the model did not see', async () => {
    await page.goto(`${visit.base}/workbench`);
    await page.getByText('Words are not kept').waitFor();
    await page.getByRole('button', { name: 'Begin' }).click();
    await ask('Write to joe@example.com\nand say hello');
    const answer = said().getByRole('article', { name: 'Answer of small' });
    await answer.getByText('You said: Write to joe@example.com').waitFor();
    const question = said().getByRole('article', { name: 'You' });
    await question.locator('mark', { hasText: 'joe@example.com' }).waitFor();
    expect(await question.locator('mark').getAttribute('title')).toBe(
      'EMAIL_ADDRESS: the model saw a stand-in',
    );
    await answer.getByText('Mail addresses stay here.').waitFor();
    const back = answer.locator('mark', { hasText: 'joe@example.com' });
    expect(await back.getAttribute('title')).toBe('EMAIL_ADDRESS: the model saw a stand-in');
    expect(
      await page.getByRole('textbox', { name: 'Your question' }).evaluate('document.activeElement.ariaLabel'),
    ).toBe('Your question');
    await visit.look('workbench');
  }, 90_000);

  test('marks in an answer what was found there, behind what was taken out of it too', async () => {
    await ask('Is that a kestrel? <b>hello</b>');
    const answer = said().getByRole('article', { name: 'Answer of small' }).last();
    const marks = answer.locator('mark');
    await marks.nth(1).waitFor();
    expect(
      await marks.evaluateAll((all) =>
        all.map((each) => [each.firstChild?.textContent, each.getAttribute('title')]),
      ),
    ).toEqual([
      ['[REDACTED:FALCONS]', 'falcons: taken out'],
      ['hello', 'greetings: flagged'],
    ]);
    expect(await said().locator('b').count()).toBe(0);
    await visit.look('workbench-answer', 'quick');
  }, 60_000);

  test('shows hostile text as text, code in boxes and marks as marks', async () => {
    await ask(HOSTILE);
    const answer = said().getByRole('article', { name: 'Answer of small' }).last();
    await answer.locator('pre', { hasText: 'alert("<b>");' }).waitFor();
    await answer.locator('mark', { hasText: '[REDACTED:API_KEY]' }).waitFor();
    await answer.getByText('RLO').first().waitFor();
    expect(await said().locator('img, b, script').count()).toBe(0);
    await visit.look('workbench-hostile', 'quick');
  }, 60_000);

  test('sends a file along as text', async () => {
    await page.getByLabel('Files to attach').setInputFiles([
      { name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from('name,mail\nEva,eva@example.com\n') },
      { name: 'picture.png', mimeType: 'image/png', buffer: Buffer.from([0x89, 0x50]) },
    ]);
    await page.getByRole('alert').getByText('picture.png is no text file').waitFor();
    await ask('Who is in it?');
    const question = said().getByRole('article', { name: 'You' }).last();
    await question.getByText('people.csv').click();
    await question.locator('mark', { hasText: 'eva@example.com' }).waitFor();
    await said().getByText('Attached file: people.csv').waitFor();
  }, 60_000);

  test('explains a refusal, and takes an objection to it', async () => {
    await ask('How is bluebird going?');
    const notice = said().getByRole('region', { name: 'Refused' });
    await notice.getByText('The bluebird project is not talked about.').waitFor();
    await notice.getByText('Leave out what the rule is about').waitFor();
    await visit.look('workbench-refused');
    await said().getByRole('button', { name: 'Object' }).last().click();
    const dialog = page.getByRole('dialog', { name: 'Object to this' });
    await dialog.getByRole('textbox', { name: 'Why it is wrong (required)' }).fill('I asked about a bird.');
    await dialog.getByRole('button', { name: 'Send the objection' }).click();
    await page.getByText('Your objection is sent').waitFor();
    await page.getByRole('link', { name: 'My objections', exact: true }).first().click();
    const own = page.getByRole('list', { name: 'My objections' });
    await own.getByText('I asked about a bird.').waitFor();
    await own.getByText('Not answered yet.').waitFor();
    await visit.look('workbench-mine', 'quick');
  }, 90_000);

  test('goes on where one was, begins anew, offers no model that policy forbids, and stops an answer', async () => {
    await page.getByRole('link', { name: 'Talk', exact: true }).click();
    await said().getByRole('region', { name: 'Refused' }).waitFor();
    await page.getByRole('button', { name: 'New conversation' }).click();
    await page.getByRole('combobox', { name: 'Model' }).click();
    await page.getByRole('option', { name: 'tardy' }).waitFor();
    expect(await page.getByRole('option').allInnerTexts()).toEqual(['small', 'tardy']);
    await page.getByRole('option', { name: 'tardy' }).click();
    await ask('Tell me a long story, word after word after word after word');
    await said().getByText('[Bartizan').waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    await said().getByText('You stopped it here.').waitFor();
    expect(
      await page.evaluate('Object.keys(sessionStorage).filter((key) => key.startsWith("bartizan"))'),
    ).toEqual([]);
  }, 60_000);

  test('lets another than the one who objects answer', async () => {
    const { client, gateway } = visit.house;
    const { invitation } = await client.call('inviteAdministrator', {
      body: {
        id: MEMBER,
        displayName: 'Mia',
        assignments: [{ role: 'member', scope: { kind: 'organization' } }],
      },
    });
    const token = invitation.path.split('#')[1] ?? '';
    const mia = openBrowser(gateway.url);
    await mia.client.call('acceptInvitation', {
      body: { token, id: MEMBER, displayName: 'Mia', password: PASSWORD },
    });
    await mia.arrive();
    const voucher = await mia.client.call('createVoucher');
    const refused = await fetch(`${gateway.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${voucher.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'small', messages: [{ role: 'user', content: 'bluebird' }] }),
    });
    const interaction = refused.headers.get('x-bartizan-request-id') ?? '';
    await gateway.recorded(interaction);
    await mia.client.call('contestRefusal', { body: { interaction, message: HOSTILE } });
    await page.goto(`${visit.base}/workbench/objections`);
    await page.getByRole('button', { name: `Open the objection of ${MEMBER}` }).click();
    const drawer = page.getByRole('dialog', { name: 'Objection' });
    await drawer.getByRole('radio', { name: /^The objection is right/ }).click();
    await drawer.getByRole('textbox', { name: 'Your answer (required)' }).fill('You are right.');
    await visit.look('workbench-objection');
    await drawer.getByRole('button', { name: 'Answer' }).click();
    await drawer.getByText('What ada@example.com answered').waitFor();
    const [own] = (await mia.client.call('listOwnContests')).items;
    expect(own).toMatchObject({ state: 'granted', answer: 'You are right.' });
    await page.keyboard.press('Escape');
    await visit.look('workbench-objections', 'quick');
  }, 90_000);

  test('met no error that nobody meant', () => {
    // The refusal that was asked for.
    expect(visit.unexpected().filter((text) => !text.includes('status of 400'))).toEqual([]);
  });
});
