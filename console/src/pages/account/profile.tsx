/** How one is called, and what one may do. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useAsk, useChange } from '../../api.ts';
import { Card } from '../../kit/card.tsx';
import { Facts } from '../../kit/facts.tsx';
import { Form } from '../../kit/form.tsx';
import { errorAt } from '../../kit/problem-notice.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { tell } from '../../kit/toast.tsx';
import { rolesText } from '../../session/roles-text.ts';
import { sessionQuery, useSession } from '../../session/session.ts';

export function Profile() {
  const { administrator, methods } = useSession();
  const account = useAsk('getAccount');
  const cache = useQueryClient();
  const update = useChange('updateAccount', ['getAccount']);
  const [name, setName] = useState(administrator.displayName);
  const [problem, setProblem] = useState<unknown>();
  const source = account.data?.source;
  return (
    <Card title="Who I am">
      <div className="space-y-4">
        <Facts
          facts={[
            ['Signs in as', administrator.id],
            ['Roles', rolesText(administrator.assignments)],
            ['Signed in by', methods.join(', ')],
            ...(source === undefined || source === 'local' ? [] : [['Vouched for by', source] as const]),
          ]}
        />
        <Form
          submit="Save"
          disabled={name.trim() === '' || name === administrator.displayName}
          shownElsewhere={['/displayName']}
          onProblem={setProblem}
          onSubmit={async () => {
            await update.mutateAsync({ body: { displayName: name } });
            await cache.invalidateQueries(sessionQuery);
            tell('Saved');
          }}
        >
          <TextField
            label="Name"
            autoComplete="name"
            value={name}
            onChange={setName}
            error={errorAt(problem, '/displayName')}
          />
        </Form>
      </div>
    </Card>
  );
}
