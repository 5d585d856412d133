/** Applies edits to the texts of a body by their pointers, and adds the marker. */
import { isInJsonString } from '../../base/json-string-state.ts';
import { createJsonText, escapeJsonText } from '../../base/json-text.ts';
import { type Json, withValues } from '../../base/json.ts';
import type { Document, Segment } from '../../domain/document.ts';
import type { Edit } from '../../domain/guardrail.ts';
import type { Marker } from './marker.ts';

/** @throws Error for an edit of a text that is not there or cannot be rewritten: policy should have blocked it */
export function clearBody(
  body: Json,
  document: Document,
  edits: readonly Edit[],
  replace: (edit: Edit, text: string) => string,
  marker: Pick<Marker, 'pointer' | 'sentence'> | null = null,
): Json {
  if (edits.length === 0 && !marker) return body;
  const byPointer = Map.groupBy(edits, ({ pointer }) => pointer);
  const values = new Map<string, Json>();
  for (const segment of document.segments) {
    const own = byPointer.get(segment.pointer);
    const added = segment.pointer === marker?.pointer ? marker.sentence : '';
    if (!own && added === '') continue;
    if (!segment.editable) throw new Error('an edit of a text that cannot be rewritten');
    values.set(segment.pointer, rewritten(segment, own ?? [], replace) + added);
    byPointer.delete(segment.pointer);
  }
  if (byPointer.size > 0) throw new Error('an edit of a text that is not in the document');
  return withValues(body, values);
}

function rewritten(
  { text, encoding }: Segment,
  edits: readonly Edit[],
  replace: (edit: Edit, text: string) => string,
): string {
  let out = '';
  let at = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    if (edit.start < at || edit.end > text.length)
      throw new Error('edits that overlap, or reach beyond their text');
    const original = text.slice(edit.start, edit.end);
    out += text.slice(at, edit.start);
    out +=
      encoding === 'json'
        ? inJson(replace(edit, unescaped(original)), isInJsonString(text, edit.start))
        : replace(edit, original);
    at = edit.end;
  }
  return out + text.slice(at);
}

function unescaped(text: string): string {
  const json = createJsonText();
  return json.push(text) + json.finish();
}

function inJson(replacement: string, isInString: boolean): string {
  return isInString ? escapeJsonText(replacement) : JSON.stringify(replacement);
}
