/** A tab that lists parts of one kind: searched, each a link, with the way to a new one. */
import { Plus, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { buttonClass } from '../../kit/button.tsx';
import { Card } from '../../kit/card.tsx';
import { DataTable, type Column } from '../../kit/data-table.tsx';
import { EmptyState } from '../../kit/empty-state.tsx';
import { FilterBar } from '../../kit/filter-bar.tsx';
import { Link } from '../../kit/link.tsx';
import { useSearchParams } from '../../kit/search-params.ts';
import { nameInPath } from '../../part-editing/name-in-path.ts';
import type { Held } from '../../part-editing/part-draft.ts';
import type { Asked } from '../../part-editing/part-kind.ts';
import { useMay } from '../../session/session.ts';
import { AccessFrame } from './access-frame.tsx';

interface PartListProps<Value> {
  readonly asked: Asked<Held<Value>>;
  readonly columns: readonly Column<Held<Value>>[];
  /** `People and agents` */
  readonly title: string;
  /** `group` */
  readonly noun: string;
  /** Of the list, below `/console`. */
  readonly to: string;
  readonly icon: LucideIcon;
  /** What such a thing is for, where there is none yet. */
  readonly lesson: ReactNode;
}

export function PartList<Value>(props: PartListProps<Value>) {
  const { asked, columns, title, noun, to, icon, lesson } = props;
  const [{ search = '' }] = useSearchParams();
  const mayWrite = useMay({ permission: 'access.write', over: 'organization' });
  const create = (
    <Link to={`${to}/new`} className={buttonClass('primary')}>
      <Plus aria-hidden />
      New {noun}
    </Link>
  );
  return (
    <AccessFrame actions={mayWrite && create}>
      <FilterBar
        filters={[{ kind: 'text', name: 'search', label: 'Search', placeholder: 'Name or description' }]}
      />
      <Card flush>
        <DataTable
          label={title}
          columns={columns}
          rows={asked.rows}
          rowKey={({ name }) => name}
          rowLink={({ name }) => `${to}/${nameInPath(name)}`}
          problem={asked.error}
          onRetry={() => asked.refetch()}
          isStale={asked.isPlaceholderData}
          more={asked}
          empty={
            search === '' ? (
              <EmptyState icon={icon} title="None yet" actions={mayWrite && create}>
                {lesson}
              </EmptyState>
            ) : (
              <EmptyState title={`Nothing matches “${search}”`} />
            )
          }
        />
      </Card>
    </AccessFrame>
  );
}

/** What is searched for, as lists of parts are asked. */
export function useSearchQuery(): { readonly query: { readonly search?: string } } {
  const [{ search = '' }] = useSearchParams();
  return { query: search === '' ? {} : { search } };
}
