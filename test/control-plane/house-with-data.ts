/** A gateway through which personal data went, with its owner and an auditor signed in. */
import type { Client } from '../../src/contract/api/client.ts';
import { openBrowser } from './browser.ts';
import { startOwned, type Owned } from './owner.ts';

export const ALICE = 'alice.liddell@example.com';
export const AUDITOR = 'iris@example.com';
export const AUDITOR_PASSWORD = 'seven grey herons';

const YAML = `version: 1
organization: Example
retention: { interactions: 1 year, identities: 6 months, content: 30 days, administration: 2 years }
providers: { sim: { kind: simulator } }
models: { small: { candidates: [{ provider: sim }] } }
applications: { desk: { models: ['*'], capture: redacted, regimes: [eu-ai-act-high-risk] }, shop: { models: ['*'] } }
policies: { all: { cedar: 'permit (principal, action, resource);' } }
guardrails:
  mail: { scanner: pii, config: { kinds: [EMAIL_ADDRESS] }, action: pseudonymize, directions: [request], applications: [desk] }
  cards: { scanner: pii, config: { kinds: [CREDIT_CARD] }, action: block, directions: [request] }
  seen: { scanner: pii, config: { kinds: [EMAIL_ADDRESS] }, action: flag, directions: [request], applications: [shop] }
`;

export interface DataHouse extends Owned {
  readonly auditor: Client;
  /** The response header `x-bartizan-record`. */
  readonly addresses: readonly string[];
}

export async function startWithData(): Promise<DataHouse> {
  const owned = await startOwned(YAML);
  const { gateway, client } = owned;
  const shop = await gateway.newKey('shop');
  const addresses: string[] = [];
  const ask = async (key: string, content: string) => {
    const response = await fetch(`${gateway.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'small', messages: [{ role: 'user', content }] }),
    });
    await response.text();
    const address = response.headers.get('x-bartizan-record');
    if (address !== null) addresses.push(address);
  };
  await ask(gateway.key, `write to ${ALICE} and to bob@example.com`);
  await ask(gateway.key, `and again to ${ALICE}`);
  await ask(gateway.key, 'pay with 4111 1111 1111 1111');
  await ask(shop.key, 'call carol@example.com');
  await ask(shop.key, 'hello');
  return { ...owned, addresses, auditor: await inviteAuditor(owned, client) };
}

async function inviteAuditor({ gateway }: Owned, owner: Client): Promise<Client> {
  const { invitation } = await owner.call('inviteAdministrator', {
    body: { id: AUDITOR, assignments: [{ role: 'auditor', scope: { kind: 'organization' } }] },
  });
  const browser = openBrowser(gateway.url);
  await browser.client.call('acceptInvitation', {
    body: {
      token: invitation.path.split('#')[1] ?? '',
      displayName: 'Iris',
      password: AUDITOR_PASSWORD,
    },
  });
  await browser.arrive();
  return browser.client;
}
