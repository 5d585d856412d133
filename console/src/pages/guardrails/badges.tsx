/** What a guardrail does, and how far it is rolled out. */
import { Ban, Bird, CircleCheck, EyeOff, Flag, Glasses, ShieldCheck, VenetianMask } from 'lucide-react';
import { Badge } from '../../kit/badge.tsx';
import { ACTION_WORDS, rolloutText, type Action, type Rollout } from './guardrail-value.ts';

const ACTION_LOOKS = {
  allow: ['good', CircleCheck],
  flag: ['warn', Flag],
  pseudonymize: ['note', VenetianMask],
  mask: ['note', EyeOff],
  redact: ['note', EyeOff],
  block: ['bad', Ban],
} as const;

export function ActionBadge({ action }: { readonly action: Action }) {
  const [tone, icon] = ACTION_LOOKS[action];
  return (
    <Badge tone={tone} icon={icon}>
      {ACTION_WORDS[action].label}
    </Badge>
  );
}

const ROLLOUT_LOOKS = {
  shadow: ['plain', Glasses],
  canary: ['warn', Bird],
  enforce: ['good', ShieldCheck],
} as const;

export function RolloutBadge({ rollout }: { readonly rollout: Rollout }) {
  const [tone, icon] = ROLLOUT_LOOKS[rollout.mode];
  return (
    <Badge tone={tone} icon={icon}>
      {rolloutText(rollout)}
    </Badge>
  );
}
