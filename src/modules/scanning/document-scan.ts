/** Scans a document whole: every segment that a guardrail asks for, by every scanner it asks for. */
import { createJsonText } from '../../base/json-text.ts';
import type { Document, Segment } from '../../domain/document.ts';
import { labelsOf, type Finding } from '../../domain/finding.ts';
import type { Guardrail } from '../../domain/guardrail.ts';
import { placeFor } from './inquiring.ts';
import { addFindings, type Lineup, type Post } from './lineup.ts';
import { look, MAX_SIGHTINGS, type Fault, type Look, type LookAt } from './look.ts';
import { originOf, type Origin } from './origin.ts';
import type { ScanCircumstances, ScanReport, ScanTimings } from './scan-report.ts';

interface Report {
  readonly findings: Finding[];
  readonly failures: { readonly guardrail: Guardrail; readonly fault: Fault }[];
}

/** One scan as it goes on. */
interface Run {
  readonly origin: Origin;
  readonly circumstances: ScanCircumstances;
  readonly report: Report;
  readonly late: Promise<void>[];
  /** Looks of scanners that ask models, which wait for all others. */
  readonly last: ((late: Promise<void>[]) => void)[];
}

export function scanDocument(
  document: Document,
  lineup: Lineup,
  circumstances: ScanCircumstances,
): ScanReport | Promise<ScanReport> {
  const origin = originOf(document.direction, circumstances);
  const run: Run = { origin, circumstances, report: { findings: [], failures: [] }, late: [], last: [] };
  const { report, late, last } = run;
  for (const segment of document.segments) {
    if (segment.text === '') continue;
    const posts = lineup(segment.channel);
    if (posts.length > 0) scanSegment(run, segment, posts);
  }
  if (last.length > 0) {
    return Promise.all(late).then(() => {
      const latest: Promise<void>[] = [];
      for (const scan of last) scan(latest);
      return Promise.all(latest).then(() => report);
    });
  }
  return late.length === 0 ? report : Promise.all(late).then(() => report);
}

function scanSegment(run: Run, segment: Segment, posts: readonly Post[]): void {
  const { role, channel, encoding } = segment;
  const json = encoding === 'json' ? createJsonText() : null;
  const text = json ? json.push(segment.text) + json.finish() : segment.text;
  const lookAt = { text, from: 0, place: { ...run.origin, role, channel }, until: Infinity };
  const rawOffset = json ? (at: number): number => json.rawOffset(at) : null;
  for (const post of posts) {
    if (post.reaches === undefined) scanPost(run, post, segment, lookAt, rawOffset, run.late);
    else scanReaching(run, post, segment, lookAt, rawOffset);
  }
}

function scanReaching(
  run: Run,
  post: Post,
  segment: Segment,
  at: LookAt,
  rawOffset: ((at: number) => number) | null,
): void {
  const { inquirer } = run.circumstances;
  const place = placeFor(post, at.place, inquirer, () => labelsOf(run.report.findings));
  const scan = (late: Promise<void>[]): void =>
    scanPost(run, post, segment, { ...at, place }, rawOffset, late);
  if (post.reaches === 'models') run.last.push(scan);
  else scan(run.late);
}

function scanPost(
  { circumstances: { timings }, report }: Run,
  post: Post,
  segment: Segment,
  at: LookAt,
  rawOffset: ((at: number) => number) | null,
  late: Promise<void>[],
): void {
  const looked = timings ? timedLook(post, at, timings) : lookOf(post, at);
  if (looked instanceof Promise)
    late.push(looked.then((result) => take(result, post, segment, rawOffset, report)));
  else take(looked, post, segment, rawOffset, report);
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
