/** What a broken connection to a provider means for the client. */
import { unreachable } from '../../base/exhaustive.ts';
import { Refusal, type RefusalCode } from '../../domain/refusal.ts';
import type { TransportError, TransportFault } from './transport.ts';

/** The refusal of a fault, before the answer's first byte or within its body. */
export function refusalOfTransport(error: TransportError): Refusal {
  return new Refusal(codeOf(error.fault), undefined, { cause: error });
}

function codeOf(fault: TransportFault): RefusalCode {
  switch (fault) {
    case 'address_forbidden':
      return 'provider_address_forbidden';
    case 'connect_timeout':
    case 'connect_failed':
      return 'provider_unavailable';
    case 'first_byte_timeout':
    case 'idle_timeout':
      return 'provider_timeout';
    case 'closed_early':
    case 'too_large':
      return 'provider_bad_answer';
    default:
      return unreachable(fault);
  }
}

/**
 * Whether the same provider is worth another attempt. Not after a wait for the first byte: the model may still be
 * working on the request, and the client has waited long enough for one provider.
 */
export function isWorthRetrying(fault: TransportFault): boolean {
  return fault === 'connect_failed' || fault === 'connect_timeout' || fault === 'closed_early';
}

/** Whether the fault is the provider's, for its circuit: a forbidden address or an answer too large is ours to say. */
export function isProviderFailure(fault: TransportFault): boolean {
  return fault !== 'address_forbidden' && fault !== 'too_large';
}
