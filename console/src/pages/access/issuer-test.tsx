/** Whether an issuer's documents can be read, and tokens of it verified: before it is in force. */
import { PlugZap } from 'lucide-react';
import { useChange } from '../../api.ts';
import { Badge } from '../../kit/badge.tsx';
import { Button } from '../../kit/button.tsx';
import { Card } from '../../kit/card.tsx';
import { Facts } from '../../kit/facts.tsx';
import { InertText } from '../../kit/inert-text.tsx';
import { ProblemNotice } from '../../kit/problem-notice.tsx';
import { durationText } from '../../kit/quantities.tsx';
import { textOf } from '../../part-editing/part-draft.ts';
import type { IssuerValue } from './doors.ts';

export function IssuerTest({ value }: { readonly value: IssuerValue }) {
  const test = useChange('testIssuer');
  const isOutdated = test.variables !== undefined && textOf(test.variables.body.value) !== textOf(value);
  return (
    <Card
      title="Test"
      description="Reads its discovery document and its keys now, as is done when its tokens come. It is recorded, and nothing is changed."
      actions={
        <Button
          icon={<PlugZap aria-hidden />}
          busy={test.isPending}
          disabled={value.issuer === '' || value.audience === ''}
          onClick={() => test.mutate({ body: { value } })}
        >
          Test the issuer
        </Button>
      }
    >
      <ProblemNotice problem={test.error} />
      {test.data !== undefined && <Result told={test.data} isOutdated={isOutdated} />}
    </Card>
  );
}

type Told = NonNullable<ReturnType<typeof useChange<'testIssuer'>>['data']>;

function Result({ told, isOutdated }: { readonly told: Told; readonly isOutdated: boolean }) {
  const { usable, failure, jwksUri, keys, algorithms, milliseconds } = told;
  return (
    <section aria-label="Result of the test" className="space-y-3">
      <p role="status" className="flex flex-wrap items-center gap-2">
        <Badge tone={usable ? 'good' : 'bad'}>
          {usable ? 'Its tokens can be verified' : 'Its tokens cannot be verified'}
        </Badge>
        {isOutdated && <span className="text-sm text-muted">Of the settings before your last change.</span>}
      </p>
      {failure !== null && (
        <p>
          {failure.at === 'discovery' ? 'Its discovery document' : 'Its keys'}: {wordsOf(failure.reason)}{' '}
          <code className="text-sm text-muted">{failure.reason}</code>
        </p>
      )}
      <Facts
        facts={[
          ['Took', durationText(milliseconds)],
          ['Keys are at', jwksUri === null ? '–' : <InertText text={jwksUri} />],
          ['Keys', keys.length === 0 ? 'None' : <Keys keys={keys} />],
          ['Keys by algorithm', algorithms.map((each) => `${each.algorithm}: ${each.keys}`).join(', ')],
        ]}
      />
    </section>
  );
}

function Keys({ keys }: Pick<Told, 'keys'>) {
  return (
    <ul>
      {keys.map(({ id, type, algorithm }, index) => (
        // Nothing says that two keys differ in name.
        <li key={index} className="flex flex-wrap gap-x-2">
          <InertText text={id ?? 'without a name'} />
          <InertText text={algorithm === null ? type : `${type}, ${algorithm}`} className="text-muted" />
        </li>
      ))}
    </ul>
  );
}

const WORDS: Readonly<Record<string, string>> = {
  address_forbidden: 'it is at a private address, or is asked without TLS, and that is not allowed here.',
  another_issuer: 'it is of another issuer: the address must be the one in its tokens, letter by letter.',
  not_a_discovery_document: 'what is there is no discovery document.',
  not_a_key_set: 'what is there is no set of keys.',
  not_json: 'what is there is no JSON.',
  too_large: 'what is there is too large.',
};

function wordsOf(reason: string): string {
  return (
    WORDS[reason] ??
    (reason.startsWith('http_')
      ? 'its server answered with another status than 200.'
      : 'its server did not answer.')
  );
}
