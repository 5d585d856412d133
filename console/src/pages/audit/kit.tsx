/** An auditor's kit: a time of the record in one file, which is checked without this server. */
import { useRef, useState } from 'react';
import { client } from '../../api.ts';
import { Card } from '../../kit/card.tsx';
import { DateRange } from '../../kit/date-range.tsx';
import { Form } from '../../kit/form.tsx';
import { Progress } from '../../kit/progress.tsx';
import { bytesText } from '../../kit/quantities.tsx';
import { Switch } from '../../kit/switch.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { boundsOf, type TimeRange } from '../../kit/time-range.ts';
import { tell } from '../../kit/toast.tsx';
import { readKept } from './proof/kept-checkpoint.ts';
import { nameOf, saveBlob } from './save-as.ts';

export function Kit() {
  const [range, setRange] = useState<TimeRange>({ kind: 'last', span: '30d' });
  const [proofs, setProofs] = useState(false);
  const [known, setKnown] = useState(true);
  const [reason, setReason] = useState('');
  const [taken, setTaken] = useState<number>();
  const running = useRef<AbortController>(undefined);
  const kept = readKept();

  async function make(): Promise<void> {
    const ended = new AbortController();
    running.current = ended;
    try {
      setTaken(0);
      const body = {
        ...boundsOf(range),
        proofs,
        ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
        ...(kept !== undefined && known ? { knownSize: kept.size } : {}),
      };
      const response = await client.download('makeKit', { body, signal: ended.signal });
      saveBlob(await counted(response, setTaken), nameOf(response, 'bartizan-kit.zip'));
      tell('The kit is made', 'Verify it with the page verifier.html that is in it, opened from your disk.');
    } catch (error) {
      if (!ended.signal.aborted) throw error;
    } finally {
      setTaken(undefined);
    }
  }

  return (
    <div className="grid gap-5 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <Card
        title="Make an auditor’s kit"
        description="Every entry of a time, its configurations and checkpoints, and a page that verifies them offline. That you made it is recorded."
      >
        <div className="space-y-4">
          <Form submit="Make the kit" onSubmit={make} disabled={taken !== undefined}>
            <div className="space-y-1">
              <p className="text-sm font-medium">Time</p>
              <DateRange value={range} onChange={setRange} />
            </div>
            <TextField
              label="Why"
              hint="For the record; optional. Do not name persons."
              value={reason}
              onChange={setReason}
              maxLength={500}
            />
            <Switch
              label="With a proof of its own for each entry: larger"
              checked={proofs}
              onChange={setProofs}
            />
            {kept !== undefined && (
              <Switch
                label={`Show that it follows from the ${kept.size.toLocaleString()} entries that this browser remembers`}
                checked={known}
                onChange={setKnown}
              />
            )}
          </Form>
          {taken !== undefined && (
            <Progress
              label="Making the kit"
              value={null}
              detail={bytesText(taken)}
              onCancel={() => running.current?.abort()}
            />
          )}
        </div>
      </Card>
      <Card title="What the auditor needs">
        <ol className="list-decimal space-y-1.5 pl-5">
          <li>The kit: it names nobody, and holds nothing that was said.</li>
          <li>
            The log’s key, on another way than with the kit: from Witnesses and keys, read out over the
            telephone or from your contract.
          </li>
          <li>
            A browser: <code>verifier.html</code> in the kit works from a disk without a network. Or{' '}
            <code>bartizan audit verify</code>.
          </li>
        </ol>
        <p className="mt-3 text-muted">
          A kit that shows who each entry was about is made at the command line alone:{' '}
          <code>--role full</code>.
        </p>
      </Card>
    </div>
  );
}

/** All of it, told on the way how much there is. */
async function counted(response: Response, tellBytes: (bytes: number) => void): Promise<Blob> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done || value === undefined) break;
    chunks.push(new Uint8Array(value));
    tellBytes((bytes += value.length));
  }
  return new Blob(chunks, { type: 'application/zip' });
}
