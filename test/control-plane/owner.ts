/** A gateway with its owner signed in, as tests of the API and of the console begin. */
import type { Client } from '../../src/contract/api/client.ts';
import { ApiProblem } from '../../src/contract/api/client.ts';
import { startGateway, type RunningGateway } from '../e2e/gateway.ts';
import { openBrowser, type Browser } from './browser.ts';

export const OWNER = 'ada@example.com';
export const OWNER_PASSWORD = 'nine blue lanterns';

export interface Owned {
  readonly gateway: RunningGateway;
  readonly browser: Browser;
  readonly client: Client;
}

export async function startOwned(yaml?: string, environment: NodeJS.ProcessEnv = {}): Promise<Owned> {
  const gateway = await startGateway(yaml, environment);
  const browser = openBrowser(gateway.url);
  const { client } = browser;
  await client.call('acceptInvitation', {
    body: { token: gateway.welcome ?? '', id: OWNER, displayName: 'Ada', password: OWNER_PASSWORD },
  });
  await browser.arrive();
  return { gateway, browser, client };
}

/** The problem that the API answers with. @throws Error where it says yes */
export async function problemOf(work: Promise<unknown>): Promise<ApiProblem['problem']> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ApiProblem) return error.problem;
    throw error;
  }
  throw new Error('it was not refused');
}
