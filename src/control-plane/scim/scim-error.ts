/** What SCIM says no with (RFC 7644, section 3.12). */
import { Refusal } from '../../domain/refusal.ts';

export type ScimType =
  | 'invalidFilter'
  | 'uniqueness'
  | 'mutability'
  | 'invalidSyntax'
  | 'invalidPath'
  | 'noTarget'
  | 'invalidValue';

export class ScimError extends Error {
  readonly status: number;
  readonly scimType: ScimType | undefined;
  constructor(status: number, detail: string, scimType?: ScimType) {
    super(detail);
    this.name = 'ScimError';
    this.status = status;
    this.scimType = scimType;
  }
}

export const ERROR_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:Error';

/** The house's refusals in SCIM's words; anything else is a bug, and says nothing of itself. */
export function scimErrorOf(error: unknown): ScimError {
  if (error instanceof ScimError) return error;
  if (!(error instanceof Refusal)) return new ScimError(500, 'something went wrong in Bartizan');
  const { code, status, message } = error;
  if (code === 'unacceptable') return new ScimError(400, message, 'mutability');
  if (code === 'invalid_json') return new ScimError(400, message, 'invalidSyntax');
  return new ScimError(status, message);
}

export function errorBody({ status, scimType, message }: ScimError) {
  return {
    schemas: [ERROR_SCHEMA],
    status: String(status),
    ...(scimType === undefined ? {} : { scimType }),
    detail: message,
  };
}
