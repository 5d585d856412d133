/** What a guardrail was before, with how far it was rolled out then. */
import { useAskPages } from '../../api.ts';
import type { FormOf } from '../../part-editing/part-kind.ts';
import { PartVersions } from '../../part-editing/part-versions.tsx';
import { rolloutText, type Guardrail, type GuardrailValue } from './guardrail-value.ts';

interface GuardrailVersionsProps extends Pick<FormOf<GuardrailValue>, 'onGoBack'> {
  readonly held: Guardrail;
}

export function GuardrailVersions({ held, onGoBack }: GuardrailVersionsProps) {
  const asked = useAskPages('listGuardrailVersions', { path: { name: held.name } });
  return (
    <PartVersions
      asked={asked}
      held={held}
      noun="guardrail"
      onGoBack={onGoBack}
      caption={({ rollout }) => rolloutText(rollout)}
    />
  );
}
