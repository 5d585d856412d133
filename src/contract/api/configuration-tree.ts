/** The whole declarative tree: read, planned, applied, its versions, and the way back. */
import { z } from 'zod';
import { defineOperations } from './operation.ts';
import { instant, pageOf, pageQuery } from './page.ts';

const versionSchema = z.strictObject({
  version: z.int(),
  digest: z.string(),
  atMs: instant,
  actor: z.string(),
});

export const changeSchema = z.strictObject({
  kind: z.enum(['added', 'removed', 'changed']),
  path: z.array(z.string()),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
});

/** 5 MiB of YAML is what the tree may be; JSON's quoting adds to it. */
const MAX_BODY = 12 * 1024 * 1024;

export const configurationTreeOperations = defineOperations({
  getConfiguration: {
    method: 'GET',
    path: '/configuration',
    summary: 'The tree in force, as YAML and as JSON; credentials in it are references',
    permission: 'configuration.read',
    over: 'organization',
    etag: 'gives',
    answer: z.strictObject({
      ...versionSchema.shape,
      etag: z.string(),
      yaml: z.string(),
      tree: z.record(z.string(), z.unknown()),
    }),
  },
  planConfiguration: {
    method: 'POST',
    path: '/configuration/plan',
    summary: 'What applying this YAML would change, or everything that is wrong with it',
    permission: 'settings.write',
    over: 'organization',
    maxBodyBytes: MAX_BODY,
    body: z.strictObject({ yaml: z.string() }),
    answer: z.strictObject({ version: z.int(), changes: z.array(changeSchema) }),
  },
  applyConfiguration: {
    method: 'PUT',
    path: '/configuration',
    summary: 'Put this YAML in force, whole or not at all',
    permission: 'settings.write',
    over: 'organization',
    maxBodyBytes: MAX_BODY,
    etag: 'needs',
    body: z.strictObject({ yaml: z.string() }),
    answer: z.strictObject({ version: z.int(), etag: z.string(), changes: z.array(changeSchema) }),
  },
  listConfigurationVersions: {
    method: 'GET',
    path: '/configuration/versions',
    summary: 'Every version that was ever in force, newest first',
    permission: 'configuration.read',
    over: 'organization',
    query: z.strictObject(pageQuery),
    answer: pageOf(versionSchema),
  },
  getConfigurationVersion: {
    method: 'GET',
    path: '/configuration/versions/{version}',
    summary: 'One version of the tree, and what it changed',
    permission: 'configuration.read',
    over: 'organization',
    parameters: z.strictObject({ version: z.coerce.number().int().min(1) }),
    answer: z.strictObject({ ...versionSchema.shape, yaml: z.string(), changes: z.array(changeSchema) }),
  },
  rollbackConfiguration: {
    method: 'POST',
    path: '/configuration/versions/{version}/rollback',
    summary: 'Put an earlier version in force again, as a new version',
    permission: 'settings.write',
    over: 'organization',
    etag: 'needs',
    parameters: z.strictObject({ version: z.coerce.number().int().min(1) }),
    answer: z.strictObject({ version: z.int(), etag: z.string(), changes: z.array(changeSchema) }),
  },
});
