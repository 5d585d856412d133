/** Scans an answer while it streams: one window for each of its texts. */
import type { Direction } from '../../domain/document.ts';
import { labelsOf, type Finding } from '../../domain/finding.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Lineup } from './lineup.ts';
import { MAX_SIGHTINGS } from './look.ts';
import { originOf } from './origin.ts';
import { createScanWindow, type Oversight, type ScanWindow } from './scan-window.ts';
import type {
  ScanCircumstances,
  ScanReport,
  StreamProgress,
  StreamScan,
  WindowProgress,
} from './scan-report.ts';

/** Windows that one answer may have open at once. */
const MAX_WINDOWS = 4_096;

export function createStreamScan(
  direction: Direction,
  lineup: Lineup,
  circumstances: ScanCircumstances,
): StreamScan {
  const { inquirer } = circumstances;
  const windows = new Map<string, ScanWindow>();
  let failures: ScanReport['failures'][number][] = [];
  let found = 0;
  const labels = new Set<string>();

  const oversight: Oversight = {
    origin: originOf(direction, circumstances),
    hung: new Set(),
    inquirer,
    labels: () => labels,
    ...(inquirer ? { onFindings: (findings) => addLabels(labels, findings) } : {}),
    onFault({ scanner, guardrails }, fault) {
      if (fault === 'timed_out') oversight.hung.add(scanner);
      for (const guardrail of guardrails) failures.push({ guardrail, fault });
    },
    onSightings(count) {
      found += count;
      return found <= MAX_SIGHTINGS;
    },
  };

  function windowOf(first: Parameters<typeof createScanWindow>[0]): ScanWindow {
    let window = windows.get(first.window);
    if (!window) {
      if (windows.size >= MAX_WINDOWS) throw new Refusal('stream_window_exceeded');
      window = createScanWindow(first, lineup, oversight);
      windows.set(first.window, window);
    }
    return window;
  }

  function conclude(progress: readonly WindowProgress[]): StreamProgress {
    const told = failures;
    if (told.length > 0) failures = [];
    return { windows: progress, failures: told };
  }

  return {
    push(texts, ends) {
      const touched = new Set<string>();
      for (const text of texts) {
        windowOf(text).add(text.text);
        touched.add(text.window);
      }
      const ended: ReadonlySet<string> = new Set(ends === 'all' ? windows.keys() : ends);
      for (const window of ended) touched.add(window);
      const progress: (WindowProgress | Promise<WindowProgress>)[] = [];
      for (const name of touched) {
        const window = windows.get(name);
        if (window) progress.push(window.advance(ended.has(name)));
      }
      for (const window of ended) windows.delete(window);
      return areThere(progress)
        ? conclude(progress)
        : Promise.all(progress.map((each) => Promise.resolve(each))).then(conclude);
    },
  };
}

function addLabels(labels: Set<string>, findings: readonly Finding[]): void {
  for (const label of labelsOf(findings)) labels.add(label);
}

function areThere(
  progress: readonly (WindowProgress | Promise<WindowProgress>)[],
): progress is WindowProgress[] {
  return !progress.some((each) => each instanceof Promise);
}
