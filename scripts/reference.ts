/**
 * Writes docs/reference/ from the schemas and manifests that the product runs by.
 *
 *   npm run reference           writes the pages
 *   npm run reference -- --check  fails where a page is not what would be written
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { PROVIDERS } from '../src/compose/providers.ts';
import { SCANNERS } from '../src/compose/scanners.ts';
import { configurationSchema } from '../src/contract/configuration.ts';
import { REFUSALS } from '../src/domain/refusal.ts';

const directory = join(import.meta.dirname, '..', 'docs', 'reference');

interface Schema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

const pages: Readonly<Record<string, string>> = {
  'configuration.md': configurationPage(),
  'providers.md': manifestsPage(
    'Providers',
    'What a provider of each kind takes beside the settings that all providers have.',
    PROVIDERS,
  ),
  'refusals.md': refusalsPage(),
  'scanners.md': manifestsPage(
    'Scanners',
    'What a guardrail can name as its `scanner`, and what goes into its `config`.',
    SCANNERS,
  ),
};

if (process.argv.includes('--check')) await check();
else await write();

async function write(): Promise<void> {
  await mkdir(directory, { recursive: true });
  for (const [name, text] of Object.entries(pages)) await writeFile(join(directory, name), text);
}

async function check(): Promise<void> {
  for (const [name, text] of Object.entries(pages)) {
    const written = await readFile(join(directory, name), 'utf8').catch(() => '');
    if (written === text) continue;
    console.error(`docs/reference/${name} is not what the schemas say: npm run reference`);
    process.exitCode = 1;
  }
}

function configurationPage(): string {
  const schema = schemaOf(configurationSchema);
  const sections = Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const entry =
      typeof property.additionalProperties === 'object' ? property.additionalProperties : undefined;
    if (entry?.oneOf)
      return `## \`${name}\`\n\nBy name, each one of:\n\n${entry.oneOf.map(variant).join('\n')}`;
    return entry?.properties === undefined
      ? `## \`${name}\`\n\n${typeOf(property)}\n`
      : `## \`${name}\`\n\nBy name, each:\n\n${table(entry)}`;
  });
  return page('Configuration', 'Everything that `bartizan.yaml` can say. Unknown keys are errors.', sections);
}

/** One of several forms, told apart by the one member that has a single value. */
function variant(schema: Schema): string {
  const told = Object.entries(schema.properties ?? {}).find(([, { const: value }]) => value !== undefined);
  const title = told ? `### \`${told[0]}: ${String(told[1].const)}\`\n\n` : '';
  return `${title}${table(schema)}`;
}

function manifestsPage(
  title: string,
  introduction: string,
  manifests: readonly {
    id: string;
    title: string;
    description: string;
    config: z.ZodType;
    risks?: readonly string[];
    kinds?: readonly string[];
  }[],
): string {
  const sections = manifests.map(({ id, title: name, description, config, risks, kinds }) => {
    const facts = [
      ...(kinds ? [`Kinds: ${kinds.map((kind) => `\`${kind}\``).join(', ')}.`] : []),
      ...(risks && risks.length > 0 ? [`Risks: ${risks.join(', ')}.`] : []),
    ];
    return `## \`${id}\`: ${name}\n\n${description}\n\n${facts.map((fact) => `${fact}\n\n`).join('')}${table(schemaOf(config))}`;
  });
  return page(title, introduction, sections);
}

function refusalsPage(): string {
  const rows = Object.entries(REFUSALS).map(
    ([code, { status, title, retryable }]) =>
      `| \`${code}\` | ${status} | ${title} | ${retryable ? 'yes' : 'no'} |`,
  );
  return page('Refusals', 'Every code a refusal can carry. Codes are never renamed or reused.', [
    `| code | status | means | may the same request succeed later |\n|---|---|---|---|\n${rows.join('\n')}\n`,
  ]);
}

function page(title: string, introduction: string, sections: readonly string[]): string {
  return `# ${title}\n\n${introduction} Generated from the schemas by \`npm run reference\`: change those, not this page.\n\n${sections.join('\n')}`;
}

/** A schema of what may be written: defaults make a field optional. */
function schemaOf(type: z.ZodType): Schema {
  return z.toJSONSchema(type, { io: 'input', unrepresentable: 'any' }) as Schema;
}

function table(schema: Schema, prefix = ''): string {
  const rows = rowsOf(schema, prefix);
  if (rows.length === 0) return 'Nothing to set.\n';
  return `| setting | takes | unless told |\n|---|---|---|\n${rows.join('\n')}\n`;
}

function rowsOf({ properties = {}, required = [] }: Schema, prefix: string): readonly string[] {
  return Object.entries(properties).flatMap(([name, property]) => {
    const path = `${prefix}${name}`;
    const items = property.items?.properties ? property.items : undefined;
    const nested = property.properties
      ? rowsOf(property, `${path}.`)
      : items
        ? rowsOf(items, `${path}[].`)
        : undefined;
    if (nested) return nested;
    const fallback =
      property.default === undefined
        ? required.includes(name)
          ? '**needed**'
          : ''
        : `\`${JSON.stringify(property.default)}\``;
    return [`| \`${path}\` | ${typeOf(property)} | ${fallback} |`];
  });
}

function typeOf(schema: Schema): string {
  if (schema.enum) return schema.enum.map((value) => `\`${String(value)}\``).join(', ');
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(' or ');
  if (schema.type === 'array') return `list of ${schema.items ? typeOf(schema.items) : 'anything'}`;
  if (schema.type === 'object') return objectOf(schema);
  const bounds = [
    ...(schema.minimum !== undefined && schema.minimum > Number.MIN_SAFE_INTEGER
      ? [`≥ ${schema.minimum}`]
      : []),
    ...(schema.exclusiveMinimum === undefined ? [] : [`> ${schema.exclusiveMinimum}`]),
    ...(schema.maximum !== undefined && schema.maximum < Number.MAX_SAFE_INTEGER
      ? [`≤ ${schema.maximum}`]
      : []),
  ];
  return [schema.type ?? 'anything', ...bounds].join(' ');
}

function objectOf({ properties, additionalProperties }: Schema): string {
  if (properties) return `{ ${Object.keys(properties).join(', ')} }`;
  return typeof additionalProperties === 'object'
    ? `names, each with ${typeOf(additionalProperties)}`
    : 'names and values';
}
