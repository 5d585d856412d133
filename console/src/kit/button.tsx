/** What is pressed. A handler that takes its time keeps it busy; what it throws is told in a toast. */
import { Button as BaseButton } from '@base-ui/react/button';
import { useState, type ComponentProps, type MouseEvent, type ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { Spinner } from './spinner.tsx';
import { tellProblem } from './toast.tsx';

const TONES = {
  primary: 'border-transparent bg-accent-fill text-on-accent hover:bg-accent-fill-hover',
  plain: 'border-edge bg-surface text-text hover:bg-hover',
  quiet: 'border-transparent bg-transparent text-text hover:bg-hover',
  danger: 'border-transparent bg-bad-fill text-on-accent hover:bg-bad-fill-hover',
} as const;

export type ButtonTone = keyof typeof TONES;

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'onClick'> {
  readonly tone?: ButtonTone;
  readonly size?: 'small' | 'medium';
  /** Before the text. */
  readonly icon?: ReactNode;
  readonly busy?: boolean;
  readonly onClick?: (event: MouseEvent<HTMLButtonElement>) => unknown;
}

export function buttonClass(tone: ButtonTone = 'plain', size: 'small' | 'medium' = 'medium'): string {
  return classNames(
    'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap no-underline transition-colors',
    'data-disabled:opacity-60 data-disabled:pointer-events-none [&_svg]:size-4 [&_svg]:shrink-0',
    size === 'small' ? 'h-7 px-2 text-sm' : 'h-9 px-3.5 text-base',
    TONES[tone],
  );
}

export function Button({
  tone = 'plain',
  size = 'medium',
  icon,
  busy = false,
  onClick,
  className,
  children,
  disabled = false,
  type = 'button',
  ...rest
}: ButtonProps) {
  const [isWorking, press] = usePressing(onClick);
  const isBusy = busy || isWorking;
  return (
    <BaseButton
      {...rest}
      type={type}
      disabled={disabled || isBusy}
      focusableWhenDisabled={isBusy}
      aria-busy={isBusy || undefined}
      className={classNames(buttonClass(tone, size), className)}
      onClick={press}
    >
      {isBusy ? <Spinner /> : icon}
      {children}
    </BaseButton>
  );
}

/** Whether what the last press began is still going on. */
export function usePressing(
  onClick: ((event: MouseEvent<HTMLButtonElement>) => unknown) | undefined,
): readonly [boolean, (event: MouseEvent<HTMLButtonElement>) => void] {
  const [isWorking, setWorking] = useState(false);
  return [
    isWorking,
    (event) => {
      const work = onClick?.(event);
      if (!(work instanceof Promise)) return;
      setWorking(true);
      work.catch(tellProblem).finally(() => setWorking(false));
    },
  ];
}
