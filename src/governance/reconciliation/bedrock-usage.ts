/**
 * Amazon Bedrock's usage: model invocation logs, a JSON object for each call, and lines of the Cost and Usage Report. Both
 * count cache-read and cache-write input apart from the rest. The logs hold what was said as well: it is not looked at.
 * Sources: docs.aws.amazon.com/bedrock/latest/userguide, "model-invocation-logging" and "cost-mgmt-understanding-cur-data".
 */
import { isObject, type Json, type JsonObject } from '../../base/json.ts';
import type { Columns, RowReader } from './columns.ts';
import { UsageError, countAt, dayOfTime, modelAt, nameAt, type UsageRow } from './usage-row.ts';

const INPUT = ['inputTokenCount', 'cacheReadInputTokenCount', 'cacheWriteInputTokenCount'];
/** The session's name, which is another each time, says nothing about the role's key. */
const SESSION = /^(arn:[^:]*:sts::\d*:assumed-role\/[^/]+)\/.*$/;

export function isInvocation(value: Json): value is JsonObject {
  return isObject(value) && value['schemaType'] === 'ModelInvocationLog';
}

/** Undefined for a call that failed and used nothing. */
export function invocationRow(record: JsonObject, where: string): UsageRow | undefined {
  const counts = (member: string, names: readonly string[]) => {
    const part = record[member] ?? {};
    if (!isObject(part)) throw new UsageError(`${where}, ${member}: an object is expected`);
    return names.reduce((sum, name) => sum + countAt(part[name], `${where}, ${member}.${name}`), 0);
  };
  const inputTokens = counts('input', INPUT);
  const outputTokens = counts('output', ['outputTokenCount']);
  if (record['errorCode'] !== undefined && inputTokens + outputTokens === 0) return undefined;
  const { identity } = record;
  return {
    day: dayOfTime(record['timestamp'], `${where}, timestamp`),
    model: modelAt(record['modelId'], `${where}, modelId`),
    key: principalOf(nameAt(isObject(identity) ? identity['arn'] : undefined, `${where}, identity.arn`)),
    requests: 1,
    inputTokens,
    outputTokens,
  };
}

function principalOf(arn: string | undefined): string | undefined {
  return arn?.replace(SESSION, '$1');
}

/** `USE1-` and its like name the region; `mantle` the endpoint; what follows the tokens the tier and the routing. */
const TOKENS = /^(?:[A-Z]{2,4}\d{0,2}-)?(.+?)(?:-mantle)?-(input|output)-tokens(?:-.+)?$/;
const CACHED = /^(?:[A-Z]{2,4}\d{0,2}-)?(.+?)(?:-mantle)?-cache-(?:read|write)-(input)-token-count(?:-.+)?$/;
const USAGE_LINES = ['', 'Usage', 'DiscountedUsage', 'SavingsPlanCoveredUsage'];
const UNITS: Readonly<Record<string, number>> = {
  tokens: 1,
  '1k tokens': 1_000,
  '1m tokens': 1_000_000,
};
const AMOUNT = /^\d{1,15}(?:\.\d{1,12})?(?:E-?\d{1,2})?$/i;

export function isBedrockCsv(columns: Columns): boolean {
  return columns.has('line_item_usage_type');
}

export function bedrockCsv(columns: Columns): RowReader {
  const type = 'line_item_usage_type';
  const amount = columns.oneOf(['line_item_usage_amount'], 'how much');
  const start = columns.oneOf(['line_item_usage_start_date'], 'the day');
  const unit = columns.oneOf(['pricing_unit', 'product_unit'], 'the unit');
  const kind = columns.anyOf(['line_item_line_item_type']);
  const principal = columns.anyOf(['line_item_iam_principal']);
  return (record) => {
    const usageType = columns.text(record, type);
    const [, model, direction] = TOKENS.exec(usageType) ?? CACHED.exec(usageType) ?? [];
    if (model === undefined || (kind && !USAGE_LINES.includes(columns.text(record, kind)))) return undefined;
    const tokens = tokensOf(columns.text(record, amount), columns.text(record, unit), `line ${record.line}`);
    return {
      day: columns.day(record, start),
      model: modelAt(model, `line ${record.line}, ${type}`),
      key: principalOf(columns.key(record, principal)),
      requests: undefined,
      inputTokens: direction === 'input' ? tokens : 0,
      outputTokens: direction === 'output' ? tokens : 0,
    };
  };
}

function tokensOf(amount: string, unit: string, where: string): number {
  const factor = UNITS[unit.toLowerCase()];
  if (factor === undefined)
    throw new UsageError(`${where}, unit: tokens, 1K tokens or 1M tokens are expected`);
  if (!AMOUNT.test(amount)) throw new UsageError(`${where}, amount: a number is expected`);
  return countAt(Math.round(Number(amount) * factor), `${where}, amount`);
}
