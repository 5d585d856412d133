/** Scans a document whole: every segment that a guardrail asks for, by every scanner it asks for. */
import { createJsonText } from '../../base/json-text.ts';
import type { Document, Segment } from '../../domain/document.ts';
import type { Finding } from '../../domain/finding.ts';
import type { Guardrail } from '../../domain/guardrail.ts';
import { addFindings, type Lineup, type Post } from './lineup.ts';
import { look, MAX_SIGHTINGS, type Fault, type Look, type LookAt } from './look.ts';
import type { ScanReport, ScanTimings } from './scan-report.ts';
import type { TextPlace } from './scanner.ts';

interface Report {
  readonly findings: Finding[];
  readonly failures: { readonly guardrail: Guardrail; readonly fault: Fault }[];
}

export function scanDocument(
  document: Document,
  lineup: Lineup,
  instructions: readonly string[],
  timings?: ScanTimings,
): ScanReport | Promise<ScanReport> {
  const origin = { direction: document.direction, instructions };
  const report: Report = { findings: [], failures: [] };
  const late: Promise<void>[] = [];
  for (const segment of document.segments) {
    if (segment.text === '') continue;
    const posts = lineup(segment.channel);
    if (posts.length > 0) scanSegment(origin, segment, posts, report, late, timings);
  }
  return late.length === 0 ? report : Promise.all(late).then(() => report);
}

function scanSegment(
  origin: Pick<TextPlace, 'direction' | 'instructions'>,
  segment: Segment,
  posts: readonly Post[],
  report: Report,
  late: Promise<void>[],
  timings: ScanTimings | undefined,
): void {
  const { role, channel, encoding } = segment;
  const json = encoding === 'json' ? createJsonText() : null;
  const text = json ? json.push(segment.text) + json.finish() : segment.text;
  const lookAt = { text, from: 0, place: { ...origin, role, channel }, until: Infinity };
  const rawOffset = json ? (at: number): number => json.rawOffset(at) : null;
  for (const post of posts) {
    const looked = timings ? timedLook(post, lookAt, timings) : lookOf(post, lookAt);
    if (looked instanceof Promise)
      late.push(looked.then((result) => take(result, post, segment, rawOffset, report)));
    else take(looked, post, segment, rawOffset, report);
  }
}

function lookOf({ scanner, kinds, timeoutMs }: Post, at: LookAt): Look | Promise<Look> {
  return look(scanner, kinds, timeoutMs, at);
}

function timedLook(post: Post, at: LookAt, timings: ScanTimings): Look | Promise<Look> {
  const startedMs = performance.now();
  const note = <Looked>(looked: Looked): Looked => {
    const tookMs = performance.now() - startedMs;
    timings.set(post.scannerId, (timings.get(post.scannerId) ?? 0) + tookMs);
    return looked;
  };
  const looked = lookOf(post, at);
  return looked instanceof Promise ? looked.then(note) : note(looked);
}

function take(
  looked: Look,
  post: Post,
  { pointer }: Segment,
  rawOffset: ((at: number) => number) | null,
  report: Report,
): void {
  if (typeof looked === 'string') return fail(report, post, looked);
  if (report.findings.length + looked.length > MAX_SIGHTINGS) return fail(report, post, 'too_many');
  for (const sighting of looked) {
    const { start, end } = sighting;
    addFindings(
      report.findings,
      post,
      sighting,
      pointer,
      rawOffset ? rawOffset(start) : start,
      rawOffset ? rawOffset(end) : end,
    );
  }
}

function fail({ failures }: Report, { guardrails }: Post, fault: Fault): void {
  for (const guardrail of guardrails) {
    if (!failures.some((known) => known.guardrail === guardrail)) failures.push({ guardrail, fault });
  }
}
