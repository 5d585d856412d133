/** Chooses a stretch of time: one of the usual ones, or from and to, in the viewer's own zone. */
import { Popover } from '@base-ui/react/popover';
import { CalendarClock } from 'lucide-react';
import { useState } from 'react';
import { Button, buttonClass } from './button.tsx';
import { TextField } from './text-field.tsx';
import { boundsOf, SPAN_NAMES, SPANS, type TimeRange } from './time-range.ts';

interface DateRangeProps {
  readonly value: TimeRange;
  readonly onChange: (range: TimeRange) => void;
}

const dates = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

export function DateRange({ value, onChange }: DateRangeProps) {
  const [isOpen, setOpen] = useState(false);
  const title = value.kind === 'last' ? SPANS[value.span].title : dates.formatRange(value.fromMs, value.toMs);

  function choose(range: TimeRange): void {
    onChange(range);
    setOpen(false);
  }

  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger className={buttonClass()} aria-label={`Time: ${title}`}>
        <CalendarClock aria-hidden className="text-muted" />
        {title}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} align="start" className="z-50">
          <Popover.Popup className="popup-frame w-[min(20rem,calc(100vw-2rem))] space-y-3 p-3">
            <Popover.Title className="sr-only">Stretch of time</Popover.Title>
            <div className="grid grid-cols-2 gap-1.5">
              {SPAN_NAMES.map((span) => (
                <Button
                  key={span}
                  size="small"
                  tone={value.kind === 'last' && value.span === span ? 'primary' : 'plain'}
                  aria-pressed={value.kind === 'last' && value.span === span}
                  onClick={() => choose({ kind: 'last', span })}
                >
                  {SPANS[span].title}
                </Button>
              ))}
            </div>
            <Between value={value} onChoose={choose} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

interface BetweenProps {
  readonly value: TimeRange;
  readonly onChoose: (range: TimeRange) => void;
}

function Between({ value, onChoose }: BetweenProps) {
  const bounds = boundsOf(value);
  const [from, setFrom] = useState(localText(bounds.fromMs));
  const [to, setTo] = useState(localText(bounds.toMs));
  const fromMs = Date.parse(from);
  const toMs = Date.parse(to);
  const isBackwards = fromMs >= toMs;
  return (
    <form
      className="space-y-2 border-t border-line pt-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBackwards) onChoose({ kind: 'between', fromMs, toMs });
      }}
    >
      <TextField label="From" type="datetime-local" value={from} onChange={setFrom} />
      <TextField
        label="To"
        type="datetime-local"
        value={to}
        onChange={setTo}
        error={isBackwards ? 'It has to end after it begins.' : undefined}
      />
      <p className="text-sm text-muted">Times of {Intl.DateTimeFormat().resolvedOptions().timeZone}</p>
      <Button type="submit" tone="primary" size="small" disabled={isBackwards || Number.isNaN(fromMs + toMs)}>
        Show
      </Button>
    </form>
  );
}

/** As an input of kind `datetime-local` has it. */
function localText(atMs: number): string {
  const local = new Date(atMs - new Date(atMs).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
