/** The navigation where there is no room for it: it slides in from the left. */
import { Drawer } from '@base-ui/react/drawer';
import { X } from 'lucide-react';
import { Mark } from '../kit/mark.tsx';
import { Navigation } from './navigation.tsx';

interface NavigationDrawerProps {
  readonly open: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
}

export function NavigationDrawer({ open, onOpenChange }: NavigationDrawerProps) {
  return (
    <Drawer.Root open={open} onOpenChange={(isOpen) => onOpenChange(isOpen)} swipeDirection="left">
      <Drawer.Portal>
        <Drawer.Backdrop className="fixed inset-0 z-40 bg-veil transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Drawer.Viewport className="fixed inset-0 z-40 flex">
          <Drawer.Popup className="flex h-full w-[min(18rem,85vw)] [transform:translateX(var(--drawer-swipe-movement-x))] flex-col bg-tower text-tower-text shadow-popup transition-transform data-ending-style:-translate-x-full data-starting-style:-translate-x-full">
            <div className="flex items-center gap-2.5 px-4 py-3">
              <Mark className="size-7" />
              <Drawer.Title className="flex-1 font-semibold">Bartizan</Drawer.Title>
              <Drawer.Close aria-label="Close" className="rounded p-2 hover:bg-tower-on">
                <X aria-hidden className="size-4.5" />
              </Drawer.Close>
            </div>
            <Navigation onChoose={() => onOpenChange(false)} />
          </Drawer.Popup>
        </Drawer.Viewport>
      </Drawer.Portal>
    </Drawer.Root>
  );
}
