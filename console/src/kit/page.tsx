/** A page: its title, which the tab has too, what it is for, and what can be done on it. */
import { ChevronRight } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { focusHeading } from '../shell/focus.ts';
import { InertText } from './inert-text.tsx';
import { Link } from './link.tsx';

interface PageProps {
  readonly title: string;
  readonly description?: ReactNode;
  /** The way back up, below `/console`. */
  readonly parents?: readonly { readonly title: string; readonly to: string }[];
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

export function Page({ title, description, parents = [], actions, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Bartizan`;
    focusHeading(heading.current);
  }, [title]);
  return (
    <div className="mx-auto w-full max-w-[90rem] space-y-5 px-4 py-5 md:px-7 md:py-6">
      <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          {parents.length > 0 && (
            <nav aria-label="Breadcrumbs" className="mb-1 flex flex-wrap items-center gap-1 text-sm">
              {parents.map((parent) => (
                <span key={parent.to} className="flex items-center gap-1">
                  <Link to={parent.to}>{parent.title}</Link>
                  <ChevronRight aria-hidden className="size-3.5 text-muted" />
                </span>
              ))}
            </nav>
          )}
          <h1 ref={heading} tabIndex={-1} className="text-xl font-semibold break-words outline-none">
            <InertText text={title} />
          </h1>
          {description !== undefined && <p className="mt-0.5 max-w-3xl text-muted">{description}</p>}
        </div>
        {actions !== undefined && <div className="flex flex-wrap gap-2">{actions}</div>}
      </header>
      {children}
    </div>
  );
}
