/** Text with a syntax: JSON, YAML, Cedar. The editor itself is loaded when one is first shown. */
import { lazy, Suspense } from 'react';
import { Skeleton } from './spinner.tsx';

export type CodeLanguage = 'json' | 'yaml' | 'cedar' | 'text';

export interface Diagnostic {
  /** From 1. */
  readonly line: number;
  readonly column?: number;
  readonly message: string;
  readonly severity?: 'error' | 'warning';
}

export interface CodeEditorProps {
  readonly label: string;
  readonly value: string;
  readonly onChange?: (value: string) => void;
  readonly language: CodeLanguage;
  readonly readOnly?: boolean;
  readonly diagnostics?: readonly Diagnostic[];
  /** As CSS has it. */
  readonly height?: string;
}

const Editor = lazy(() => import('./code-mirror.tsx').then(({ CodeMirror }) => ({ default: CodeMirror })));

export function CodeEditor(props: CodeEditorProps) {
  const { diagnostics = [] } = props;
  return (
    <div className="min-w-0">
      <Suspense fallback={<Skeleton lines={8} />}>
        <Editor {...props} />
      </Suspense>
      {diagnostics.length > 0 && (
        <ul aria-label={`What is wrong in: ${props.label}`} className="mt-2 space-y-1 text-sm">
          {diagnostics.map(({ line, column, message, severity = 'error' }) => (
            <li
              key={`${line} ${column} ${message}`}
              className={severity === 'error' ? 'text-bad' : 'text-warn'}
            >
              Line {line}
              {column === undefined ? '' : `, column ${column}`}: {message}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
