/** A gateway of two applications with something of each: traffic, guardrails, limits, keys, persons, and an objection. */
import { openBrowser } from '../control-plane/browser.ts';
import { OWNER_PASSWORD } from '../control-plane/owner.ts';
import { startVisit, type Visit } from './visit.ts';

/** `words` stand wherever somebody may write some. */
function tree(words: string): string {
  const said = JSON.stringify(words);
  return `version: 1
organization: ${JSON.stringify(words.slice(0, 200))}
providers: { sim: { kind: simulator } }
models: { small: { candidates: [{ provider: sim }] } }
groups: { support: { description: ${said} }, sales: { description: ${said} } }
principals:
  dana@example.com: { kind: person, display_name: ${said}, groups: [support] }
  sid@example.com: { kind: person, display_name: ${said}, groups: [sales] }
applications:
  desk: { purpose: ${said}, models: ['*'], groups: [support], capture: redacted }
  shop: { purpose: ${said}, models: ['*'], groups: [sales], capture: full }
  workbench: { purpose: ${said}, models: ['*'] }
policies: { all: { description: ${said}, cedar: 'permit (principal, action, resource);' } }
guardrails:
  desk-birds: { description: ${said}, scanner: keywords, config: { lists: { birds: [bluebird] } }, action: block, directions: [request], applications: [desk] }
  shop-fish: { description: ${said}, scanner: keywords, config: { lists: { fish: [goldfish] } }, action: block, directions: [request], applications: [shop] }
  mail: { description: ${said}, scanner: pii, config: { kinds: [EMAIL_ADDRESS] }, action: pseudonymize, directions: [request] }
  wolves: { description: ${said}, scanner: keywords, config: { lists: { wolves: [greywolf] } }, action: block, directions: [request], applications: [workbench] }
limits:
  desk-day: { description: ${said}, measure: requests, capacity: 500, window: day, per: application, applications: [desk] }
  shop-day: { description: ${said}, measure: requests, capacity: 500, window: day, per: application, applications: [shop] }
  each-day: { description: ${said}, measure: requests, capacity: 900, window: day, per: application }
content_access: { approval: second_person }
roles:
  on-call: { title: ${said}, description: ${said}, permissions: [overview.read, interactions.read, configuration.read, models.stop] }
  privacy-officer: { title: ${said}, permissions: [privacy.read, subjects.read, subjects.erase, holds.write] }
`;
}

export interface RolesHouse {
  readonly visit: Visit;
  /** Ids of an interaction of each application. */
  readonly interactions: { readonly desk: string; readonly shop: string };
  /** The response header `x-bartizan-record` of the one of `desk`. */
  readonly address: string;
}

export async function startRolesHouse(words = 'Some words'): Promise<RolesHouse> {
  const visit = await startVisit(tree(words));
  const { gateway } = visit.house;
  const shop = await gateway.newKey('shop');
  const desk = await ask(visit, gateway.key, `write to alice@example.com ${words}`);
  await ask(visit, gateway.key, 'the bluebird flies');
  const sold = await ask(visit, shop.key, `sell to bob@example.com ${words}`);
  await ask(visit, shop.key, 'a goldfish swims');
  await object(visit, words);
  return { visit, interactions: { desk: desk.id, shop: sold.id }, address: desk.record };
}

async function ask(visit: Visit, key: string, content: string) {
  const { gateway } = visit.house;
  const response = await fetch(`${gateway.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'small', messages: [{ role: 'user', content }] }),
  });
  await response.text();
  const id = response.headers.get('x-bartizan-request-id') ?? '';
  await gateway.recorded(id);
  return { id, record: response.headers.get('x-bartizan-record') ?? '' };
}

/** Somebody at the workbench is refused, and objects. */
async function object(visit: Visit, words: string): Promise<void> {
  const { client, gateway } = visit.house;
  const { invitation } = await client.call('inviteAdministrator', {
    body: { id: 'mia@example.com', assignments: [{ role: 'member', scope: { kind: 'organization' } }] },
  });
  const mia = openBrowser(gateway.url);
  await mia.client.call('acceptInvitation', {
    body: {
      token: invitation.path.split('#')[1] ?? '',
      displayName: words.slice(0, 100),
      password: OWNER_PASSWORD,
    },
  });
  await mia.arrive();
  const { token } = await mia.client.call('createVoucher');
  const { id: interaction } = await ask(visit, token, 'a greywolf howls');
  await mia.client.call('contestRefusal', {
    body: { interaction, message: `It is a wolf in a tale. ${words}` },
  });
}
