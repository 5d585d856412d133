/** One thing that can be asked of the control plane: where, with what, by whom, and what comes back. */
import type { z } from 'zod';
import type { RefusalCode } from '../../domain/refusal.ts';
import type { Permission } from './permissions.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Operation {
  readonly method: Method;
  /** Below `/api/v1`, with parameters as `{name}`. */
  readonly path: `/${string}`;
  readonly summary: string;
  readonly description?: string;
  /** `anyone`: before sign-in; `signed-in`: whoever has signed in, whatever their roles. */
  readonly permission: Permission | 'anyone' | 'signed-in';
  /**
   * `organization`: the permission must reach everything. Absent: whoever reaches some applications or groups may ask too,
   * and the handler MUST keep to `asking.reach`.
   */
  readonly over?: 'organization';
  /** The path's parameters, which arrive as text. */
  readonly parameters?: z.ZodObject;
  /** Arrives as text: numbers are coerced. */
  readonly query?: z.ZodObject;
  /** JSON. */
  readonly body?: z.ZodType;
  /** Absent: 204, unless `events` or `download` says otherwise. */
  readonly answer?: z.ZodType;
  /** Server-sent events, each of this form. */
  readonly events?: z.ZodType;
  /** The media type of an answer that is not JSON. */
  readonly download?: string;
  /** The browser is sent elsewhere (303): for the address bar, not for scripts. */
  readonly redirects?: true;
  /** Default: 200, or 204 where nothing comes back. */
  readonly status?: 200 | 201 | 202;
  /**
   * `gives`: the answer has an `etag`, also as a header. `needs`: a change that MUST be sent with `if-match`, and is refused
   * where somebody else's came between.
   */
  readonly etag?: 'gives' | 'needs';
  /** Bodies of at most this many bytes; 1 MiB unless told. */
  readonly maxBodyBytes?: number;
  /** Refusals of its own, beside those that every operation has. */
  readonly refusals?: readonly RefusalCode[];
}

export type Operations = Readonly<Record<string, Operation>>;

/** Keeps each operation's own types. */
export function defineOperations<const Defined extends Operations>(operations: Defined): Defined {
  return operations;
}

/** What a caller gives. */
export type PathOf<O> = O extends { readonly parameters: infer P extends z.ZodType } ? z.input<P> : undefined;
export type QueryOf<O> = O extends { readonly query: infer Q extends z.ZodType } ? z.input<Q> : undefined;
export type BodyOf<O> = O extends { readonly body: infer B extends z.ZodType } ? z.input<B> : undefined;
export type AnswerOf<O> = O extends { readonly answer: infer A extends z.ZodType } ? z.output<A> : undefined;
export type EventOf<O> = O extends { readonly events: infer E extends z.ZodType } ? z.output<E> : never;

/** What the handler is given: parsed, defaults filled in. */
export type ParsedPathOf<O> = O extends { readonly parameters: infer P extends z.ZodType }
  ? z.output<P>
  : undefined;
export type ParsedQueryOf<O> = O extends { readonly query: infer Q extends z.ZodType }
  ? z.output<Q>
  : undefined;
export type ParsedBodyOf<O> = O extends { readonly body: infer B extends z.ZodType }
  ? z.output<B>
  : undefined;
/** What the handler gives: the schema checks it on its way out. */
export type GivenAnswerOf<O> = O extends { readonly answer: infer A extends z.ZodType }
  ? z.input<A>
  : undefined;
