/** A part of a page, with a heading of its own. */
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

interface CardProps {
  readonly title?: ReactNode;
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  /** For tables, which bring their own. */
  readonly flush?: boolean;
  readonly className?: string;
}

export function Card({ title, description, actions, children, flush = false, className }: CardProps) {
  return (
    <section
      className={classNames(
        'min-w-0 overflow-clip rounded-lg border border-line bg-surface shadow-card',
        className,
      )}
    >
      {title !== undefined && (
        <header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-4 pt-3.5 pb-3 sm:flex-nowrap">
          <div className="min-w-0">
            <h2 className="font-semibold">{title}</h2>
            {description !== undefined && <p className="text-sm text-muted">{description}</p>}
          </div>
          {actions !== undefined && (
            <div className="flex shrink-0 flex-wrap gap-2 max-sm:shrink">{actions}</div>
          )}
        </header>
      )}
      <div className={classNames(!flush && 'px-4 pb-4', !flush && title === undefined && 'pt-4')}>
        {children}
      </div>
    </section>
  );
}
