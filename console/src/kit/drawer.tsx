/** One thing in full, beside the list it came from. Swipe, Escape or the cross closes it. */
import { Drawer as Base } from '@base-ui/react/drawer';
import { X } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';

interface DrawerProps {
  readonly title: string;
  readonly description?: ReactNode;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
  readonly trigger?: ReactElement;
  readonly open?: boolean;
  readonly onOpenChange?: (isOpen: boolean) => void;
}

export function Drawer({ title, description, children, actions, trigger, open, onOpenChange }: DrawerProps) {
  return (
    <Base.Root
      swipeDirection="right"
      {...(open === undefined ? {} : { open })}
      onOpenChange={(isOpen) => onOpenChange?.(isOpen)}
    >
      {trigger !== undefined && <Base.Trigger render={trigger} />}
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-veil transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Viewport className="fixed inset-0 z-40 flex justify-end">
          <Base.Popup className="flex h-full w-[min(40rem,100vw)] [transform:translateX(var(--drawer-swipe-movement-x))] flex-col border-l border-line bg-raised shadow-popup transition-transform data-ending-style:translate-x-full data-starting-style:translate-x-full">
            <div className="flex items-start justify-between gap-4 border-b border-line px-5 py-4">
              <div className="min-w-0">
                <Base.Title className="text-lg font-semibold break-words">{title}</Base.Title>
                {description !== undefined && (
                  <Base.Description className="text-sm text-muted">{description}</Base.Description>
                )}
              </div>
              <Base.Close aria-label="Close" className="-mr-1.5 rounded p-1.5 text-muted hover:bg-hover">
                <X aria-hidden className="size-4" />
              </Base.Close>
            </div>
            <Base.Content className="min-h-0 flex-1 overflow-y-auto px-5 py-4">{children}</Base.Content>
            {actions !== undefined && (
              <footer className="flex justify-end gap-2 border-t border-line px-5 py-3">{actions}</footer>
            )}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}
