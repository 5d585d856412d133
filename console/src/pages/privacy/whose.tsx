/** Whose one interaction was: for a complaint or an incident that names the interaction, and not the person. */
import { useState } from 'react';
import { client } from '../../api.ts';
import { Card } from '../../kit/card.tsx';
import { Form } from '../../kit/form.tsx';
import { Link } from '../../kit/link.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { ReadIdentity } from '../activity/read-identity.tsx';

interface Found {
  readonly id: string;
  /** Of its last entry. */
  readonly index: number;
}

export function Whose() {
  const [id, setId] = useState('');
  const [found, setFound] = useState<Found>();

  async function find(): Promise<void> {
    setFound(undefined);
    const { record, index } = await client.call('getInteraction', { path: { id: id.trim() } });
    setFound({ id: id.trim(), index: record.at(-1)?.index ?? index });
  }

  return (
    <div className="grid gap-5 xl:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
      <Card title="Which interaction" description="As the answer’s header x-bartizan-request-id named it.">
        <Form submit="Look for it" onSubmit={find} disabled={id.trim() === ''}>
          <TextField label="Its id" hint="Such as req_…" value={id} onChange={setId} maxLength={128} mono />
        </Form>
      </Card>
      {found !== undefined && (
        <Card
          title="Whose it was"
          description="Say why you read it: the reason is recorded before anything is shown."
          actions={<Link to={`/activity/${encodeURIComponent(found.id)}`}>The interaction</Link>}
        >
          <ReadIdentity key={found.id} interaction={found.id} index={found.index} />
        </Card>
      )}
    </div>
  );
}
