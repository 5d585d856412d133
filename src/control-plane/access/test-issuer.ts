/** Whether an issuer's documents can be read, and its tokens verified: on record, for it asks a server that somebody names. */
import type { z } from 'zod';
import { newId } from '../../base/ids.ts';
import type { issuerExaminationSchema } from '../../contract/api/access.ts';
import type { IssuerConfiguration } from '../../contract/configuration.ts';
import type { AdministrationEntry } from '../../domain/record.ts';
import type { IssuerExamination } from '../../modules/identity/identity.ts';

export interface IssuerTestMeans {
  readonly examineIssuer: (issuer: IssuerConfiguration) => Promise<IssuerExamination>;
  readonly append: (entry: AdministrationEntry) => Promise<unknown>;
  readonly now: () => number;
}

export async function testIssuer(
  { examineIssuer, append, now }: IssuerTestMeans,
  issuer: IssuerConfiguration,
  actor: string,
): Promise<z.input<typeof issuerExaminationSchema>> {
  const at = now();
  await append({
    kind: 'administration',
    id: newId('adm', at),
    at,
    actor,
    action: 'issuer.test',
    subject: new URL(issuer.issuer).host,
  });
  const startedMs = performance.now();
  const { keys, algorithms, ...examined } = await examineIssuer(issuer);
  return {
    ...examined,
    usable: algorithms.some((each) => each.keys > 0),
    keys: [...keys],
    algorithms: [...algorithms],
    milliseconds: Math.round(performance.now() - startedMs),
  };
}
