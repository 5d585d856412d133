/** What tests of signing in over HTTP share: codes of refusals, and an owner to begin with. */
import { ApiProblem } from '../../src/contract/api/client.ts';
import type { RunningGateway } from '../e2e/gateway.ts';
import { openBrowser, type Browser } from './browser.ts';

export const OWNER = { id: 'Ada@example.com', password: 'nine blue lanterns' } as const;

/** Of the refusal that it ends with, or `none`. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ApiProblem) return error.problem.code;
    throw error;
  }
  return 'none';
}

/** The first owner, by the link of the first start. */
export async function firstOwner({ url, welcome }: RunningGateway): Promise<Browser> {
  const browser = openBrowser(url);
  await browser.client.call('acceptInvitation', {
    body: { token: welcome ?? '', id: OWNER.id, displayName: 'Ada', password: OWNER.password },
  });
  await browser.arrive();
  return browser;
}

export async function signIn(
  { url }: RunningGateway,
  body: { readonly id: string; readonly password: string } = OWNER,
): Promise<Browser> {
  const browser = openBrowser(url);
  await browser.client.call('signInWithPassword', { body });
  await browser.arrive();
  return browser;
}
