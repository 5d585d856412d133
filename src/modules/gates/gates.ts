/** What must be true of the person first: consent, training, terms. */
import type { Clock } from '../../base/clock.ts';
import type { Configuration } from '../../contract/configuration.ts';
import type { Application } from '../../domain/application.ts';
import type { Principal } from '../../domain/principal.ts';
import { Refusal } from '../../domain/refusal.ts';

export interface Gates {
  /** Names of the gates this principal has passed, for policies to look at. */
  passed(principal: Principal): ReadonlySet<string>;
  /** @throws Refusal `gate_closed` naming the gate that this application asks for and this principal has not passed */
  check(principal: Principal, application: Application): void;
}

const DAY_MS = 86_400_000;
const NONE: ReadonlySet<string> = new Set();

/**
 * Reads who has passed what from the tree. A gate holds through the whole of its last day, in UTC; a principal that the
 * tree does not name, or names as another kind, has passed none.
 */
export function createGates(tree: Pick<Configuration, 'applications' | 'principals'>, clock: Clock): Gates {
  let day = Number.NaN;
  let passedToday = new Map<string, ReadonlySet<string>>();

  const passed = ({ kind, id }: Principal): ReadonlySet<string> => {
    const configured = Object.hasOwn(tree.principals, id) ? tree.principals[id] : undefined;
    if (configured?.kind !== kind) return NONE;
    const today = Math.floor(clock.now() / DAY_MS);
    if (today !== day) {
      day = today;
      passedToday = new Map();
    }
    let names = passedToday.get(id);
    if (!names) {
      names = new Set(Object.keys(configured.gates).filter((gate) => holdsOn(configured.gates[gate], today)));
      passedToday.set(id, names);
    }
    return names;
  };

  return {
    passed,
    check(principal, application) {
      const asked = Object.hasOwn(tree.applications, application.id)
        ? tree.applications[application.id]
        : undefined;
      if (!asked) throw new Error(`the gates know nothing of application ${application.id}`);
      if (asked.gates.length === 0) return;
      const has = passed(principal);
      const gate = asked.gates.find((name) => !has.has(name));
      if (gate !== undefined) throw closed(gate, principal, application);
    },
  };
}

/** `until` is an ISO 8601 day, null for good, undefined where the gate was never passed. */
function holdsOn(until: string | null | undefined, today: number): boolean {
  if (until === undefined) return false;
  return until === null || today <= Date.parse(`${until}T00:00:00Z`) / DAY_MS;
}

function closed(gate: string, { kind, id }: Principal, application: Application): Refusal {
  return new Refusal(
    'gate_closed',
    `${application.id} asks for the gate ${gate}, which ${kind} ${id} has not passed or passed too long ago`,
    { gate },
  );
}
