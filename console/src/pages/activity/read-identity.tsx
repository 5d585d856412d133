/** Whose an interaction was: opened for a stated reason, with a second person's approval where the house asks for it. */
import { useState } from 'react';
import { client } from '../../api.ts';
import { Button } from '../../kit/button.tsx';
import { Facts } from '../../kit/facts.tsx';
import { InertText } from '../../kit/inert-text.tsx';
import { ReadingForm } from './reading-form.tsx';

type Identity = Awaited<ReturnType<typeof client.call<'readIdentity'>>>;

interface ReadIdentityProps {
  readonly interaction: string;
  /** Of an entry of it. */
  readonly index: number;
}

export function ReadIdentity({ interaction, index }: ReadIdentityProps) {
  const [identity, setIdentity] = useState<Identity>();
  if (identity === undefined)
    return (
      <ReadingForm
        interaction={interaction}
        index={index}
        submit="Read whose it was"
        onRead={async (reason) => setIdentity(await client.call('readIdentity', { path: { index }, reason }))}
      />
    );
  const { principal, assertedBy, credential } = identity;
  return (
    <section aria-label="Whose it was" className="space-y-3">
      <Facts
        facts={[
          ['Who', named(principal) ?? 'Nobody was identified, or it cannot be known any more.'],
          ['Asserted by', named(assertedBy) ?? 'nobody else'],
          [
            'Credential',
            <code key="credential" className="break-all">
              {credential ?? 'none that is known'}
            </code>,
          ],
        ]}
      />
      <div className="flex flex-wrap items-center gap-3">
        <p className="text-sm text-muted">Your reading is recorded, with the reason you gave.</p>
        <Button size="small" onClick={() => setIdentity(undefined)}>
          Close
        </Button>
      </div>
    </section>
  );
}

/** A name of the directory's, or of whoever asserted it: text like any other. */
function named(who: Identity['principal']) {
  return who === null ? undefined : <InertText text={`${who.kind}:${who.id}`} maxChars={300} />;
}
