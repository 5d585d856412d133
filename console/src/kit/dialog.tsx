/** A question over the page, which has to be answered first. Escape closes it; focus goes back where it was. */
import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { classNames } from './class-names.ts';

export interface DialogProps {
  readonly title: string;
  readonly description?: ReactNode;
  readonly children?: ReactNode;
  /** Buttons at the end. */
  readonly actions?: ReactNode;
  /** What opens it; without it, `open` says. */
  readonly trigger?: ReactElement;
  readonly open?: boolean;
  readonly onOpenChange?: (isOpen: boolean) => void;
  readonly wide?: boolean;
}

export function Dialog(props: DialogProps) {
  const { title, description, children, actions, trigger, wide = false } = props;
  return (
    <Base.Root
      {...(props.open === undefined ? {} : { open: props.open })}
      onOpenChange={(isOpen) => props.onOpenChange?.(isOpen)}
    >
      {trigger !== undefined && <Base.Trigger render={trigger} />}
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-veil transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Popup
          className={classNames(
            'popup-frame fixed top-1/2 left-1/2 z-40 flex max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2 flex-col transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0',
            wide ? 'max-w-3xl' : 'max-w-lg',
          )}
        >
          <div className="flex items-start justify-between gap-4 px-5 pt-4 pb-2">
            <Base.Title className="text-lg font-semibold">{title}</Base.Title>
            <Base.Close aria-label="Close" className="-mr-1.5 rounded p-1.5 text-muted hover:bg-hover">
              <X aria-hidden className="size-4" />
            </Base.Close>
          </div>
          <div className="min-h-0 flex-1 space-y-4 overflow-y-auto px-5 pb-4">
            {description !== undefined && (
              <Base.Description className="text-muted">{description}</Base.Description>
            )}
            {children}
          </div>
          {actions !== undefined && (
            <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">
              {actions}
            </footer>
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

/** A button within that closes it. */
export function DialogClose({ render }: { readonly render: ReactElement }) {
  return <Base.Close render={render} />;
}
