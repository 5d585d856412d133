/** Reads what is expected at a place, and walks whatever else stands there. */
import { isArray, isObject, type Json, type JsonObject } from '../../base/json.ts';
import { walkMembers, walkValue, type FrameTexts, type Shape, type TextPlace } from './text-walk.ts';

/** An object with nothing in it but what its shape says. */
export function readShaped(
  value: Json | undefined,
  pointer: string,
  shape: Shape,
  place: TextPlace,
  out: FrameTexts,
): void {
  if (isObject(value)) walkMembers(value, pointer, shape, place, out);
  else walkValue(value, pointer, place, out);
}

type Visit = (object: JsonObject, pointer: string, position: number) => void;

/** Visits the objects of a list. */
export function readList(
  list: Json | undefined,
  pointer: string,
  place: TextPlace,
  out: FrameTexts,
  visit: Visit,
): void {
  if (isArray(list)) eachObject(list, pointer, place, out, visit);
  else walkValue(list, pointer, place, out);
}

/** Visits the objects of a list; what is no list is left to whoever walks the members around it. */
export function eachObject(
  list: Json | undefined,
  pointer: string,
  place: TextPlace,
  out: FrameTexts,
  visit: Visit,
): void {
  if (!isArray(list)) return;
  list.forEach((item, i) => {
    if (isObject(item)) visit(item, `${pointer}/${i}`, i);
    else walkValue(item, `${pointer}/${i}`, place, out);
  });
}
