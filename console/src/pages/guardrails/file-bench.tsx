/** Runs a file of many texts through the draft: what became of them, and whether that was what was expected. */
import { FileUp } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { client } from '../../api.ts';
import { Button, buttonClass } from '../../kit/button.tsx';
import { ProblemNotice } from '../../kit/problem-notice.tsx';
import { Progress } from '../../kit/progress.tsx';
import { durationText } from '../../kit/quantities.tsx';
import { textOf } from '../../part-editing/part-draft.ts';
import type { GuardrailDraft } from './guardrail-value.ts';
import { FileResult, type FileTried } from './file-result.tsx';

const MAX_CHARS = 8_000_000;
/** No character takes more bytes of UTF-8 than three for each code unit: what is larger need not be read to be too long. */
const MAX_BYTES = 3 * MAX_CHARS;

interface FileTrial {
  readonly fileName: string | undefined;
  readonly lines: string;
  readonly result: FileTried | undefined;
  /** What it was tried with: another draft would do something else. */
  readonly triedWith: GuardrailDraft | undefined;
  readonly problem: unknown;
  readonly isRunning: boolean;
  run(file?: File): Promise<void>;
  cancel(): void;
}

export function useFileTrial(draft: GuardrailDraft): FileTrial {
  const [fileName, setFileName] = useState<string>();
  const [lines, setLines] = useState('');
  const [result, setResult] = useState<FileTried>();
  const [triedWith, setTriedWith] = useState<GuardrailDraft>();
  const [problem, setProblem] = useState<unknown>();
  const [isRunning, setRunning] = useState(false);
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  async function linesOf(file: File | undefined): Promise<string> {
    if (file === undefined) return lines;
    const read = file.size > MAX_BYTES ? undefined : await file.text();
    if (read === undefined || read.length > MAX_CHARS)
      throw new Error(
        `${file.name} is longer than ${MAX_CHARS.toLocaleString()} characters: try a part of it.`,
      );
    setFileName(file.name);
    setLines(read);
    return read;
  }

  return {
    fileName,
    lines,
    result,
    triedWith,
    problem,
    isRunning,
    async run(file) {
      running.current?.abort();
      const { signal } = (running.current = new AbortController());
      setRunning(true);
      setProblem(undefined);
      try {
        const body = { draft, lines: await linesOf(file) };
        setResult(await client.call('tryGuardrailOnFile', { body, signal }));
        setTriedWith(draft);
      } catch (error) {
        setResult(undefined);
        if (!signal.aborted) setProblem(error);
      }
      if (running.current.signal === signal) setRunning(false);
    },
    cancel() {
      running.current?.abort();
      setRunning(false);
    },
  };
}

interface FileBenchProps {
  readonly trial: FileTrial;
  readonly draft: GuardrailDraft;
}

export function FileBench({ trial, draft }: FileBenchProps) {
  const { fileName, result, triedWith, problem, isRunning } = trial;
  return (
    <div className="space-y-4">
      <p className="text-sm text-muted">
        One JSON object a line:{' '}
        <code className="break-all">{'{"id": 1, "text": "…", "expect": "block"}'}</code>. Where a row says
        what is expected, <code>block</code> or <code>allow</code>, it is compared. The file is kept nowhere.
      </p>
      <div className="flex flex-wrap gap-2">
        <label className={`${buttonClass()} cursor-pointer has-focus-visible:outline-2`}>
          <FileUp aria-hidden />
          {fileName === undefined ? 'Choose a file' : 'Another file'}
          <input
            type="file"
            accept=".jsonl,.ndjson,.json,.txt,application/jsonl,application/x-ndjson"
            className="sr-only"
            onChange={(event) => {
              const [file] = event.target.files ?? [];
              event.target.value = '';
              if (file !== undefined) void trial.run(file);
            }}
          />
        </label>
        {fileName !== undefined && !isRunning && (
          <Button onClick={() => trial.run()}>Try {fileName} again</Button>
        )}
      </div>
      {isRunning && <Progress label="Trying each row" value={null} onCancel={() => trial.cancel()} />}
      <ProblemNotice problem={problem} />
      {result !== undefined && !isRunning && (
        <div className="space-y-4">
          <p role="status" className="text-sm text-muted">
            {fileName}: {result.rows.toLocaleString()} rows in {durationText(result.milliseconds)}.
            {textOf(triedWith) !== textOf(draft) && (
              <span className="text-warn"> The draft has changed since: try the file again.</span>
            )}
          </p>
          <FileResult result={result} />
        </div>
      )}
    </div>
  );
}
