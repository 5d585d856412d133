/** Reads a parsed Cedar policy: which context attributes it looks at, and which entities it names. */
import { CONTEXT_ATTRIBUTES, type ContextAttribute } from './cedar-schema.ts';

export interface NamedEntity {
  readonly type: string;
  readonly id: string;
}

export interface PolicyAnalysis {
  readonly reads: ReadonlySet<ContextAttribute>;
  readonly entities: readonly NamedEntity[];
}

/**
 * Walks Cedar's JSON form of one policy. `reads` may hold more than the policy looks at, never less: decisions are
 * cached by these attributes alone, so that an attribute missed here would let one request's answer serve another's.
 */
export function analyzePolicy(policy: unknown): PolicyAnalysis {
  const reads = new Set<ContextAttribute>();
  const entities: NamedEntity[] = [];
  const walk = (node: unknown): void => {
    if (!isRecord(node)) {
      if (Array.isArray(node)) node.forEach(walk);
      return;
    }
    if (typeof node.type === 'string' && typeof node.id === 'string')
      entities.push({ type: node.type, id: node.id });
    const attribute = contextAttribute(node['.']) ?? contextAttribute(node.has);
    if (attribute !== undefined) {
      reads.add(attribute);
    } else if (node.Var === 'context') {
      // The whole context is compared or handed on: whatever is in it counts.
      for (const each of CONTEXT_ATTRIBUTES) reads.add(each);
    } else {
      Object.values(node).forEach(walk);
    }
  };
  walk(policy);
  return { reads, entities };
}

/** The attribute of `context.x` or `context has x` (`context has x.y` too), or undefined for anything else. */
function contextAttribute(access: unknown): ContextAttribute | undefined {
  if (!isRecord(access) || !isRecord(access.left) || access.left.Var !== 'context') return undefined;
  const named: unknown = Array.isArray(access.attr) ? access.attr[0] : access.attr;
  return CONTEXT_ATTRIBUTES.find((attribute) => attribute === named);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
