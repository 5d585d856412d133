/** Where credentials that the configuration refers to are read: the environment or the vault. */
import type { Settings } from '../config.ts';
import type { SecretReference } from '../modules/scanning/scanner.ts';
import type { Office } from './office.ts';

/** @throws Error where it is not set */
export async function secretOf(
  office: Office,
  { environment }: Settings,
  reference: SecretReference,
): Promise<string> {
  const value = 'env' in reference ? environment(reference.env) : await office.secrets.get(reference.secret);
  if (value === undefined)
    throw new Error(`the credential ${'env' in reference ? reference.env : reference.secret} is not set`);
  return value;
}
