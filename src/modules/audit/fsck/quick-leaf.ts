/**
 * What is needed of an interaction's leaf, without parsing all of it. A quote within a string is escaped, so that what is
 * matched here is always a member of the leaf, never part of somebody's text; anything unusual is left to the parser.
 */
import type { KitLeaf } from '../kit/read-kit.ts';

const HEAD =
  /^\{"counter":\{"instance":"([^"\\]*)","sequence":(\d{1,15})\},"entry":\{"action":"[^"\\]*",(?:"application":"[^"\\]*",)?"at":(\d{1,15}),"attempts":\[/;
/** After the list of guardrails, whose own ids follow no list. */
const ID = '],"id":"';
const KIND = '"kind":"interaction';
const KIND_END = '","moreFindings":';

/** Undefined where the leaf is none of an interaction as this house writes it. */
export function quickLeaf(text: string): KitLeaf | undefined {
  const [, instance, sequence, at] = HEAD.exec(text) ?? [];
  const idAt = text.indexOf(ID);
  const kindAt = text.indexOf(KIND, idAt);
  if (instance === undefined || idAt < 0 || kindAt < 0 || !text.endsWith('},"v":1}')) return undefined;
  const id = text.slice(idAt + ID.length, text.indexOf('"', idAt + ID.length));
  const rest = text.slice(kindAt + KIND.length, kindAt + KIND.length + '_end'.length + KIND_END.length);
  const isEnd = rest === `_end${KIND_END}`;
  if (id.includes('\\') || (!isEnd && !rest.startsWith(KIND_END))) return undefined;
  const kind = isEnd ? 'interaction_end' : 'interaction';
  return { instance, sequence: Number(sequence), entry: { kind, id, at: Number(at) } };
}
