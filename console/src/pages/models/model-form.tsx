/** The settings of a model: who answers for it, in which order, and what it may be asked. */
import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import { Button } from '../../kit/button.tsx';
import { Card } from '../../kit/card.tsx';
import { Checkbox } from '../../kit/checkbox.tsx';
import { IconButton } from '../../kit/icon-button.tsx';
import { NumberField } from '../../kit/number-field.tsx';
import { Select, type Option } from '../../kit/select.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useProviders } from '../../part-editing/choices.ts';
import type { FormOf } from '../../part-editing/part-kind.ts';
import { WordsField } from '../../part-editing/words-field.tsx';
import type { ModelValue } from './model-value.ts';

const OPERATIONS = [
  ['chat', 'Chat'],
  ['embeddings', 'Embeddings'],
  ['count_tokens', 'Counting tokens'],
] as const;

export function ModelForm({ value, onChange, errorAt, disabled, nameField }: FormOf<ModelValue>) {
  const turn = (operation: (typeof OPERATIONS)[number][0], isOn: boolean): void => {
    const others = value.operations.filter((each) => each !== operation);
    onChange({ ...value, operations: isOn ? [...others, operation] : others });
  };
  return (
    <div className="space-y-5">
      {nameField !== undefined && <Card>{nameField}</Card>}
      <Candidates value={value} onChange={onChange} errorAt={errorAt} disabled={disabled} />
      <Card title="What it may be asked">
        <div className="grid gap-4 sm:grid-cols-2">
          <fieldset className="space-y-2" disabled={disabled}>
            <legend className="mb-1 text-sm font-medium">Operations</legend>
            {OPERATIONS.map(([operation, title]) => (
              <Checkbox
                key={operation}
                label={title}
                checked={value.operations.includes(operation)}
                onChange={(isOn) => turn(operation, isOn)}
                disabled={disabled}
              />
            ))}
          </fieldset>
          <div className="space-y-4">
            <WordsField
              label="Labels"
              hint="Policies speak of them: eu, internal."
              value={value.labels}
              onChange={(labels) => onChange({ ...value, labels: [...labels] })}
              error={errorAt('/labels')}
              disabled={disabled}
            />
            <NumberField
              label="Tokens reserved for an answer"
              hint="Where the client sets no limit of its own."
              min={1}
              step={256}
              value={value.default_max_output_tokens}
              onChange={(next) => onChange({ ...value, default_max_output_tokens: next ?? 4_096 })}
              error={errorAt('/default_max_output_tokens')}
              disabled={disabled}
            />
          </div>
        </div>
      </Card>
    </div>
  );
}

type ModelFields = Pick<FormOf<ModelValue>, 'value' | 'onChange' | 'errorAt' | 'disabled'>;
type CandidateValue = ModelValue['candidates'][number];

function Candidates({ value, onChange, errorAt, disabled }: ModelFields) {
  const providers = useProviders();
  const { candidates } = value;
  const set = (next: CandidateValue[]): void => onChange({ ...value, candidates: next });
  const [first] = providers;
  return (
    <Card
      title="Answered by"
      description="Tried by priority, the lowest first; those of one priority share the load by weight."
    >
      <ol className="space-y-3">
        {candidates.map((candidate, index) => (
          // A candidate has no name but its place.
          <li key={index} className="rounded-md border border-line p-3">
            <CandidateFields
              candidate={candidate}
              providers={providers}
              onChange={(next) => set(candidates.with(index, next))}
              errorAt={(pointer) => errorAt(`/candidates/${index}${pointer}`)}
              disabled={disabled}
            />
            <div className="mt-2 flex justify-end gap-1">
              <IconButton
                size="small"
                label={`Candidate ${index + 1} up`}
                icon={<ArrowUp aria-hidden />}
                disabled={disabled || index === 0}
                onClick={() => set(candidates.toSpliced(index, 1).toSpliced(index - 1, 0, candidate))}
              />
              <IconButton
                size="small"
                label={`Candidate ${index + 1} down`}
                icon={<ArrowDown aria-hidden />}
                disabled={disabled || index === candidates.length - 1}
                onClick={() => set(candidates.toSpliced(index, 1).toSpliced(index + 1, 0, candidate))}
              />
              <IconButton
                size="small"
                label={`Remove candidate ${index + 1}`}
                icon={<Trash2 aria-hidden />}
                disabled={disabled || candidates.length === 1}
                onClick={() => set(candidates.toSpliced(index, 1))}
              />
            </div>
          </li>
        ))}
      </ol>
      <Button
        size="small"
        className="mt-3"
        icon={<Plus aria-hidden />}
        disabled={disabled || first === undefined || candidates.length >= 32}
        onClick={() =>
          set([
            ...candidates,
            {
              provider: first?.value ?? '',
              priority: Math.max(0, ...candidates.map(({ priority }) => priority)) + 1,
              weight: 1,
            },
          ])
        }
      >
        Add a candidate
      </Button>
    </Card>
  );
}

interface CandidateFieldsProps {
  readonly candidate: CandidateValue;
  readonly providers: readonly Option[];
  readonly onChange: (candidate: CandidateValue) => void;
  readonly errorAt: (pointer: string) => string | undefined;
  readonly disabled: boolean;
}

function CandidateFields({ candidate, providers, onChange, errorAt, disabled }: CandidateFieldsProps) {
  const { model: _, ...unnamed } = candidate;
  return (
    <div className="grid gap-3 sm:grid-cols-2 xl:grid-cols-[1fr_1fr_8rem_8rem]">
      <Select
        label="Provider"
        options={providers}
        value={candidate.provider}
        onChange={(provider) => onChange({ ...candidate, provider })}
        error={errorAt('/provider')}
        disabled={disabled}
      />
      <TextField
        label="What the provider calls it"
        placeholder="As the client asked"
        mono
        maxLength={256}
        value={candidate.model ?? ''}
        onChange={(model) => onChange(model === '' ? unnamed : { ...candidate, model })}
        error={errorAt('/model')}
        disabled={disabled}
      />
      <NumberField
        label="Priority"
        min={0}
        value={candidate.priority}
        onChange={(priority) => onChange({ ...candidate, priority: priority ?? 0 })}
        error={errorAt('/priority')}
        disabled={disabled}
      />
      <NumberField
        label="Weight"
        min={0.01}
        value={candidate.weight}
        onChange={(weight) => onChange({ ...candidate, weight: weight ?? 1 })}
        error={errorAt('/weight')}
        disabled={disabled}
      />
    </div>
  );
}
