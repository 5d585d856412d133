/** The pages that the session's permissions reach. */
import { Fragment } from 'react';
import { Link } from '../kit/link.tsx';
import { PAGES, type PageEntry } from '../pages.tsx';
import { isAnyMet, useSession } from '../session/session.ts';

const GROUPS = ['watch', 'shape', 'prove', 'use', 'house'] as const;

export function Navigation({ onChoose }: { readonly onChoose?: () => void }) {
  const session = useSession();
  const groups = GROUPS.map((group) => ({
    group,
    entries: PAGES.filter((entry) => entry.group === group && isAnyMet(entry.needs, session)),
  })).filter(({ entries }) => entries.length > 0);
  return (
    <nav aria-label="Main" className="min-h-0 flex-1 overflow-y-auto px-2 pb-3">
      {groups.map(({ group, entries }, index) => (
        <Fragment key={group}>
          {index > 0 && <div className="mx-2 my-2 border-t border-tower-line" />}
          <ul className="space-y-0.5">
            {entries.map((entry) => (
              <li key={entry.id}>
                <Entry entry={entry} onChoose={onChoose} />
              </li>
            ))}
          </ul>
        </Fragment>
      ))}
    </nav>
  );
}

interface EntryProps {
  readonly entry: PageEntry;
  readonly onChoose: (() => void) | undefined;
}

function Entry({ entry: { id, title, icon: Icon }, onChoose }: EntryProps) {
  return (
    <Link
      to={`/${id}`}
      onClick={onChoose}
      className="group flex h-9 items-center gap-2.5 rounded-md px-2.5 text-tower-muted no-underline hover:bg-tower-on hover:text-tower-text aria-[current=page]:bg-tower-on aria-[current=page]:font-medium aria-[current=page]:text-tower-text"
    >
      <Icon aria-hidden className="size-4.5 shrink-0 group-aria-[current=page]:text-gold" />
      {title}
    </Link>
  );
}
