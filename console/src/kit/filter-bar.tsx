/** What a list is narrowed by. The page's address keeps it, so that a view can be linked to. */
import { ListFilter, Search, X } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { Button } from './button.tsx';
import { MultiSelect } from './combobox.tsx';
import { DateRange } from './date-range.tsx';
import { useSearchParams, type SearchParams } from './search-params.ts';
import { Select, type Option } from './select.tsx';
import { rangeIn, searchOf, type Span } from './time-range.ts';

export type Filter =
  /** Free text, put into the address once the typing rests. */
  | { readonly kind: 'text'; readonly name: string; readonly label: string; readonly placeholder?: string }
  | {
      readonly kind: 'choice';
      readonly name: string;
      readonly label: string;
      readonly options: readonly Option[];
    }
  /** Several, separated by commas. */
  | {
      readonly kind: 'choices';
      readonly name: string;
      readonly label: string;
      readonly options: readonly Option[];
    }
  /** `last`, or `from` and `to`. */
  | { readonly kind: 'time'; readonly otherwise?: Span };

interface FilterBarProps {
  readonly filters: readonly Filter[];
  /** At the end of the line. */
  readonly children?: ReactNode;
}

const REST_MS = 300;

export function FilterBar({ filters, children }: FilterBarProps) {
  const [search, change] = useSearchParams();
  const [isOpen, setOpen] = useState(false);
  const names = filters.flatMap((filter) => (filter.kind === 'time' ? [] : [filter.name]));
  const set = names.filter((name) => search[name] !== undefined);
  return (
    <search className="flex flex-wrap items-center gap-2">
      <Button
        className="md:hidden"
        icon={<ListFilter aria-hidden />}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        Filters{set.length > 0 && ` (${set.length})`}
      </Button>
      <div className={`${isOpen ? 'flex w-full' : 'hidden'} flex-wrap items-center gap-2 md:flex md:w-auto`}>
        {filters.map((filter) => (
          <One
            key={filter.kind === 'time' ? 'time' : filter.name}
            filter={filter}
            search={search}
            change={change}
          />
        ))}
        {set.length > 0 && (
          <Button
            tone="quiet"
            icon={<X aria-hidden />}
            onClick={() => change(Object.fromEntries(names.map((name) => [name, undefined])))}
          >
            Clear
          </Button>
        )}
      </div>
      {children !== undefined && <div className="ml-auto flex flex-wrap gap-2">{children}</div>}
    </search>
  );
}

interface OneProps {
  readonly filter: Filter;
  readonly search: SearchParams;
  readonly change: (patch: SearchParams) => void;
}

function One({ filter, search, change }: OneProps) {
  switch (filter.kind) {
    case 'text':
      return <TextFilter filter={filter} value={search[filter.name] ?? ''} change={change} />;
    case 'time':
      return (
        <DateRange value={rangeIn(search, filter.otherwise)} onChange={(range) => change(searchOf(range))} />
      );
    case 'choice':
      return (
        <div className="w-44 max-md:w-full">
          <Select
            label={filter.label}
            labelIsHidden
            placeholder={filter.label}
            options={[{ value: '', label: `${filter.label}: any` }, ...filter.options]}
            value={search[filter.name] ?? null}
            onChange={(value) => change({ [filter.name]: value })}
          />
        </div>
      );
    case 'choices':
      return (
        <div className="max-w-md min-w-48 max-md:w-full">
          <MultiSelect
            label={filter.label}
            labelIsHidden
            placeholder={filter.label}
            options={filter.options}
            value={(search[filter.name] ?? '').split(',').filter((each) => each !== '')}
            onChange={(values) => change({ [filter.name]: values.join(',') })}
          />
        </div>
      );
  }
}

interface TextFilterProps {
  readonly filter: Extract<Filter, { readonly kind: 'text' }>;
  readonly value: string;
  readonly change: (patch: SearchParams) => void;
}

function TextFilter({ filter, value, change }: TextFilterProps) {
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  // Somebody else changed the address: a link, the back button, "Clear".
  if (known !== value) {
    setKnown(value);
    setTyped(value);
  }
  useEffect(() => {
    if (typed === known) return;
    const timer = setTimeout(() => {
      setKnown(typed);
      change({ [filter.name]: typed });
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [typed, known, change, filter.name]);
  return (
    <div className="relative w-60 max-md:w-full">
      <Search aria-hidden className="pointer-events-none absolute top-2.5 left-2.5 size-4 text-muted" />
      <input
        type="search"
        aria-label={filter.label}
        placeholder={filter.placeholder ?? filter.label}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        className="input-frame pl-8"
      />
    </div>
  );
}
