/** The API's description of itself. */
import type { metaOperations } from '../../contract/api/meta.ts';
import { openApiDocument } from '../../contract/api/openapi.ts';
import type { Handlers } from '../handler.ts';

export interface MetaOptions {
  readonly version: string;
  readonly instance: string;
  /** The version of the snapshot that requests are served by. */
  readonly snapshot: () => string;
}

export function metaHandlers({ version, instance, snapshot }: MetaOptions): Handlers<typeof metaOperations> {
  const document = openApiDocument(version);
  return {
    getOpenApi: () => ({ ...document }),
    getVersion: () => ({ version, instance, snapshot: snapshot() }),
  };
}
