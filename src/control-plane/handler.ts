/** What answers one operation: a function from what was asked, by whom, to the answer that its schema describes. */
import type { Reach, SignedIn } from '../domain/administrator.ts';
import type {
  EventOf,
  GivenAnswerOf,
  Operation,
  Operations,
  ParsedBodyOf,
  ParsedPathOf,
  ParsedQueryOf,
} from '../contract/api/operation.ts';

/** What is the same for every operation. */
export interface Asking {
  /** `req_…` */
  readonly id: string;
  /** The client's address, as the proxy settings let it be believed. */
  readonly address: string;
  /** Scheme, host and port that the client asked, as the proxy settings let it be believed. */
  readonly origin: string;
  /** Why, where the client said so. */
  readonly reason: string | undefined;
  /** Of what is to be changed; the server has seen to it that it is there where the operation needs it. */
  readonly ifMatch: string;
  /** Aborted when the client is gone. */
  readonly signal: AbortSignal;
  /** What the client sent, for those who read sign-ins out of it. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  setHeader(name: string, value: string | readonly string[]): void;
}

/** Once it is known who asks. */
export interface SignedInAsking extends Asking {
  readonly signedIn: SignedIn;
  /** How the record names them. */
  readonly actor: string;
  /** How far the operation's permission reaches for them. Somebody else's object is not there: `not_found`. */
  readonly reach: Reach;
}

export type AskingOf<O extends Operation> = O['permission'] extends 'anyone' ? Asking : SignedInAsking;

export interface Asked<O extends Operation> {
  readonly path: ParsedPathOf<O>;
  readonly query: ParsedQueryOf<O>;
  readonly body: ParsedBodyOf<O>;
}

/** A file. Its name is put into `content-disposition`. */
export interface Download {
  readonly filename: string;
  readonly content: NodeJS.ReadableStream | Uint8Array | string;
}

/** Elsewhere. */
export interface Redirect {
  readonly location: string;
}

type Given<O extends Operation> = O extends { readonly events: unknown }
  ? AsyncIterable<EventOf<O>>
  : O extends { readonly download: string }
    ? Download
    : O extends { readonly redirects: true }
      ? Redirect
      : GivenAnswerOf<O>;

export type Handler<O extends Operation> = (
  asked: Asked<O>,
  asking: AskingOf<O>,
) => Promise<Given<O>> | Given<O>;

/** One for each operation of a resource. */
export type Handlers<Defined extends Operations> = {
  readonly [Name in keyof Defined]: Handler<Defined[Name]>;
};
