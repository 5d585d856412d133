/** What a client may find out about the service (RFC 7644, section 4). */
import type { FastifyInstance } from 'fastify';
import { ScimError } from './scim-error.ts';
import { describedAttribute, SCHEMAS, type ScimSchema } from './scim-schema.ts';
import { MAX_RESULTS, listResponse, originOf } from './scim-list.ts';

export function describeService(rooms: FastifyInstance, base: string): void {
  rooms.get('/ServiceProviderConfig', (request) => serviceConfig(`${originOf(request)}${base}`));
  const types = (root: string) => SCHEMAS.map((schema) => resourceType(schema, root));
  const schemas = (root: string) => SCHEMAS.map((schema) => described(schema, root));
  rooms.get('/ResourceTypes', (request) => listResponse(types(`${originOf(request)}${base}`)));
  rooms.get('/Schemas', (request) => listResponse(schemas(`${originOf(request)}${base}`)));
  rooms.get<{ Params: { id: string } }>('/ResourceTypes/:id', (request) =>
    named(types(`${originOf(request)}${base}`), request.params.id),
  );
  rooms.get<{ Params: { id: string } }>('/Schemas/:id', (request) =>
    named(schemas(`${originOf(request)}${base}`), request.params.id),
  );
  for (const url of ['/Bulk', '/Me'])
    rooms.all(url, () => {
      throw new ScimError(501, 'this service does not do that');
    });
}

function named<Item extends { readonly id: string }>(items: readonly Item[], id: string): Item {
  const found = items.find((each) => each.id === id);
  if (found === undefined) throw new ScimError(404, `there is no ${id}`);
  return found;
}

function serviceConfig(root: string) {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
    patch: { supported: true },
    bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
    filter: { supported: true, maxResults: MAX_RESULTS },
    changePassword: { supported: false },
    sort: { supported: false },
    etag: { supported: true },
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'Access token',
        description: 'An access token with the permission administrators.write',
        specUri: 'https://www.rfc-editor.org/info/rfc6750',
      },
    ],
    meta: { resourceType: 'ServiceProviderConfig', location: `${root}/ServiceProviderConfig` },
  };
}

function resourceType({ name, endpoint, id, description }: ScimSchema, root: string) {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
    id: name,
    name,
    endpoint,
    description,
    schema: id,
    meta: { resourceType: 'ResourceType', location: `${root}/ResourceTypes/${name}` },
  };
}

function described({ id, name, description, attributes }: ScimSchema, root: string) {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
    id,
    name,
    description,
    attributes: attributes.map(describedAttribute),
    meta: { resourceType: 'Schema', location: `${root}/Schemas/${id}` },
  };
}
