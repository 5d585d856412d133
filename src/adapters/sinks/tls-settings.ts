/** TLS towards a destination, as the sinks take it; false: none. */
import type { ConnectionOptions } from 'node:tls';

export interface TlsSettings {
  readonly ca: string | undefined;
  readonly certificate: string | undefined;
  readonly key: string | undefined;
  readonly serverName: string | undefined;
}

/** Certificates are verified, whatever else is set. */
export function tlsOptions({ ca, certificate, key, serverName }: TlsSettings): ConnectionOptions {
  return {
    minVersion: 'TLSv1.2',
    rejectUnauthorized: true,
    ...(ca === undefined ? {} : { ca }),
    ...(certificate === undefined ? {} : { cert: certificate }),
    ...(key === undefined ? {} : { key }),
    ...(serverName === undefined ? {} : { servername: serverName }),
  };
}
