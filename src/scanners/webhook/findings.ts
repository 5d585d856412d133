/** Reads a detector's answer, and believes nothing of it that it could not have seen. */
import { z } from 'zod';
import type { Sighting } from '../../modules/scanning/scanner.ts';

/** In one piece of text. */
const MAX_FINDINGS = 1_000;

const answerSchema = z.strictObject({
  findings: z
    .array(
      z.strictObject({
        kind: z.string(),
        start: z.int().min(0),
        end: z.int().min(1),
        confidence: z.number().min(0).max(1).default(1),
      }),
    )
    .max(MAX_FINDINGS),
});

/**
 * Findings in UTF-16 offsets, leftmost first; of those of one kind that overlap, the one with the highest confidence, else the
 * longest.
 * @throws Error that quotes neither the answer nor the text
 */
export function readFindings(
  answer: string,
  text: string,
  kinds: ReadonlySet<string>,
  offsets: 'utf16' | 'code_points',
): readonly Sighting[] {
  const parsed = answerSchema.safeParse(parsedJson(answer));
  if (!parsed.success) throw new Error('the detector answered something that is not a list of findings');
  const toUtf16 = offsets === 'utf16' ? (at: number): number => at : codePointOffsets(text);
  const sightings = parsed.data.findings.map((finding) => {
    const sighting = { ...finding, start: toUtf16(finding.start), end: toUtf16(finding.end) };
    if (!kinds.has(finding.kind)) throw new Error('the detector reported a kind that is not configured');
    if (!(sighting.start < sighting.end && sighting.end <= text.length))
      throw new Error('the detector reported a place that is not in the text');
    return sighting;
  });
  return apart(sightings);
}

function parsedJson(answer: string): unknown {
  try {
    return JSON.parse(answer);
  } catch {
    throw new Error('the detector answered something that is not JSON');
  }
}

function codePointOffsets(text: string): (at: number) => number {
  const offsets = [0];
  for (const character of text) offsets.push((offsets.at(-1) ?? 0) + character.length);
  return (at) => offsets[at] ?? Number.POSITIVE_INFINITY;
}

function apart(sightings: readonly Sighting[]): readonly Sighting[] {
  const best = sightings.toSorted(
    (a, b) => b.confidence - a.confidence || b.end - b.start - (a.end - a.start) || a.start - b.start,
  );
  const kept: Sighting[] = [];
  for (const sighting of best) {
    const isFree = kept.every(
      ({ kind, start, end }) => kind !== sighting.kind || end <= sighting.start || start >= sighting.end,
    );
    if (isFree) kept.push(sighting);
  }
  return kept.sort((a, b) => a.start - b.start);
}
