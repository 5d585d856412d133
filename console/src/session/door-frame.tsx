/** What is around the pages before sign-in: the mark, a title, and nothing that leads astray. */
import { useEffect, type ReactNode } from 'react';
import { Mark } from '../kit/mark.tsx';

interface DoorFrameProps {
  readonly title: string;
  readonly description?: ReactNode;
  readonly children: ReactNode;
}

export function DoorFrame({ title, description, children }: DoorFrameProps) {
  useEffect(() => {
    document.title = `${title} · Bartizan`;
  }, [title]);
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-10">
      <div className="w-full max-w-sm">
        <div className="mb-5 flex items-center justify-center gap-2.5 text-lg font-semibold">
          <Mark className="size-8" />
          Bartizan
        </div>
        <div className="space-y-4 rounded-xl border border-line bg-surface p-6 shadow-card">
          <header>
            <h1 className="text-xl font-semibold">{title}</h1>
            {description !== undefined && <p className="mt-1 text-muted">{description}</p>}
          </header>
          {children}
        </div>
      </div>
    </main>
  );
}
