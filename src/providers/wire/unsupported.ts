/** The refusal for what a provider's wire cannot carry: a parameter is never dropped in silence. */
import { Refusal } from '../../domain/refusal.ts';

export function unsupported(provider: string, what: string, pointer: string): Refusal {
  return new Refusal('unsupported_parameter', `${provider} cannot take ${what}`, { pointer });
}

/** Refuses each of the parameters that was given. */
export function refuseGiven(provider: string, given: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined) throw unsupported(provider, `"${name}"`, `/${name}`);
  }
}
