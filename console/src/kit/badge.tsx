/** A word with its sign: what was done, how it ended, in what state it is. Never color alone. */
import {
  Ban,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleSlash,
  Clock,
  EyeOff,
  Flag,
  Hand,
  Info,
  VenetianMask,
  type LucideIcon,
} from 'lucide-react';
import type { ReactNode } from 'react';

const TONES = {
  good: 'bg-good-soft text-good',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
  note: 'bg-note-soft text-note',
  info: 'bg-accent-soft text-accent',
  plain: 'bg-sunken text-muted',
} as const;

export type BadgeTone = keyof typeof TONES;

const ICONS: Readonly<Record<BadgeTone, LucideIcon>> = {
  good: CircleCheck,
  warn: CircleAlert,
  bad: CircleSlash,
  note: VenetianMask,
  info: Info,
  plain: CircleDashed,
};

interface BadgeProps {
  readonly tone?: BadgeTone;
  /** Instead of the tone's own. */
  readonly icon?: LucideIcon;
  readonly children: ReactNode;
}

export function Badge({ tone = 'plain', icon, children }: BadgeProps) {
  const Icon = icon ?? ICONS[tone];
  return (
    <span
      className={`inline-flex max-w-full items-center gap-1 rounded px-1.5 py-0.5 text-sm leading-tight font-medium ${TONES[tone]}`}
    >
      <Icon aria-hidden className="size-3.5 shrink-0" />
      <span className="truncate">{children}</span>
    </span>
  );
}

interface Look {
  readonly tone: BadgeTone;
  readonly icon: LucideIcon;
  readonly text: string;
}

/** The words of the record: actions of guardrails, and outcomes of interactions. */
const LOOKS: Readonly<Record<string, Look>> = {
  allow: { tone: 'good', icon: CircleCheck, text: 'Allowed' },
  flag: { tone: 'warn', icon: Flag, text: 'Flagged' },
  redact: { tone: 'note', icon: EyeOff, text: 'Redacted' },
  mask: { tone: 'note', icon: EyeOff, text: 'Masked' },
  pseudonymize: { tone: 'note', icon: VenetianMask, text: 'Pseudonymized' },
  require_approval: { tone: 'warn', icon: Hand, text: 'Needs approval' },
  block: { tone: 'bad', icon: Ban, text: 'Blocked' },
  completed: { tone: 'good', icon: CircleCheck, text: 'Completed' },
  refused: { tone: 'bad', icon: Ban, text: 'Refused' },
  failed: { tone: 'warn', icon: CircleAlert, text: 'Failed' },
  client_closed: { tone: 'plain', icon: CircleDashed, text: 'Client left' },
  abandoned: { tone: 'plain', icon: CircleDashed, text: 'Client left' },
  running: { tone: 'info', icon: Clock, text: 'Running' },
};

/** An action or outcome, as the record names it. */
export function OutcomeBadge({ value }: { readonly value: string }) {
  const look = LOOKS[value];
  return look === undefined ? (
    <Badge>{value.replaceAll('_', ' ')}</Badge>
  ) : (
    <Badge tone={look.tone} icon={look.icon}>
      {look.text}
    </Badge>
  );
}
