/** One text of an answer on its way out: how far it is decided, and what takes the place of what. */
import { createJsonStringState } from '../../base/json-string-state.ts';
import { createJsonText, escapeJsonText } from '../../base/json-text.ts';
import type { Edit } from '../../domain/guardrail.ts';
import type { FoundStandIn, StandIns } from '../../modules/privacy/privacy.ts';
import type { FrameText } from '../../modules/inference/provider.ts';

/** What stands instead of text[start, end); offsets from the window's beginning, as the text stands in the frames. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** A stand-in that is turned back into what it stood for. */
  readonly isRestored: boolean;
}

/** What the windows of one answer share. */
export interface Rewriting {
  /** Null where no stand-in went out. */
  readonly standIns: StandIns | null;
  readonly reidentify: boolean;
  replacement(edit: Edit, text: string): string;
  /** A stand-in in the answer: its original, or null where the model invented it. */
  onStandIn(original: string | null): void;
}

export interface ReleaseWindow {
  readonly name: string;
  readonly place: Pick<FrameText, 'role' | 'channel' | 'encoding'>;
  length(): number;
  /** Text before this offset may be released, as far as `replacements` leave it. */
  settled(): number;
  /** Adds a text; tells where it begins. */
  add(text: string, isEditable: boolean): number;
  /** The text of a span that is not decided yet, without escapes. */
  textOf(start: number, end: number): string;
  /** Whether a span holds text that cannot be rewritten. */
  isFixed(start: number, end: number): boolean;
  /** The scanners' word: text before `decided` is judged, and these are all the edits in it that are new. */
  decide(decided: number, edits: readonly Edit[], isEnd: boolean): void;
  /** Replacements that touch text[start, end). Pieces MUST be asked for in order. */
  replacements(start: number, end: number): readonly Replacement[];
}

/** Characters before the decided point that a stand-in may look back to. */
const CONTEXT = 1;

export function createReleaseWindow(
  name: string,
  place: ReleaseWindow['place'],
  rewriting: Rewriting,
): ReleaseWindow {
  const { standIns } = rewriting;
  const isJson = place.encoding === 'json';
  const json = isJson && standIns ? createJsonText() : null;
  const quotes = isJson ? createJsonStringState() : null;
  const fixed: { readonly start: number; end: number }[] = [];
  let length = 0;
  let settled = 0;
  /** The text as it came, from `rawBase` on. */
  let raw = '';
  let rawBase = 0;
  /** The text that stand-ins are looked for in: unescaped, from `viewBase` on, decided before `viewFrom`. */
  let view = '';
  let viewBase = 0;
  let viewFrom = 0;
  let pending: Edit[] = [];
  let replacements: Replacement[] = [];
  let followed = 0;

  const rawOf = (at: number): number => (json ? json.rawOffset(at) : at);
  const spanOf = ({ start, end, original }: FoundStandIn) => ({
    start: rawOf(viewBase + start),
    end: rawOf(viewBase + end),
    viewEnd: viewBase + end,
    viewStart: viewBase + start,
    original,
  });

  /** Stand-ins in what is not decided yet, and how far the text is decided by the stand-ins and by the edits together. */
  function survey(decided: number, isEnd: boolean) {
    if (!standIns) return { until: decided, viewUntil: decided, found: [] };
    const open = viewBase + (isEnd ? view.length : Math.max(viewFrom - viewBase, standIns.settled(view)));
    const found = standIns.find(view, viewFrom - viewBase).map(spanOf);
    let until = Math.min(decided, rawOf(open));
    for (let before = -1; before !== until; ) {
      before = until;
      for (const { start, end } of [...pending, ...found]) if (start < until && end > until) until = start;
    }
    return { until, viewUntil: viewOf(until), found: found.filter(({ end }) => end <= until) };
  }

  /** The unescaped offset of a decided point, which never lies inside an escape. */
  function viewOf(at: number): number {
    if (!json) return at;
    let low = viewFrom;
    let high = viewBase + view.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (json.rawOffset(middle) < at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function textOf(start: number, end: number): string {
    const text = raw.slice(Math.max(0, start - rawBase), end - rawBase);
    return isJson ? unescaped(text) : text;
  }

  function replaced(edit: Edit): Replacement {
    return {
      start: edit.start,
      end: edit.end,
      text: written(edit.start, rewriting.replacement(edit, textOf(edit.start, edit.end))),
      isRestored: false,
    };
  }

  /** As the text has to stand in its frame. */
  function written(at: number, text: string): string {
    if (!quotes) return text;
    follow(at);
    return quotes.isInString() ? escapeJsonText(text) : JSON.stringify(text);
  }

  function follow(to: number): void {
    if (!quotes || to <= followed) return;
    quotes.follow(raw.slice(followed - rawBase, to - rawBase));
    followed = to;
  }

  function settle(until: number, viewUntil: number): void {
    follow(until);
    settled = until;
    raw = raw.slice(until - rawBase);
    rawBase = until;
    if (!standIns) return;
    const keep = Math.max(viewBase, viewUntil - CONTEXT);
    view = view.slice(keep - viewBase);
    viewBase = keep;
    viewFrom = viewUntil;
    json?.forget(keep);
  }

  return {
    name,
    place,
    length: () => length,
    settled: () => settled,
    textOf,
    add(text, isEditable) {
      const start = length;
      length += text.length;
      raw += text;
      if (standIns) view += json ? json.push(text) : text;
      if (!isEditable && text !== '') fixed.push({ start, end: length });
      return start;
    },
    isFixed: (start, end) => fixed.some((span) => span.start < end && span.end > start),
    decide(decided, edits, isEnd) {
      if (isEnd && json) view += json.finish();
      if (edits.length > 0) pending.push(...edits);
      const { until, viewUntil, found } = survey(decided, isEnd);
      if (until === settled) return;
      const due = pending.length === 0 ? pending : pending.filter(({ end }) => end <= until);
      const back = found.filter(
        ({ start, end }) => !due.some((edit) => edit.start < end && edit.end > start),
      );
      for (const { original } of back) rewriting.onStandIn(original);
      const restored = rewriting.reidentify
        ? back.filter(
            (each) =>
              each.original !== null && !fixed.some((span) => span.start < each.end && span.end > each.start),
          )
        : [];
      for (const next of [...due, ...restored].sort((a, b) => a.start - b.start)) {
        replacements.push(
          'original' in next
            ? {
                start: next.start,
                end: next.end,
                text: written(next.start, next.original ?? ''),
                isRestored: true,
              }
            : replaced(next),
        );
      }
      if (due.length > 0) pending = pending.filter(({ end }) => end > until);
      settle(until, viewUntil);
    },
    replacements(start, end) {
      if (replacements.length === 0) return replacements;
      const passed = replacements.findIndex((each) => each.end > start);
      replacements = passed < 0 ? [] : replacements.slice(passed);
      return replacements.filter((each) => each.start < end);
    },
  };
}

function unescaped(text: string): string {
  const json = createJsonText();
  return json.push(text) + json.finish();
}
