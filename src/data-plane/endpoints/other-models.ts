/** Refuses what asks a provider to choose among models itself: policy judged the one model that was named. */
import type { JsonObject } from '../../base/json.ts';
import { unsupported } from './wire-form.ts';

/** Of gateways that speak OpenAI's dialects: fallback lists, choices of who answers, presets that hold both. */
const MEMBERS = ['models', 'route', 'provider', 'plugins', 'preset', 'fallbacks'];

/** @throws Refusal `unsupported_parameter` */
export function refuseOtherModels(body: JsonObject): void {
  const asked = MEMBERS.find((name) => body[name] !== undefined && body[name] !== null);
  if (asked !== undefined) throw unsupported(`/${asked}`);
}
