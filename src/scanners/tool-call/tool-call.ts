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
import { FILE_RULES } from './file-rules.ts';
import { createInternalAddressFinder } from './internal-address.ts';
import { createRuleFinder, RULE_DECISION, RULE_REACH, type RuleFinder } from './rule.ts';
import { SHELL_RULES } from './shell-rules.ts';
import { SQL_RULES } from './sql-rules.ts';

const KINDS = ['DANGEROUS_SHELL', 'DANGEROUS_SQL', 'SENSITIVE_FILE', 'INTERNAL_ADDRESS'] as const;
type Kind = (typeof KINDS)[number];

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
  description: 'Commands, SQL, files and addresses in the arguments of tools that no tool should be given.',
  risks: ['LLM05:2025', 'LLM06:2025'],
  kinds: KINDS,
  config,
  create: (configured, wanted) =>
    KINDS.filter((kind) => wanted.length === 0 || wanted.includes(kind)).map((kind) =>
      createChain(kind, configured),
    ),
});

/** A chain for each kind: a file that must not be read may stand in a command that must not be run. */
function createChain(kind: Kind, configured: Config): Scanner {
  const finder = finderOf(kind, configured);
  const isLookedAt = ({ channel, role }: TextPlace): boolean =>
    configured.everywhere || (channel === 'tool' && (configured.results || role !== 'tool'));
  return {
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

function finderOf(kind: Kind, { allowed_hosts }: Config): RuleFinder {
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
