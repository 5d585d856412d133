/**
 * One name for a model that goes by several: providers bill a dated name for what was asked by an alias, and Bedrock puts
 * region, maker and version around it. Versions of one family are summed: what went around the gateway is still too much.
 */

const REGION = /^(?:us-gov|us|eu|apac|apne|ap|jp|au|ca|sa|global)\.(?=[a-z0-9-]+\.)/;
const MAKER =
  /^(?:ai21|amazon|anthropic|cohere|deepseek|google|meta|minimax|mistral|moonshotai|nvidia|openai|qwen|stability|twelvelabs|writer)\./;
/** `-v1:0`, `-v2:1:200k`, `:0` */
const VERSION = /(?:-v\d+)?:\d+(?::\d+k)?$/;
/** `-2026-01-01`, `-20260101`, `@20260101`, `-0613`, `-latest` */
const DATE = /(?:-20\d{2}-\d{2}-\d{2}|[-@]20\d{6}|-(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|[-@]latest)$/;

export function modelFamily(model: string): string {
  const name = model.toLowerCase();
  // A fine-tuned model is its owner's alone, and its name holds the one it was made of.
  if (name.startsWith('ft:')) return name;
  const bare = name
    .slice(name.lastIndexOf('/') + 1)
    .replace(REGION, '')
    .replace(MAKER, '')
    .replace(VERSION, '')
    .replace(DATE, '');
  return bare === '' ? name : bare;
}
