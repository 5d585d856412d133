/** A button that shows an icon alone: its name is read aloud, and shown on hover and focus. */
import { Button, type ButtonProps } from './button.tsx';
import { classNames } from './class-names.ts';
import { Tooltip } from './tooltip.tsx';

interface IconButtonProps extends Omit<ButtonProps, 'children' | 'aria-label'> {
  readonly label: string;
}

export function IconButton({ label, size = 'medium', tone = 'quiet', className, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label}>
      <Button
        {...rest}
        tone={tone}
        size={size}
        aria-label={label}
        className={classNames(size === 'small' ? 'w-7 px-0' : 'w-9 px-0', className)}
      />
    </Tooltip>
  );
}
