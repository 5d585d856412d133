/** What undici and the socket report, as a fault of the contract or a refusal of a request that HTTP cannot carry. */
import { Refusal } from '../../domain/refusal.ts';
import { TransportError, type TransportFault } from '../../modules/inference/transport.ts';

const FAULTS: Readonly<Record<string, TransportFault>> = {
  UND_ERR_CONNECT_TIMEOUT: 'connect_timeout',
  ETIMEDOUT: 'connect_timeout',
  UND_ERR_HEADERS_TIMEOUT: 'first_byte_timeout',
  UND_ERR_BODY_TIMEOUT: 'idle_timeout',
  UND_ERR_HEADERS_OVERFLOW: 'too_large',
};

/** Our own request is at fault: a header's name or value, a path, a length that HTTP does not allow. */
const UNSENDABLE = new Set([
  'UND_ERR_INVALID_ARG',
  'UND_ERR_NOT_SUPPORTED',
  'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH',
]);

export function errorOf(error: Error, isStarted: boolean): TransportError | Refusal {
  if (error instanceof TransportError) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (UNSENDABLE.has(code)) {
    return new Refusal(
      'provider_misconfigured',
      'the request to the provider is not one that HTTP can carry',
    );
  }
  const late = isStarted ? 'closed_early' : 'connect_failed';
  const fault = isStarted && code === 'ETIMEDOUT' ? late : (FAULTS[code] ?? late);
  // undici's parser error holds the bytes it stumbled over: they are content, so only the message goes on.
  return new TransportError(fault, {
    cause: new Error(code === '' ? error.message : `${code}: ${error.message}`),
  });
}
