/** One policy: its Cedar text, checked while it is typed, rules added by choosing, and what it was before. */
import { useEffect, useState } from 'react';
import { useAsk, useAskPages } from '../../api.ts';
import { Badge } from '../../kit/badge.tsx';
import { buttonClass } from '../../kit/button.tsx';
import { CodeEditor, type Diagnostic } from '../../kit/code-editor.tsx';
import { Link } from '../../kit/link.tsx';
import { TextField } from '../../kit/text-field.tsx';
import type { ScreenProps } from '../../pages.tsx';
import { nameFromPath } from '../../part-editing/name-in-path.ts';
import { NewPart } from '../../part-editing/new-part.tsx';
import type { FormOf } from '../../part-editing/part-kind.ts';
import { PartScreen } from '../../part-editing/part-screen.tsx';
import { PartVersions } from '../../part-editing/part-versions.tsx';
import { useMay } from '../../session/session.ts';
import { policyDoor, type Policy, type PolicyValue } from './doors.ts';
import { accessKind } from './access-kind.tsx';
import { RuleBuilder } from './rule-builder.tsx';

const KIND = accessKind<PolicyValue>({
  door: policyDoor,
  noun: 'policy',
  parent: { title: 'Policies', to: '/access/policies' },
  base: '/access/policies',
  removal: 'What it alone permits is denied from the next request on; what it alone forbids is permitted.',
  fields: ['description'],
  Fields: PolicyForm,
  After: ({ held, onGoBack }) => held !== undefined && <Versions held={held} onGoBack={onGoBack} />,
  Actions: Links,
});

const EMPTY: PolicyValue = { description: '', cedar: '' };

export function NewPolicy() {
  return <NewPart kind={KIND} initial={EMPTY} placeholder="engineers-may" />;
}

export function PolicyScreen({ params }: ScreenProps) {
  return <PartScreen kind={KIND} name={nameFromPath(params['name'])} />;
}

function Links({ held: { name } }: { readonly held: Policy }) {
  const maySeeRecords = useMay('interactions.read');
  return (
    maySeeRecords && (
      <Link to={`/activity?policy=${encodeURIComponent(name)}`} className={buttonClass()}>
        What it decided
      </Link>
    )
  );
}

interface VersionsProps extends Pick<FormOf<PolicyValue>, 'onGoBack'> {
  readonly held: Policy;
}

function Versions({ held, onGoBack }: VersionsProps) {
  const asked = useAskPages('listPolicyVersions', { path: { name: held.name } });
  return <PartVersions asked={asked} held={held} noun="policy" onGoBack={onGoBack} text={textOf} />;
}

function textOf({ description, cedar }: PolicyValue): string {
  return `// ${description.replaceAll('\n', '\n// ')}\n${cedar}`;
}

function PolicyForm({ value, onChange, disabled, errorAt }: FormOf<PolicyValue>) {
  const { cedar } = value;
  const check = usePolicyCheck(cedar);
  return (
    <div className="space-y-4">
      <TextField
        label="Description"
        hint="People read it where it refuses something: say what it is about and why."
        disabled={disabled}
        value={value.description}
        onChange={(description) => onChange({ ...value, description })}
        error={errorAt('/description')}
      />
      {!disabled && (
        <RuleBuilder
          isOpen={cedar === ''}
          onAdd={(rule) =>
            onChange({ ...value, cedar: cedar.trim() === '' ? rule : `${cedar.trimEnd()}\n\n${rule}` })
          }
        />
      )}
      <section aria-label="Cedar text" className="space-y-2">
        <header className="flex flex-wrap items-center justify-between gap-2">
          <h2 className="text-sm font-medium">As Cedar text</h2>
          <span role="status">
            {check.kind === 'good' && <Badge tone="good">Valid</Badge>}
            {check.kind === 'wrong' && <Badge tone="bad">Not valid yet</Badge>}
          </span>
        </header>
        <CodeEditor
          label="Policy"
          language="cedar"
          height="16rem"
          readOnly={disabled}
          value={cedar}
          onChange={(text) => onChange({ ...value, cedar: text })}
          diagnostics={check.diagnostics}
        />
      </section>
    </div>
  );
}

const REST_MS = 400;
const NOTHING: readonly Diagnostic[] = [];

interface Check {
  readonly kind: 'unknown' | 'good' | 'wrong';
  readonly diagnostics: readonly Diagnostic[];
}

/** What is wrong with a text, once the typing rests. */
function usePolicyCheck(cedar: string): Check {
  const [rested, setRested] = useState(cedar);
  useEffect(() => {
    const timer = setTimeout(() => setRested(cedar), REST_MS);
    return () => clearTimeout(timer);
  }, [cedar]);
  const asked = useAsk(
    'checkPolicy',
    { body: { cedar: rested } },
    { enabled: rested.trim() !== '', keepPrevious: true },
  );
  const problems = asked.data?.problems;
  const [found, setFound] = useState<{ problems: typeof problems; check: Check }>();
  if (rested.trim() === '' || problems === undefined) return { kind: 'unknown', diagnostics: NOTHING };
  // The same list as long as the same is wrong: the editor draws its marks anew for another.
  if (found?.problems === problems) return found.check;
  const diagnostics = problems.map(({ message, line, column }) => ({
    message,
    line: line ?? 1,
    ...(column === null ? {} : { column }),
  }));
  const check: Check = { kind: diagnostics.length === 0 ? 'good' : 'wrong', diagnostics };
  setFound({ problems, check });
  return check;
}
