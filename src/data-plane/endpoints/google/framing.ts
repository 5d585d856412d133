/** How the responses of one stream follow one another: as server-sent events, or as the elements of one JSON array. */
import { dataOf, formatSse } from '../../../base/sse.ts';
import type { WireFrame } from '../../../modules/inference/provider.ts';
import type { PathParameters } from '../../endpoint.ts';
import { malformed } from '../wire-form.ts';

export interface Framing {
  readonly contentType: string;
  /** One response, as JSON. */
  write(json: string): string;
  /** One that the provider framed as an event. */
  forward(frame: WireFrame): Buffer | string;
  /** What stands after the last one. */
  end(): string;
}

export const EVENTS: Framing = {
  contentType: 'text/event-stream',
  write: (json) => formatSse(json),
  forward: ({ bytes }) => bytes,
  end: () => '',
};

/** One array; what it has by now decides what the next element begins with. */
function createArray(): Framing {
  let before = '[';
  const write = (json: string): string => {
    const element = before + json;
    before = ',\n';
    return element;
  };
  return {
    contentType: 'application/json',
    write,
    // As the provider wrote it: a number of more digits than ours can hold stays what it is. A keep-alive is no element.
    forward: ({ json, bytes }) => (json === undefined ? '' : write(dataOf(bytes) ?? JSON.stringify(json))),
    end: () => (before === '[' ? '[]' : ']'),
  };
}

/**
 * By the `alt` of the address, which Google's generated clients call `$alt`. Those also ask for numbers in the place of
 * enumerations' names; they are given the names, which every reader of protocol buffers' JSON takes as well.
 */
const FRAMINGS: ReadonlyMap<string, () => Framing> = new Map([
  ['sse', () => EVENTS],
  ['json', createArray],
  ['json;enum-encoding=int', createArray],
]);

/** @throws Refusal `invalid_request` */
export function framingOf({ alt, $alt }: PathParameters): Framing {
  const create = FRAMINGS.get(alt ?? $alt ?? 'json');
  if (!create)
    throw malformed(
      '',
      'streamGenerateContent is answered as server-sent events with alt=sse, and as a JSON array with alt=json or without alt: no other alt is known',
    );
  return create();
}
