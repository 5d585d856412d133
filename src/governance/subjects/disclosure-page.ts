/** A disclosure as a page that a person can read: HTML without scripts, styles from elsewhere, or anything to load. */
import type { Json } from '../../base/json.ts';
import type { DisclosedEntry, Disclosure } from './disclose.ts';

const ROLES = {
  principal: 'you asked',
  end_user: 'an application asked for you',
  mentioned: 'you were mentioned',
} as const;

export function htmlOf({ identifiers, madeAt, entries, isComplete }: Disclosure): string {
  const rows = entries.map(rowOf).join('\n');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>What the record holds about you</title>
<style>body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto}table{border-collapse:collapse;width:100%}td,th{border:1px solid #999;padding:.4rem;vertical-align:top;text-align:left}pre{white-space:pre-wrap;overflow-wrap:anywhere;margin:0}</style>
</head><body><h1>What the record holds about you</h1>
<p>${escaped(identifiers.join(', '))}. Made on ${escaped(madeAt)}: ${entries.length} entries${isComplete ? '' : ', and there are more'}. Other persons are left out.</p>
<table><thead><tr><th>When</th><th>How</th><th>Where</th><th>Outcome</th><th>What was said</th></tr></thead><tbody>
${rows}
</tbody></table></body></html>
`;
}

function rowOf(entry: DisclosedEntry): string {
  const where = [entry.application, entry.model, entry.provider].filter((each) => each !== undefined);
  return `<tr><td>${escaped(entry.at)}</td><td>${ROLES[entry.role]}</td><td>${escaped(where.join(', '))}</td><td>${escaped(entry.outcome)}</td><td>${saidIn(entry)}</td></tr>`;
}

function saidIn({ content, excerpts = [], pseudonyms }: DisclosedEntry): string {
  const named = pseudonyms.map(({ standIn, value }) =>
    standIn === undefined ? value : `${value} as ${standIn}`,
  );
  const said = content === undefined ? excerpts : [...textsOf(content)];
  return [...named, ...said].map((text) => `<pre>${escaped(text)}</pre>`).join('');
}

function* textsOf(value: Json): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null)
    for (const member of Object.values(value)) yield* textsOf(member as Json);
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/gu, (character) => `&#${character.codePointAt(0)};`);
}
