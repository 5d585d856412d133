/** One guardrail: its draft beside the test bench, its replay, its versions. */
import { Activity } from 'lucide-react';
import { buttonClass } from '../../kit/button.tsx';
import { Link } from '../../kit/link.tsx';
import type { ScreenProps } from '../../pages.tsx';
import { nameFromPath } from '../../part-editing/name-in-path.ts';
import type { PartKind } from '../../part-editing/part-kind.ts';
import { PartScreen } from '../../part-editing/part-screen.tsx';
import { useMay } from '../../session/session.ts';
import { GuardrailEditor } from './guardrail-editor.tsx';
import {
  guardrailDoor,
  shareText,
  type Guardrail,
  type GuardrailValue,
  type Rollout,
} from './guardrail-value.ts';

export const GUARDRAILS: PartKind<GuardrailValue> = {
  door: guardrailDoor,
  noun: 'guardrail',
  parents: [{ title: 'Guardrails', to: '/guardrails' }],
  base: '/guardrails',
  write: 'guardrails.write',
  concerns: ({ value }) => value.applications,
  removal:
    'From the next request on nothing is looked for by it. Its versions stay in the record of the configuration.',
  // What lies deeper is said in the notice too, for it may have no field.
  shows: /^\/(?:description|action|min_confidence|directions|timeout_ms|config\/\w+)$/,
  publish: ({ rollout }) => publishText(rollout),
  describe: ({ description }) => description,
  Form: GuardrailEditor,
  Actions: Links,
};

export function GuardrailScreen({ params }: ScreenProps) {
  return <PartScreen kind={GUARDRAILS} name={nameFromPath(params['name'])} />;
}

function publishText(rollout: Rollout): string {
  switch (rollout.mode) {
    case 'shadow':
      return 'Publish in shadow';
    case 'canary':
      return `Publish for ${shareText(rollout.share)}`;
    case 'enforce':
      return 'Publish and enforce';
  }
}

function Links({ held: { name } }: { readonly held: Guardrail }) {
  const maySeeRecords = useMay('interactions.read');
  return (
    maySeeRecords && (
      <Link to={`/activity?guardrail=${encodeURIComponent(name)}`} className={buttonClass()}>
        <Activity aria-hidden />
        What it did
      </Link>
    )
  );
}
