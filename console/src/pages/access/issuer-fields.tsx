/** The settings of an issuer: which tokens are its own, and what their claims mean. */
import { Checkbox } from '../../kit/checkbox.tsx';
import { Combobox, MultiSelect } from '../../kit/combobox.tsx';
import { Select } from '../../kit/select.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useApplications } from '../../part-editing/choices.ts';
import type { FormOf } from '../../part-editing/part-kind.ts';
import type { IssuerValue } from './doors.ts';
import { PRINCIPAL_KINDS } from './principals.tsx';

type TextKey = 'issuer' | 'audience' | 'jwks_uri' | 'principal_claim' | 'groups_claim' | 'application_claim';

export const ISSUER_FIELDS = [
  'issuer',
  'audience',
  'algorithms',
  'jwks_uri',
  'principal_claim',
  'principal_kind',
  'groups_claim',
  'application',
  'application_claim',
  'scopes',
] as const;

const ALGORITHMS = (['RS256', 'RS384', 'RS512', 'PS256', 'ES256', 'ES384', 'EdDSA'] as const).map((each) => ({
  value: each,
  label: each,
}));
const SCOPES = [
  { value: 'inference', label: 'Call models' },
  { value: 'assert_principal', label: 'Name on whose behalf it calls' },
  { value: 'reidentify', label: 'Have stand-ins restored' },
  { value: 'audit', label: 'Read the log' },
] as const;

export function IssuerFields(props: FormOf<IssuerValue>) {
  const { value, onChange, errorAt, disabled } = props;
  const applications = useApplications();
  const { application: _, ...unbound } = value;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Text
        {...props}
        of="issuer"
        label="Issuer"
        required
        hint="As its tokens say in iss: https://login.example.com/tenant/v2.0"
      />
      <Text
        {...props}
        of="audience"
        label="Audience"
        required
        hint="Whom its tokens must be for: their claim aud."
      />
      <MultiSelect
        label="Algorithms"
        hint="How its tokens may be signed."
        required
        disabled={disabled}
        options={ALGORITHMS}
        value={value.algorithms}
        onChange={(next) => onChange({ ...value, algorithms: [...next] as IssuerValue['algorithms'] })}
        error={errorAt('/algorithms')}
      />
      <Text
        {...props}
        of="jwks_uri"
        label="Address of its keys"
        hint="Left empty: as its discovery document says."
      />
      <Text
        {...props}
        of="principal_claim"
        label="Claim of who it is"
        placeholder="sub"
        hint="Its value is the principal’s id."
      />
      <Select
        label="Who comes with its tokens"
        disabled={disabled}
        options={PRINCIPAL_KINDS}
        value={value.principal_kind}
        onChange={(kind) => onChange({ ...value, principal_kind: kind })}
        error={errorAt('/principal_kind')}
      />
      <Text
        {...props}
        of="groups_claim"
        label="Claim of groups"
        placeholder="groups"
        hint="Beside those that the configuration puts them into."
      />
      <MultiSelect
        label="What its tokens are good for"
        disabled={disabled}
        options={SCOPES}
        value={value.scopes}
        onChange={(next) => onChange({ ...value, scopes: [...next] as IssuerValue['scopes'] })}
        error={errorAt('/scopes')}
      />
      <Combobox
        label="Application"
        hint="Whose requests they are."
        disabled={disabled}
        options={applications}
        value={value.application ?? null}
        onChange={(next) => onChange(next === null ? unbound : { ...unbound, application: next })}
        error={errorAt('/application')}
      />
      <Text
        {...props}
        of="application_claim"
        label="Claim of the application"
        hint="Where its tokens name the application themselves."
      />
      <Checkbox
        label="It may be in a private network"
        hint="A server of your own, or one that is asked without TLS."
        disabled={disabled}
        checked={value.allow_private_network}
        onChange={(next) => onChange({ ...value, allow_private_network: next })}
      />
    </div>
  );
}

interface TextProps extends FormOf<IssuerValue> {
  readonly of: TextKey;
  readonly label: string;
  readonly hint: string;
  readonly required?: boolean;
  readonly placeholder?: string;
}

/** Left empty, what may be left out is. */
function Text({
  value,
  onChange,
  errorAt,
  disabled,
  of,
  label,
  hint,
  required = false,
  placeholder = '',
}: TextProps) {
  return (
    <TextField
      label={label}
      hint={hint}
      mono
      required={required}
      placeholder={placeholder}
      disabled={disabled}
      value={value[of] ?? ''}
      onChange={(text) => {
        const { [of]: _, ...rest } = value;
        onChange((text === '' && !required ? rest : { ...value, [of]: text }) as IssuerValue);
      }}
      error={errorAt(`/${of}`)}
    />
  );
}
