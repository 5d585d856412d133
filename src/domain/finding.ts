/** What a scanner saw, and where. A finding holds positions, never the text it was found in. */

/** UTF-16 offsets into the segment's text as it stands in the body; end is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Finding extends Span {
  readonly scanner: string;
  /** What was found: a PII entity name (`EMAIL_ADDRESS`), a secret's rule, a keyword list's name. */
  readonly kind: string;
  /** JSON pointer of the segment; for a stream the key of its window. */
  readonly pointer: string;
  /** 0 to 1. */
  readonly confidence: number;
  /** The guardrail whose scanner configuration saw it. */
  readonly guardrail: string;
}

/** The label that policies judge by at the second checkpoint: `pii`, `pii.EMAIL_ADDRESS`, `secrets.aws_access_key`. */
export function labelsOf(findings: readonly Finding[]): ReadonlySet<string> {
  const labels = new Set<string>();
  for (const { scanner, kind } of findings) labels.add(scanner).add(`${scanner}.${kind}`);
  return labels;
}
