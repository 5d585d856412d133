/** Who an application's own user is, where a dialect has a word for it. */
import { isObject, type Json, type JsonObject } from '../../base/json.ts';
import type { Ask } from '../endpoint.ts';

type EndUsers = Pick<Ask, 'endUsers'>;

/** OpenAI's: `safety_identifier`, and `user`, which it succeeds. */
export function openaiEndUsers({ safety_identifier: identifier, user }: JsonObject): EndUsers {
  return named(identifier, user);
}

/** Anthropic's `metadata.user_id`. */
export function anthropicEndUsers({ metadata }: JsonObject): EndUsers {
  return isObject(metadata) ? named(metadata.user_id) : {};
}

function named(...values: readonly (Json | undefined)[]): EndUsers {
  const endUsers = values.filter((value): value is string => typeof value === 'string' && value !== '');
  return endUsers.length === 0 ? {} : { endUsers };
}
