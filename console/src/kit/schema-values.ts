/** What a form reads out of a schema and a value, whatever the value really is. */
import type { Json, JsonObject, Schema } from './json-schema.ts';

export function hintOf({ description, default: fallback }: Schema): string | undefined {
  const otherwise =
    fallback === undefined || typeof fallback === 'object' ? undefined : `Unless told: ${String(fallback)}.`;
  const words = [description, otherwise].filter((each) => each !== undefined).join(' ');
  return words === '' ? undefined : words;
}

export function boundsOf({ minimum, maximum, exclusiveMinimum }: Schema): { min?: number; max?: number } {
  const min = minimum ?? exclusiveMinimum;
  // What only says that it is a safe integer bounds nothing.
  return {
    ...(min !== undefined && min > Number.MIN_SAFE_INTEGER ? { min } : {}),
    ...(maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? { max: maximum } : {}),
  };
}

export function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
}

export function numberOf(value: Json | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

export function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

export function objectOf(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}
