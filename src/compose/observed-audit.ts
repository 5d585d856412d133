/** The record, with an ear for what administrators do: told once an entry is durable, and harming nothing by what it does. */
import type { AdministrationEntry } from '../domain/record.ts';
import type { Audit } from '../modules/audit/audit.ts';

export interface ObservedAudit {
  readonly audit: Audit;
  /** The listener MUST NOT throw. */
  onAdministration(listener: (entry: AdministrationEntry) => void): () => void;
}

export function observedAudit(audit: Audit): ObservedAudit {
  const listeners = new Set<(entry: AdministrationEntry) => void>();
  return {
    audit: {
      ...audit,
      async append(entry) {
        const receipt = await audit.append(entry);
        if (entry.kind === 'administration') for (const listener of listeners) listener(entry);
        return receipt;
      },
    },
    onAdministration(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
