/** Lists by SCIM's pages: the first one is 1 (RFC 7644, section 3.4.2.4). */
import type { FastifyRequest } from 'fastify';

export const MAX_RESULTS = 200;
const LIST_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';

export interface ListPage {
  readonly startIndex: number;
  readonly count: number;
}

/** Less than 1 is 1, and less than 0 is 0; what is no number was not said. */
export function listPage(query: Readonly<Record<string, unknown>>): ListPage {
  const number = (name: string, otherwise: number) => {
    const given = query[name];
    return typeof given === 'string' && /^-?\d{1,9}$/.test(given) ? Number(given) : otherwise;
  };
  return {
    startIndex: Math.max(1, number('startIndex', 1)),
    count: Math.min(MAX_RESULTS, Math.max(0, number('count', MAX_RESULTS))),
  };
}

export function listResponse(
  all: readonly unknown[],
  { startIndex, count }: ListPage = { startIndex: 1, count: MAX_RESULTS },
) {
  const resources = all.slice(startIndex - 1, startIndex - 1 + count);
  return {
    schemas: [LIST_SCHEMA],
    totalResults: all.length,
    startIndex,
    itemsPerPage: resources.length,
    Resources: resources,
  };
}

/** Scheme, host and port, as the client asked for them. */
export function originOf({ protocol, host }: FastifyRequest): string {
  return `${protocol}://${host}`;
}
