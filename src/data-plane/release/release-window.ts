/** One growing text of an answer on its way out: how far it may leave, and what stands in place of edited spans. */
import { createJsonText, escapeJsonText, type JsonText } from '../../base/json-text.ts';
import type { Segment } from '../../domain/document.ts';
import type { Span } from '../../domain/finding.ts';
import type { Edit } from '../../domain/guardrail.ts';
import type { FrameText } from '../../modules/inference/provider.ts';
import type { StandIns } from '../../modules/privacy/privacy.ts';

export interface ReleaseWindowSettings {
  /** Null where the request made none. */
  readonly standIns: StandIns | null;
  readonly reidentify: boolean;
  /** `text` is the span's own, unescaped. */
  readonly replacement: (edit: Edit, text: string) => string;
  readonly onInvented: (count: number) => void;
}

/** Offsets are into the window's raw text, from its beginning. */
export interface ReleaseWindow {
  /** Where the added text stands. */
  add(text: FrameText): Span;
  /** Scanning has decided the text up to here. MUST come before the edits that scanning found in it. */
  settle(decided: number, isEnd: boolean): void;
  /** The span leaves as something else. */
  edit(edit: Edit): void;
  /** Nothing from here on ever leaves. */
  stopAt(offset: number): void;
  /** Text before it may leave. */
  readonly cleared: number;
  /** What leaves in place of [start, end), or undefined where the text itself does. */
  rewritten(span: Span): string | undefined;
  /** Lets go of text and edits before this offset. */
  forget(before: number): void;
  segment(): Segment;
}

interface Replacement extends Span {
  readonly text: string;
}

export function createReleaseWindow(first: FrameText, settings: ReleaseWindowSettings): ReleaseWindow {
  const { standIns, reidentify } = settings;
  const isJson = first.encoding === 'json';
  const restoring = standIns ? createRestoring(standIns, isJson) : null;
  let editable = true;
  let raw = '';
  /** Offset of the first character of `raw`. */
  let base = 0;
  let decided = 0;
  let restored = 0;
  let stop = Infinity;
  let replacements: Replacement[] = [];

  const replace = (span: Span, text: string): void => {
    replacements.push({ start: span.start, end: span.end, text: isJson ? escapeJsonText(text) : text });
  };

  return {
    add({ text, editable: isEditable }) {
      editable &&= isEditable;
      const start = base + raw.length;
      raw += text;
      restoring?.add(text);
      return { start, end: start + text.length };
    },
    settle(offset, isEnd) {
      decided = offset;
      if (!restoring) return;
      const { settled, found } = restoring.advance(isEnd);
      restored = settled;
      let invented = 0;
      for (const { start, end, original } of found) {
        if (original === null) invented++;
        else if (reidentify && editable) replace({ start, end }, original);
      }
      if (invented > 0) settings.onInvented(invented);
    },
    edit(edit) {
      // A guardrail's word stands above a stand-in's: what is not let through is not restored either.
      replacements = replacements.filter(({ start, end }) => end <= edit.start || start >= edit.end);
      const text = raw.slice(edit.start - base, edit.end - base);
      replace(edit, settings.replacement(edit, isJson ? unescaped(text) : text));
    },
    stopAt(offset) {
      stop = Math.min(stop, offset);
    },
    get cleared() {
      let cleared = Math.min(decided, stop, restoring ? restored : Infinity);
      // A span leaves whole or not at all.
      for (let before = -1; before !== cleared; ) {
        before = cleared;
        for (const { start, end } of replacements) if (start < cleared && end > cleared) cleared = start;
      }
      return cleared;
    },
    rewritten({ start, end }) {
      const touching = replacements.filter(
        (replacement) => replacement.start < end && replacement.end > start,
      );
      if (touching.length === 0) return undefined;
      let text = '';
      let at = start;
      for (const replacement of touching.toSorted((a, b) => a.start - b.start)) {
        if (replacement.start >= start)
          text += raw.slice(at - base, replacement.start - base) + replacement.text;
        at = Math.min(end, replacement.end);
      }
      return text + raw.slice(at - base, end - base);
    },
    forget(before) {
      raw = raw.slice(before - base);
      base = before;
      if (replacements.length > 0) replacements = replacements.filter(({ end }) => end > before);
    },
    segment: () => ({
      pointer: first.window,
      role: first.role,
      channel: first.channel,
      text: '',
      encoding: first.encoding,
      editable,
    }),
  };
}

function unescaped(raw: string): string {
  const json = createJsonText();
  return json.push(raw) + json.finish();
}

interface Restoring {
  add(raw: string): void;
  advance(isEnd: boolean): { settled: number; found: readonly (Span & { original: string | null })[] };
}

/** Finds stand-ins in a growing text; told and kept in raw offsets, looked for in the unescaped text. */
function createRestoring(standIns: StandIns, isJson: boolean): Restoring {
  const json: JsonText | null = isJson ? createJsonText() : null;
  const rawOffset = (at: number): number => (json ? json.rawOffset(at) : at);
  let text = '';
  let base = 0;
  return {
    add(raw) {
      text += json ? json.push(raw) : raw;
    },
    advance(isEnd) {
      if (isEnd && json) text += json.finish();
      const settled = isEnd ? text.length : standIns.settled(text);
      const found = standIns
        .find(text, 0)
        .filter(({ start }) => start < settled)
        .map(({ start, end, original }) => ({
          start: rawOffset(base + start),
          end: rawOffset(base + end),
          original,
        }));
      text = text.slice(settled);
      base += settled;
      const decided = rawOffset(base);
      json?.forget(base);
      return { settled: decided, found };
    },
  };
}
