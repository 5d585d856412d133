/** Who may administer what: Cedar decides, by roles and by the policies that the tree adds to them. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createCedarEngine, type CedarAnswer, type CedarQuestion } from '../../base/cedar-engine.ts';
import { createBoundedCache, type BoundedCache } from '../../base/bounded-cache.ts';
import { withDeadline } from '../../base/deadline.ts';
import { ORGANIZATION_WIDE, type Permission } from '../../contract/api/permissions.ts';
import type { Reach, SignedIn } from '../../domain/administrator.ts';
import {
  compileAdministration,
  rolesOf,
  type AdministrationProblem,
  type AdministrationTree,
} from './administration-policies.ts';
import { contains, questionOf, resourcesOf, WHOLE_ORGANIZATION, type Resource } from './resources.ts';

export { rolesOf };
export type { AdministrationProblem, AdministrationTree };

export interface Authorization {
  /** How far a permission reaches. Never throws: where nobody can decide, it reaches nothing. */
  reach(signedIn: SignedIn, permission: Permission): Promise<Reach>;
}

/** What decides. It is a stranger: what it gives is looked at before it counts. */
export interface DecidingEngine {
  ask(question: CedarQuestion): CedarAnswer | Promise<CedarAnswer>;
}

export interface AuthorizationOptions {
  /** The tree in force: the same object as long as it is. */
  readonly tree: () => AdministrationTree;
  readonly onFault: (error: unknown) => void;
  readonly createEngine?: (
    policies: readonly { readonly id: string; readonly text: string }[],
  ) => DecidingEngine;
  /** A decision that is not there by then is a no. */
  readonly timeoutMs?: number;
}

const NOTHING: Reach = { kind: 'nothing' };
const MAX_CACHED = 10_000;
const TIMEOUT_MS = 2_000;

interface Court {
  readonly tree: AdministrationTree;
  readonly engine: DecidingEngine;
  readonly isSpecial: (permission: Permission) => boolean;
  readonly resources: readonly Resource[];
  readonly decided: BoundedCache<Reach>;
}

export function createAuthorization({
  tree,
  onFault,
  createEngine = createCedarEngine,
  timeoutMs = TIMEOUT_MS,
}: AuthorizationOptions): Authorization {
  let court: Court | undefined;
  const inSession = (): Court => {
    const current = tree();
    if (court?.tree !== current) court = convene(current, createEngine);
    return court;
  };
  return {
    async reach(signedIn, permission) {
      try {
        const sitting = inSession();
        const key = keyOf(signedIn, permission);
        const known = sitting.decided.get(key);
        if (known !== undefined) return known;
        const reach = await decide(sitting, signedIn, permission, timeoutMs);
        sitting.decided.set(key, reach);
        return reach;
      } catch (error) {
        onFault(error);
        return NOTHING;
      }
    },
  };
}

/** What is wrong with the tree's roles and policies of administration: for those who plan a change. */
export function administrationProblems(tree: AdministrationTree): readonly AdministrationProblem[] {
  return compileAdministration(tree).problems;
}

/** @throws Error where the tree's policies cannot be used */
function convene(
  tree: AdministrationTree,
  createEngine: NonNullable<AuthorizationOptions['createEngine']>,
): Court {
  const { compiled, problems } = compileAdministration(tree);
  const [first] = problems;
  if (first !== undefined) throw new Error(`${first.path.join('.')}: ${first.message}`);
  return {
    tree,
    engine: createEngine(compiled.policies),
    isSpecial: compiled.isSpecial,
    resources: resourcesOf(tree),
    decided: createBoundedCache(MAX_CACHED),
  };
}

/** All that a decision may depend on, within one tree. */
function keyOf({ administrator, by, methods }: SignedIn, permission: Permission): string {
  const assignments = administrator.assignments.map(({ role, scope }) => [
    role,
    scope.kind,
    'id' in scope ? scope.id : '',
  ]);
  return JSON.stringify([permission, administrator.id, by, methods, assignments]);
}

/** Others get their turn after as many decisions. */
const DECISIONS_AT_ONCE = 32;

async function decide(
  { engine, isSpecial, resources }: Court,
  signedIn: SignedIn,
  permission: Permission,
  timeoutMs: number,
): Promise<Reach> {
  const permits = async (resource: Resource) => {
    const answer = engine.ask(questionOf(signedIn, permission, resource));
    if (!(answer instanceof Promise)) return isPermitted(answer);
    return isPermitted(await withDeadline(answer, timeoutMs, 'the decision about administration'));
  };
  const isOverall = await permits(WHOLE_ORGANIZATION);
  // By roles alone, what holds for the organization holds for all that is in it, and nothing else is reached but scopes.
  const isAskedOfAll = isSpecial(permission);
  if (isOverall && !isAskedOfAll) return { kind: 'everything' };
  if (!isOverall && ORGANIZATION_WIDE.has(permission)) return NOTHING;
  const { assignments } = signedIn.administrator;
  const asked = resources.filter(
    (resource) => isAskedOfAll || assignments.some(({ scope }) => contains(scope, resource)),
  );
  const reached: Resource[] = [];
  for (const [index, resource] of asked.entries()) {
    if (index % DECISIONS_AT_ONCE === DECISIONS_AT_ONCE - 1) await nextTurn();
    if (await permits(resource)) reached.push(resource);
  }
  if (isOverall && reached.length === asked.length) return { kind: 'everything' };
  return reached.length === 0 || ORGANIZATION_WIDE.has(permission)
    ? NOTHING
    : { kind: 'some', applications: idsOf(reached, 'application'), groups: idsOf(reached, 'group') };
}

function idsOf(resources: readonly Resource[], kind: Resource['kind']): ReadonlySet<string> {
  return new Set(resources.flatMap((resource) => (resource.kind === kind ? [resource.id] : [])));
}

/** A policy that failed may have been a forbid, so nobody knows. */
function isPermitted(answer: CedarAnswer): boolean {
  const { failed, forbidding, permitting } = answer;
  for (const names of [failed, forbidding, permitting])
    if (!Array.isArray(names) || !names.every((name) => typeof name === 'string'))
      throw new Error('what decides about administration gave no decision');
  return failed.length === 0 && forbidding.length === 0 && permitting.length > 0;
}
