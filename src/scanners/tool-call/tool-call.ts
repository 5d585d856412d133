/** Finds dangerous arguments in calls of tools: commands, statements, files and addresses. */
import { z } from 'zod';
import {
  afterSightings,
  defineScanner,
  type Scanner,
  type TextPlace,
} from '../../modules/scanning/scanner.ts';
import { createHostMatcher, hostList } from '../reading/host-list.ts';
import { ADDRESS_DECISION, ADDRESS_REACH } from '../reading/web-address.ts';
import { carriedSecrets, createSecretFinder, SECRET_DECISION, SECRET_REACH } from './carried-secrets.ts';
import { type Conversation, conversationOf } from './conversation.ts';
import { FILE_RULES } from './file-rules.ts';
import { createTargetFinder, instructedTargets } from './instructed-targets.ts';
import { createInternalAddressFinder } from './internal-address.ts';
import { createRuleFinder, RULE_DECISION, RULE_REACH, type RuleFinder } from './rule.ts';
import { SHELL_RULES } from './shell-rules.ts';
import { SQL_RULES } from './sql-rules.ts';
import { TARGET_DECISION } from './target.ts';

const ALONE = ['DANGEROUS_SHELL', 'DANGEROUS_SQL', 'SENSITIVE_FILE', 'INTERNAL_ADDRESS'] as const;
/** Told by what the model read before. */
const COMPARED = ['CARRIES_SECRET', 'FOLLOWS_TOOL_RESULT'] as const;
const KINDS = [...ALONE, ...COMPARED] as const;

const config = z.strictObject({
  /** Internal hosts that tools may call; `*.example.com` for all below one. */
  allowed_hosts: hostList.default([]),
  /** Whether results of tools are looked at like the arguments they are called with. */
  results: z.boolean().default(false),
  /** Whether every text is looked at, whatever channel it is in. */
  everywhere: z.boolean().default(false),
});
type Config = z.infer<typeof config>;

export const toolCall = defineScanner<Config>({
  id: 'tool-call',
  title: 'Dangerous tool calls',
  description:
    'Commands, SQL, files and addresses that no tool should be given, secrets, and what a tool told the model to do.',
  risks: ['LLM01:2025', 'LLM02:2025', 'LLM05:2025', 'LLM06:2025', 'LLM01:2026'],
  kinds: KINDS,
  config,
  create(configured, wanted) {
    const isAsked = (kind: string): boolean => wanted.length === 0 || wanted.includes(kind);
    return [
      ...ALONE.filter(isAsked).map((kind) => createChain(kind, configured)),
      ...COMPARED.filter(isAsked).map(createComparison),
    ];
  },
});

/** A chain for each kind: a file that must not be read may stand in a command that must not be run. */
function createChain(kind: (typeof ALONE)[number], configured: Config): Scanner {
  const finder = finderOf(kind, configured);
  const isLookedAt = ({ channel, role }: TextPlace): boolean =>
    configured.everywhere || (channel === 'tool' && (configured.results || role !== 'tool'));
  return {
    looksAt: isLookedAt,
    reach: Math.max(ADDRESS_REACH + 1, RULE_REACH),
    maxHold: kind === 'INTERNAL_ADDRESS' ? ADDRESS_DECISION : RULE_DECISION,
    scan: (text, from, place, _final, until) => (isLookedAt(place) ? finder.find(text, from, until) : []),
    settled(text, from, place) {
      if (!isLookedAt(place)) return text.length;
      const open = finder.undecidedFrom(text, from);
      return open === from ? from : afterSightings(open, finder.find(text, from, open));
    },
  };
}

function finderOf(kind: (typeof ALONE)[number], { allowed_hosts }: Config): RuleFinder {
  switch (kind) {
    case 'DANGEROUS_SHELL':
      return createRuleFinder(kind, SHELL_RULES);
    case 'DANGEROUS_SQL':
      return createRuleFinder(kind, SQL_RULES);
    case 'SENSITIVE_FILE':
      return createRuleFinder(kind, FILE_RULES);
    case 'INTERNAL_ADDRESS':
      return createInternalAddressFinder(createHostMatcher(allowed_hosts));
  }
}

/** Compares an answer's arguments with the conversation that it goes on from. */
function createComparison(kind: (typeof COMPARED)[number]): Scanner {
  // Made once for each request, and gone with it.
  const finders = new WeakMap<NonNullable<TextPlace['conversation']>, RuleFinder | null>();

  const isCompared = ({ direction, channel, role, conversation }: TextPlace): boolean =>
    conversation !== undefined && direction === 'response' && channel === 'tool' && role !== 'tool';

  function finderFor(place: TextPlace): RuleFinder | null {
    const { conversation } = place;
    if (!conversation || !isCompared(place)) return null;
    let finder = finders.get(conversation);
    if (finder === undefined) {
      finder = comparisonWith(kind, conversationOf(conversation));
      finders.set(conversation, finder);
    }
    return finder;
  }

  return {
    looksAt: isCompared,
    reach: SECRET_REACH,
    maxHold: Math.max(TARGET_DECISION, SECRET_DECISION),
    scan: (text, from, place, _final, until) => finderFor(place)?.find(text, from, until) ?? [],
    settled(text, from, place) {
      const finder = finderFor(place);
      if (!finder) return text.length;
      const open = finder.undecidedFrom(text, from);
      return open === from ? from : afterSightings(open, finder.find(text, from, open));
    },
  };
}

/** Null where nothing is there to be looked for: then nothing is held back. */
function comparisonWith(kind: (typeof COMPARED)[number], conversation: Conversation): RuleFinder | null {
  if (kind === 'CARRIES_SECRET') {
    const secrets = carriedSecrets(conversation);
    return secrets.size > 0 ? createSecretFinder(secrets) : null;
  }
  const targets = instructedTargets(conversation);
  return targets.size > 0 ? createTargetFinder(targets) : null;
}
