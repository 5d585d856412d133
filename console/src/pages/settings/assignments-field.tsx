/** Which roles somebody holds, and over what. */
import { Plus, Trash2 } from 'lucide-react';
import { Button } from '../../kit/button.tsx';
import { Combobox } from '../../kit/combobox.tsx';
import { IconButton } from '../../kit/icon-button.tsx';
import { Select } from '../../kit/select.tsx';
import { useRoleChoices, type RoleChoices } from './roles.ts';

export type Scope =
  | { readonly kind: 'organization' }
  | { readonly kind: 'group'; readonly id: string }
  | { readonly kind: 'application'; readonly id: string };

export interface Assignment {
  readonly role: string;
  readonly scope: Scope;
}

interface AssignmentsFieldProps {
  readonly value: readonly Assignment[];
  readonly onChange: (value: readonly Assignment[]) => void;
  readonly disabled?: boolean;
}

const SCOPES = [
  { value: 'organization', label: 'The whole house' },
  { value: 'application', label: 'One application' },
  { value: 'group', label: 'One group' },
] as const;

export function AssignmentsField({ value, onChange, disabled = false }: AssignmentsFieldProps) {
  const choices = useRoleChoices();
  return (
    <fieldset className="space-y-3">
      <legend className="text-sm font-medium">Roles</legend>
      {value.map((assignment, index) => (
        // An assignment has no name but its place.
        <div key={index} className="flex items-start gap-2 rounded-md border border-line p-3">
          <div className="grid min-w-0 flex-1 gap-3 sm:grid-cols-2">
            <Select
              label="Role"
              disabled={disabled}
              options={choices.roles}
              value={assignment.role}
              onChange={(role) => onChange(value.with(index, { ...assignment, role }))}
            />
            <ScopeField
              scope={assignment.scope}
              choices={choices}
              disabled={disabled}
              onChange={(scope) => onChange(value.with(index, { ...assignment, scope }))}
            />
          </div>
          <IconButton
            size="small"
            className="mt-6"
            label={`Take away ${assignment.role}`}
            disabled={disabled}
            icon={<Trash2 aria-hidden />}
            onClick={() => onChange(value.toSpliced(index, 1))}
          />
        </div>
      ))}
      {value.length === 0 && (
        <p className="text-sm text-muted">None: they can sign in, and see their own account.</p>
      )}
      <Button
        size="small"
        disabled={disabled}
        icon={<Plus aria-hidden />}
        onClick={() => onChange([...value, { role: 'security-analyst', scope: { kind: 'organization' } }])}
      >
        Add a role
      </Button>
    </fieldset>
  );
}

interface ScopeFieldProps {
  readonly scope: Scope;
  readonly choices: RoleChoices;
  readonly disabled: boolean;
  readonly onChange: (scope: Scope) => void;
}

function ScopeField({ scope, choices, disabled, onChange }: ScopeFieldProps) {
  const options = scope.kind === 'group' ? choices.groups : choices.applications;
  return (
    <>
      <Select
        label="Over"
        disabled={disabled}
        options={SCOPES}
        value={scope.kind}
        onChange={(kind) => onChange(kind === 'organization' ? { kind } : { kind, id: '' })}
      />
      {scope.kind !== 'organization' && (
        <div className="sm:col-span-2">
          <Combobox
            label={scope.kind === 'group' ? 'Group' : 'Application'}
            disabled={disabled}
            options={options}
            value={scope.id}
            onChange={(id) => onChange({ kind: scope.kind, id: id ?? '' })}
          />
        </div>
      )}
    </>
  );
}

/** Whether every role is over something that has been said. */
export function areWhole(assignments: readonly Assignment[]): boolean {
  return assignments.every(({ scope }) => scope.kind === 'organization' || scope.id !== '');
}
