/** What all kinds of parts of this page have in common. */
import type { ReactNode } from 'react';
import { Card } from '../../kit/card.tsx';
import type { FormOf, PartKind } from '../../part-editing/part-kind.ts';

interface AccessKind<Value>
  extends Omit<PartKind<Value>, 'parents' | 'write' | 'shows' | 'publish' | 'settled' | 'Form'> {
  readonly parent: { readonly title: string; readonly to: string };
  /** Names of fields that say themselves what is wrong with them. */
  readonly fields: readonly string[];
  readonly Fields: (props: FormOf<Value>) => ReactNode;
  /** Below the card that the fields are in. */
  readonly After?: (props: FormOf<Value>) => ReactNode;
}

export function accessKind<Value>(kind: AccessKind<Value>): PartKind<Value> {
  const { parent, fields, Fields, After, ...rest } = kind;
  return {
    ...rest,
    parents: [parent],
    write: 'access.write',
    shows: new RegExp(`^/(?:${fields.join('|')})$`),
    publish: (_, isNew) => (isNew ? `Create the ${kind.noun}` : 'Put in force'),
    settled: 'As it is in force.',
    Form: (props) => (
      <>
        <Card>
          <div className="space-y-4">
            {props.nameField}
            <Fields {...props} />
          </div>
        </Card>
        {After !== undefined && <After {...props} />}
      </>
    ),
  };
}
