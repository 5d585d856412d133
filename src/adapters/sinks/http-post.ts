/** How the sinks that speak HTTP reach their destinations: guarded addresses, no redirects, every size bounded. */

export interface HttpRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
  readonly allowPrivateNetwork: boolean;
}

/** @throws where there is no answer */
export type HttpPost = (request: HttpRequest) => Promise<{ readonly status: number; readonly body: string }>;
