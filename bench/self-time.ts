/** Reads a V8 CPU profile: how long each function ran itself, and with what it called. */

interface CallFrame {
  readonly functionName: string;
  readonly url: string;
  readonly lineNumber: number;
}

interface ProfileNode {
  readonly id: number;
  readonly callFrame: CallFrame;
  readonly children?: readonly number[];
}

/** What `node --cpu-prof` writes, as far as it is read here. Times are microseconds of the monotonic clock. */
export interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  readonly startTime: number;
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface FunctionTime {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly selfMicroseconds: number;
  /** With everything it called, on whatever stack. */
  readonly totalMicroseconds: number;
}

export interface ProfileTimes {
  readonly functions: readonly FunctionTime[];
  readonly busyMicroseconds: number;
}

const IDLE = '(idle)';

/** Self time of each node over the samples within the span. */
function selfOfNodes(
  { samples, timeDeltas, startTime }: CpuProfile,
  { from, to }: Span,
): Map<number, number> {
  const self = new Map<number, number>();
  let time = startTime;
  samples.forEach((node, index) => {
    const delta = timeDeltas[index] ?? 0;
    time += delta;
    if (time >= from && time <= to) self.set(node, (self.get(node) ?? 0) + delta);
  });
  return self;
}

function keyOf({ functionName, url, lineNumber }: CallFrame): string {
  return `${functionName} ${url}:${lineNumber}`;
}

interface Sum {
  readonly frame: CallFrame;
  self: number;
  total: number;
}

/** Adds up by function; a function that stands twice on one stack is counted once. */
function addUp(profile: CpuProfile, self: ReadonlyMap<number, number>): Map<string, Sum> {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const sums = new Map<string, Sum>();
  const onStack = new Set<string>();

  function visit(id: number): number {
    const node = nodes.get(id);
    if (node === undefined) return 0;
    const key = keyOf(node.callFrame);
    const isOutermost = !onStack.has(key);
    onStack.add(key);
    const own = self.get(id) ?? 0;
    let total = own;
    for (const child of node.children ?? []) total += visit(child);
    if (isOutermost) onStack.delete(key);
    const sum = sums.get(key) ?? { frame: node.callFrame, self: 0, total: 0 };
    sum.self += own;
    if (isOutermost) sum.total += total;
    sums.set(key, sum);
    return total;
  }

  const root = profile.nodes[0];
  if (root !== undefined) visit(root.id);
  return sums;
}

export function readTimes(profile: CpuProfile, span: Span): ProfileTimes {
  const functions = [...addUp(profile, selfOfNodes(profile, span)).values()]
    .filter(({ frame }) => frame.functionName !== IDLE)
    .map(({ frame, self, total }) => ({
      name: frame.functionName === '' ? '(anonymous)' : frame.functionName,
      file: frame.url,
      line: frame.lineNumber + 1,
      selfMicroseconds: self,
      totalMicroseconds: total,
    }));
  return { functions, busyMicroseconds: functions.reduce((sum, each) => sum + each.selfMicroseconds, 0) };
}
