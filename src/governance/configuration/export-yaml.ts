/** A configuration as `bartizan.yaml`: what reading it gives is the configuration again. */
import { stringify } from 'yaml';
import { z } from 'zod';
import { configurationSchema, type Configuration } from '../../contract/configuration.ts';
import { canonicalJson } from '../../base/canonical-json.ts';

/** Leaves out what reading would fill in: defaults, and sections with nothing in them. */
export function exportYaml(configuration: Configuration): string {
  const tree = withoutDefaults(configurationSchema, configuration);
  for (const [section, entries] of Object.entries(tree)) {
    const schema = entrySchema(section);
    if (!schema || typeof entries !== 'object' || entries === null) continue;
    tree[section] = Object.fromEntries(
      Object.entries(entries).map(([name, entry]: [string, unknown]) => [
        name,
        withoutDefaults(schema, entry),
      ]),
    );
  }
  return stringify(tree, { lineWidth: 0, blockQuote: 'literal', aliasDuplicateObjects: false });
}

/** The schema of what stands under the names of a section; undefined for what is no section. */
function entrySchema(section: string): z.core.$ZodType | undefined {
  const schema = new Map<string, z.ZodType>(Object.entries(configurationSchema.shape)).get(section);
  const entries = schema instanceof z.ZodDefault ? schema.unwrap() : schema;
  return entries instanceof z.ZodRecord ? entries.valueType : undefined;
}

/** A key is left out where the schema makes the same value without it. */
function withoutDefaults(schema: z.core.$ZodType, value: unknown): Record<string, unknown> {
  let kept: Record<string, unknown> = { ...(value as object) };
  const whole = canonicalJson(value);
  for (const key of Object.keys(kept)) {
    const { [key]: _, ...without } = kept;
    const read = z.safeParse(schema, without);
    if (read.success && canonicalJson(read.data) === whole) kept = without;
  }
  return kept;
}
