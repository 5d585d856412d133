/** The browser checks the log itself: signature, history since its last look, and one entry, if somebody asks for it. */
import { CircleCheck, CircleDashed, CircleX } from 'lucide-react';
import { useState } from 'react';
import { ApiProblem } from '@contract/api/client.ts';
import { client } from '../../api.ts';
import { Button } from '../../kit/button.tsx';
import { Card } from '../../kit/card.tsx';
import { ConfirmDialog } from '../../kit/confirm-dialog.tsx';
import { Facts } from '../../kit/facts.tsx';
import { Form } from '../../kit/form.tsx';
import { InertText } from '../../kit/inert-text.tsx';
import { Link } from '../../kit/link.tsx';
import { useSearchParams } from '../../kit/search-params.ts';
import { TextField } from '../../kit/text-field.tsx';
import { TimeText } from '../../kit/time-text.tsx';
import { useMay } from '../../session/session.ts';
import { canCheck } from './proof/checkpoint.ts';
import { forget, readKept, type KeptCheckpoint } from './proof/kept-checkpoint.ts';
import { verifyLog, type LogSource, type Step, type Verified } from './proof/verify-log.ts';
import { saveAs } from './save-as.ts';
import { WhatItShows } from './what-it-shows.tsx';

const SOURCE: LogSource = {
  async latest() {
    const { keys, latest } = await client.call('getLog');
    if (latest === null) throw new Error('There is no checkpoint yet: try again in a few seconds.');
    return { verifierKeys: keys.map(({ verifierKey }) => verifierKey), note: latest.note };
  },
  async handover(generation) {
    try {
      return await (await client.download('proveHandover', { path: { generation } })).text();
    } catch (error) {
      if (error instanceof ApiProblem && error.problem.code === 'not_found') return undefined;
      throw error;
    }
  },
  async consistency(fromSize, toSize) {
    return (await client.call('proveConsistency', { query: { fromSize, toSize } })).hashes;
  },
  bundle: async (entry) => (await client.download('proveEntry', { query: { entry } })).text(),
};

export function VerifyHere() {
  const [search, setSearch] = useSearchParams();
  const [entry, setEntry] = useState(search['entry'] ?? '');
  const [kept, setKept] = useState(readKept);
  const [verified, setVerified] = useState<Verified>();
  const asked = entry.trim();

  async function verify(): Promise<void> {
    setVerified(undefined);
    setSearch({ entry: asked });
    const result = await verifyLog(SOURCE, readKept(), asked === '' ? undefined : asked);
    setVerified(result);
    setKept(readKept());
  }

  return (
    <div className="grid gap-5 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <Card
        title="Verify in this browser"
        description="It fetches checkpoint and proofs, and checks them itself: whatever the server says, signatures and hashes have to agree."
      >
        <div className="space-y-4">
          {canCheck() ? (
            <Form
              submit={asked === '' ? 'Verify the log' : 'Verify the log and this entry'}
              onSubmit={verify}
              actions={asked !== '' && <Download entry={asked} />}
            >
              <TextField
                label="One entry as well"
                hint="Its index, the response header x-bartizan-record, or an id such as req_…. Empty: the log alone."
                value={entry}
                onChange={setEntry}
                maxLength={300}
                mono
              />
            </Form>
          ) : (
            <p role="alert" className="rounded-md bg-warn-soft p-3 text-warn">
              Browsers check signatures on pages that came over HTTPS alone. Open this console over HTTPS, or
              make an auditor’s kit and verify that.
            </p>
          )}
          {verified !== undefined && <Result verified={verified} />}
        </div>
      </Card>
      <div className="space-y-5">
        <Kept
          kept={kept}
          onForget={() => {
            forget();
            setKept(undefined);
            setVerified(undefined);
          }}
        />
        <WhatItShows />
      </div>
    </div>
  );
}

function Download({ entry }: { readonly entry: string }) {
  return (
    <Button
      onClick={async () =>
        saveAs(await client.download('proveEntry', { query: { entry } }), 'entry.tlog-proof')
      }
    >
      Download its proof
    </Button>
  );
}

const NAMES: Readonly<Record<Step['id'], string>> = {
  handover: 'Key',
  signature: 'Signature',
  consistency: 'History',
  inclusion: 'Entry',
};

