/** A refusal in plain words: what happened, which rule it was, what to do next. */
import { Ban } from 'lucide-react';
import { InertText } from '../../kit/inert-text.tsx';
import type { Turn } from './conversation.ts';
import { rulesBehind, wordsFor } from './refusal-words.ts';

export function RefusalNotice({ turn }: { readonly turn: Turn }) {
  const { refused, own, answer } = turn;
  const code = refused?.code ?? own?.refusal ?? 'content_policy_violation';
  const { title, happened, next } = wordsFor(code);
  const rules = rulesBehind(refused, own);
  return (
    <section aria-label="Refused" className="flex gap-3 rounded-md bg-bad-soft p-3">
      <Ban aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
      <div className="min-w-0 space-y-1">
        <h2 className="font-medium text-bad">{title}</h2>
        <p>
          {happened}
          {answer !== '' && ' What was answered before that is above.'}
        </p>
        {refused !== undefined && refused.message !== '' && (
          <InertText text={refused.message} className="text-sm text-muted" maxChars={600} />
        )}
        {rules.length > 0 && (
          <ul aria-label="Which rule" className="list-disc pl-5">
            {rules.map(({ id, description }) => (
              <li key={id}>
                <InertText text={description === '' ? id : description} className="!inline" maxChars={400} />
                {description !== '' && <span className="text-sm text-muted"> ({id})</span>}
              </li>
            ))}
          </ul>
        )}
        {refused?.retryAfter !== undefined && <p>It may be tried again in {refused.retryAfter} seconds.</p>}
        <p className="font-medium">{next}</p>
      </div>
    </section>
  );
}
