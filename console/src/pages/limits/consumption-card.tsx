/** One limit: its counters as bars, the fullest first, each with where it leads. */
import { Meter } from '@base-ui/react/meter';
import { useState } from 'react';
import { Button } from '../../kit/button.tsx';
import { InertText } from '../../kit/inert-text.tsx';
import { Link } from '../../kit/link.tsx';
import { TimeText } from '../../kit/time-text.tsx';
import { nameInPath } from '../../part-editing/name-in-path.ts';
import { useMay } from '../../session/session.ts';
import { amountText } from './amount-text.ts';
import { forecastOf, type Forecast } from './forecast-words.ts';
import { limitText, type Consumption, type Counter } from './limit-value.ts';

const SHOWN = 4;

interface ConsumptionCardProps {
  readonly item: Consumption;
  readonly atMs: number;
  readonly description: string;
  /** On its own page, where nothing has to lead there. */
  readonly isAlone?: boolean;
}

export function ConsumptionCard({ item, atMs, description, isAlone = false }: ConsumptionCardProps) {
  const [isWhole, setWhole] = useState(false);
  const mayRead = useMay('configuration.read');
  const { limit, counters, windowEndMs } = item;
  const shown = isWhole ? counters : counters.slice(0, SHOWN);
  return (
    <article
      aria-label={limit}
      className="min-w-0 space-y-3 rounded-lg border border-line bg-surface p-4 shadow-card"
    >
      <header>
        {isAlone ? (
          <h2 className="font-semibold">Used now</h2>
        ) : (
          <h3 className="font-semibold break-all">
            {mayRead ? <Link to={`/limits/limit/${nameInPath(limit)}`}>{limit}</Link> : limit}
          </h3>
        )}
        <p className="text-sm">{limitText(item)}</p>
        {description !== '' && <InertText text={description} className="text-sm text-muted" />}
        {windowEndMs !== null && (
          <p className="text-sm text-muted">
            Counted anew from <TimeText atMs={windowEndMs} />
          </p>
        )}
      </header>
      {counters.length === 0 ? (
        <p className="text-muted">Nobody has used anything of it yet.</p>
      ) : (
        <ul className="space-y-3">
          {shown.map((counter) => (
            <li key={counter.scope}>
              <CounterBar counter={counter} item={item} atMs={atMs} />
            </li>
          ))}
        </ul>
      )}
      {counters.length > SHOWN && (
        <Button size="small" tone="quiet" onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'Show the fullest' : `Show all ${counters.length}`}
        </Button>
      )}
    </article>
  );
}

const FILLS: Readonly<Record<Forecast['tone'], string>> = {
  good: 'bg-good',
  warn: 'bg-warn',
  bad: 'bg-bad',
  plain: 'bg-accent-fill',
};
const WORDS: Readonly<Record<Forecast['tone'], string>> = {
  good: 'text-muted',
  warn: 'text-warn',
  bad: 'text-bad',
  plain: 'text-muted',
};

interface CounterBarProps {
  readonly counter: Counter;
  readonly item: Consumption;
  readonly atMs: number;
}

function CounterBar({ counter, item, atMs }: CounterBarProps) {
  const { scope, used, share } = counter;
  const { tone, words } = forecastOf(item, counter, atMs);
  const percent = `${Math.floor(share * 100)} %`;
  const amounts = `${amountText(item.measure, used)} of ${amountText(item.measure, item.capacity)}`;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 gap-y-1">
      <span className="min-w-0 truncate font-medium">
        <Scope scope={scope} />
      </span>
      <span className="text-sm tabular-nums">
        {amounts} <span className="text-muted">({percent})</span>
      </span>
      <Meter.Root
        value={Math.min(1, share) * 100}
        aria-label={scope}
        aria-valuetext={`${amounts}, ${percent}. ${words}`}
        className="col-span-2"
      >
        <Meter.Track className="h-2 overflow-hidden rounded-full bg-line">
          <Meter.Indicator className={`h-full rounded-full transition-[width] ${FILLS[tone]}`} />
        </Meter.Track>
      </Meter.Root>
      <span className={`col-span-2 text-sm ${WORDS[tone]}`}>{words}</span>
    </div>
  );
}

const LINKED = new Set(['application', 'principal', 'model', 'provider']);

/** `application demo` leads to what it did. */
function Scope({ scope }: { readonly scope: string }) {
  const maySee = useMay('interactions.read');
  const [kind = '', ...rest] = scope.split(' ');
  const name = rest.join(' ');
  if (name === '') return 'Everybody together';
  const text = (
    <>
      <span className="font-normal text-muted">{kind}</span> {name}
    </>
  );
  if (!maySee || !LINKED.has(kind)) return text;
  return (
    <Link to={`/activity?${kind}=${encodeURIComponent(name)}`} className="no-underline hover:underline">
      {text}
    </Link>
  );
}