const LOOKS = {
  held: { icon: CircleCheck, className: 'text-good', word: 'holds' },
  new: { icon: CircleDashed, className: 'text-muted', word: 'begins here' },
  failed: { icon: CircleX, className: 'text-bad', word: 'DOES NOT HOLD' },
} as const;

function Result({ verified: { steps, fault, entry } }: { readonly verified: Verified }) {
  return (
    <section aria-label="Result" className="space-y-3">
      <p
        role="status"
        className={`rounded-md p-3 font-medium ${fault === undefined ? 'bg-good-soft text-good' : 'bg-bad-soft text-bad'}`}
      >
        {fault === undefined
          ? 'Verified by this browser.'
          : 'NOT verified. Keep what is below, and show it to whoever is responsible for this log.'}
      </p>
      <ul className="space-y-2">
        {steps.map(({ id, state, text }) => {
          const { icon: Icon, className, word } = LOOKS[state];
          return (
            <li key={id} className="flex items-start gap-2.5">
              <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${className}`} />
              <span className="min-w-0">
                <span className={`font-medium ${className}`}>
                  {NAMES[id]} {word}.
                </span>{' '}
                <span className="break-words">{text}</span>
              </span>
            </li>
          );
        })}
      </ul>
      {fault !== undefined && <p className="text-sm text-muted">{fault.code}</p>}
      {entry !== undefined && (
        <div>
          <h3 className="mb-1 flex flex-wrap justify-between gap-x-4 text-sm font-medium">
            Entry {entry.index}, as the log has it
            <Interaction leaf={entry.leaf} />
          </h3>
          <pre
            aria-label={`Entry ${entry.index}`}
            tabIndex={0}
            className="max-h-96 overflow-auto rounded-md bg-sunken p-3 font-mono text-sm"
          >
            <InertText text={indented(entry.leaf)} maxChars={20_000} />
          </pre>
        </div>
      )}
    </section>
  );
}

/** The way to what the entry is about, for whoever may. */
function Interaction({ leaf }: { readonly leaf: string }) {
  const id = interactionIn(leaf);
  return useMay('interactions.read') && id !== undefined ? (
    <Link to={`/activity/${encodeURIComponent(id)}`}>The interaction</Link>
  ) : null;
}

function interactionIn(leaf: string): string | undefined {
  try {
    const { entry } = JSON.parse(leaf) as { entry?: { kind?: unknown; id?: unknown } };
    const isOne = entry?.kind === 'interaction' || entry?.kind === 'interaction_end';
    return isOne && typeof entry.id === 'string' ? entry.id : undefined;
  } catch {
    // Of what is no JSON: none.
    return undefined;
  }
}

function indented(leaf: string): string {
  try {
    return JSON.stringify(JSON.parse(leaf), null, 2);
  } catch {
    // Shown as it is: that it was proven does not depend on its form.
    return leaf;
  }
}

interface KeptProps {
  readonly kept: KeptCheckpoint | undefined;
  readonly onForget: () => void;
}

function Kept({ kept, onForget }: KeptProps) {
  return (
    <Card
      title="What this browser remembers"
      description="Each later state of the log has to follow from it."
      actions={
        kept !== undefined && (
          <ConfirmDialog
            title="Forget the checkpoint"
            description="The next look trusts whatever key and history the server shows then. Do this only where you know why what it shows does not follow: a key that the log was handed over to is followed without it."
            confirm="Forget it"
            trigger={<Button size="small">Forget</Button>}
            onConfirm={onForget}
          />
        )
      }
    >
      {kept === undefined ? (
        <p className="text-muted">
          Nothing yet. Verify once, and this browser keeps the checkpoint and the key that signed it: from
          then on, nobody can change what was before without it being seen here.
        </p>
      ) : (
        <Facts
          facts={[
            [
              'Log',
              <span key="origin" className="break-all">
                {kept.origin}
              </span>,
            ],
            ['Entries', kept.size.toLocaleString()],
            [
              'Root',
              <code key="root" className="text-sm break-all">
                {kept.root}
              </code>,
            ],
            [
              'Key',
              <code key="key" className="text-sm break-all">
                {kept.verifierKey}
              </code>,
            ],
            ['Kept', <TimeText key="at" atMs={kept.keptAtMs} />],
          ]}
        />
      )}
    </Card>
  );
}
