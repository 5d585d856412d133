/** A few things to do, behind one button. */
import { Menu as Base } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { Link } from './link.tsx';
import { tellProblem } from './toast.tsx';

export type MenuEntry =
  | {
      readonly kind: 'action';
      readonly label: ReactNode;
      readonly icon?: ReactNode;
      readonly onChoose: () => unknown;
      readonly danger?: boolean;
      readonly disabled?: boolean;
    }
  | { readonly kind: 'link'; readonly label: ReactNode; readonly icon?: ReactNode; readonly to: string }
  | { readonly kind: 'separator' }
  | { readonly kind: 'heading'; readonly label: ReactNode }
  | {
      readonly kind: 'choice';
      readonly label: string;
      readonly value: string;
      readonly options: readonly { readonly value: string; readonly label: ReactNode }[];
      readonly onChange: (value: string) => void;
    };

interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactElement;
  readonly entries: readonly MenuEntry[];
  readonly side?: 'top' | 'bottom' | 'right';
}

export function Menu({ trigger, entries, side = 'bottom' }: MenuProps) {
  return (
    <Base.Root modal={false}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner side={side} align="end" sideOffset={6} className="z-50">
          <Base.Popup className="popup-frame min-w-48 max-w-80 p-1">
            {entries.map((entry, index) => (
              // Entries have no names of their own, and their order is what they are.
              <Entry key={index} entry={entry} />
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

function Entry({ entry }: { readonly entry: MenuEntry }) {
  switch (entry.kind) {
    case 'separator':
      return <Base.Separator className="mx-1 my-1 h-px bg-line" />;
    case 'heading':
      return <div className="px-2.5 pt-1.5 pb-1 text-sm text-muted">{entry.label}</div>;
    case 'link':
      return (
        <Base.LinkItem
          render={<Link to={entry.to} />}
          closeOnClick
          className="popup-item [&_svg]:size-4 [&_svg]:text-muted"
        >
          {entry.icon}
          {entry.label}
        </Base.LinkItem>
      );
    case 'action':
      return (
        <Base.Item
          disabled={entry.disabled ?? false}
          onClick={() => {
            const work = entry.onChoose();
            if (work instanceof Promise) work.catch(tellProblem);
          }}
          className={`popup-item [&_svg]:size-4 ${entry.danger === true ? 'text-bad! [&_svg]:text-bad' : '[&_svg]:text-muted'}`}
        >
          {entry.icon}
          {entry.label}
        </Base.Item>
      );
    case 'choice':
      return <Choice {...entry} />;
  }
}

function Choice({ label, value, options, onChange }: Extract<MenuEntry, { readonly kind: 'choice' }>) {
  return (
    <Base.Group>
      <Base.GroupLabel className="px-2.5 pt-1.5 pb-1 text-sm text-muted">{label}</Base.GroupLabel>
      <Base.RadioGroup value={value} onValueChange={(chosen) => onChange(String(chosen))}>
        {options.map((option) => (
          <Base.RadioItem key={option.value} value={option.value} closeOnClick className="popup-item">
            <span className="w-4">
              <Base.RadioItemIndicator>
                <Check aria-hidden className="size-4" />
              </Base.RadioItemIndicator>
            </span>
            {option.label}
          </Base.RadioItem>
        ))}
      </Base.RadioGroup>
    </Base.Group>
  );
}
