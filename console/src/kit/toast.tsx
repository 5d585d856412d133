/** What has happened, said once and gone: for people who look and for people who listen. F6 leads to it. */
import { Toast } from '@base-ui/react/toast';
import { CircleAlert, CircleCheck, Info, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { ApiProblem } from '@contract/api/client.ts';

type Tone = 'good' | 'bad' | 'note';

const toasts = Toast.createToastManager<{ readonly tone: Tone }>();
const ICONS = { good: CircleCheck, bad: CircleAlert, note: Info } as const;
const COLORS = { good: 'text-good', bad: 'text-bad', note: 'text-accent' } as const;
const LONG_MS = 12_000;

/** Says that something was done. */
export function tell(title: string, description?: string, tone: Tone = 'good'): void {
  toasts.add({
    title,
    data: { tone },
    ...(description === undefined ? {} : { description }),
    ...(tone === 'bad' ? { priority: 'high', timeout: LONG_MS } : {}),
  });
}

/** Says that something was not done, and why. */
export function tellProblem(error: unknown): void {
  if (error instanceof ApiProblem) tell(error.problem.title, error.problem.detail, 'bad');
  else tell('That did not work', error instanceof Error ? error.message : String(error), 'bad');
}

export function Toasts({ children }: { readonly children: ReactNode }) {
  return (
    <Toast.Provider toastManager={toasts} limit={4}>
      {children}
      <Toast.Portal>
        <Toast.Viewport className="fixed right-4 bottom-4 z-60 flex w-[min(24rem,calc(100vw-2rem))] flex-col gap-2 max-md:bottom-20">
          <Shown />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function Shown() {
  const { toasts: shown } = Toast.useToastManager<{ readonly tone: Tone }>();
  return shown.map((toast) => {
    const tone = toast.data?.tone ?? 'note';
    const Icon = ICONS[tone];
    return (
      <Toast.Root
        key={toast.id}
        toast={toast}
        className="popup-frame transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0 data-limited:hidden"
      >
        <Toast.Content className="flex items-start gap-3 p-3">
          <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${COLORS[tone]}`} />
          <div className="min-w-0 flex-1">
            <Toast.Title className="font-medium" />
            <Toast.Description className="text-sm break-words text-muted" />
          </div>
          <Toast.Close aria-label="Dismiss" className="rounded p-1 text-muted hover:bg-hover">
            <X aria-hidden className="size-4" />
          </Toast.Close>
        </Toast.Content>
      </Toast.Root>
    );
  });
}
