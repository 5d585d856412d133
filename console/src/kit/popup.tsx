/** A small panel that a button opens: choices that take effect at once. */
import { Popover } from '@base-ui/react/popover';
import type { ReactNode } from 'react';

interface PopupProps {
  readonly title: string;
  readonly icon: ReactNode;
  readonly children: ReactNode;
}

export function Popup({ title, icon, children }: PopupProps) {
  return (
    <Popover.Root>
      <Popover.Trigger
        aria-label={title}
        className="inline-grid size-7 place-items-center rounded-md text-muted hover:bg-hover hover:text-text [&_svg]:size-4"
      >
        {icon}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} align="end" className="z-50">
          <Popover.Popup className="popup-frame min-w-48 p-3">
            <Popover.Title className="mb-2 text-sm font-medium">{title}</Popover.Title>
            {children}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
