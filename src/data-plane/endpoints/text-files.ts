/** Tells from its name whether an attached file is text, where no media type says so. */
import type { Json } from '../../base/json.ts';

const TEXT_FILE = /\.(txt|text|md|csv|tsv|json|jsonl|xml|html?|ya?ml|log|ini|toml|js|ts|py|sql|eml)$/i;

export function isTextFile(filename: Json | undefined): boolean {
  return typeof filename === 'string' && TEXT_FILE.test(filename);
}
