/** Reads a parsed Cedar policy: which context attributes it looks at. */
import { CONTEXT_ATTRIBUTES, type ContextAttribute } from './cedar-schema.ts';

/**
 * Walks Cedar's JSON form of one policy. The set may hold more than the policy looks at, never less: decisions are
 * cached by these attributes alone, so that an attribute missed here would let one request's answer serve another's.
 */
export function analyzePolicy(policy: unknown): ReadonlySet<ContextAttribute> {
  const reads = new Set<ContextAttribute>();
  const walk = (node: unknown): void => {
    if (!isRecord(node)) {
      if (Array.isArray(node)) node.forEach(walk);
      return;
    }
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
  return reads;
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
