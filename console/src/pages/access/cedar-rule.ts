/** A rule as the builder has it, and the Cedar text that says the same. */

export type Who =
  | { readonly kind: 'anyone' }
  | { readonly kind: 'kind'; readonly of: 'Person' | 'Service' | 'Agent' }
  | { readonly kind: 'group'; readonly group: string }
  | { readonly kind: 'one'; readonly of: 'Person' | 'Service' | 'Agent'; readonly id: string };

export type What =
  | { readonly kind: 'any' }
  | { readonly kind: 'models'; readonly models: readonly string[] }
  | { readonly kind: 'label'; readonly label: string }
  | { readonly kind: 'provider'; readonly provider: string };

export interface Rule {
  readonly effect: 'permit' | 'forbid';
  readonly action: 'call_model' | 'reidentify' | 'both';
  readonly who: Who;
  /** Of calls alone. */
  readonly what: What;
  /** None: whichever. */
  readonly applications: readonly string[];
  /** Of a permit: only where all of these hold. Of a forbid: except where all of them do. */
  readonly conditions: Conditions;
}

export interface Conditions {
  readonly gates: readonly string[];
  /** UTC; `from` after `to` goes over midnight. */
  readonly hours?: { readonly from: number; readonly to: number };
  readonly workdaysOnly: boolean;
  /** `10.0.0.0/8` */
  readonly addresses: readonly string[];
  /** Of the provider: `eu-*`. Of calls alone. */
  readonly region: string;
}

export const NEW_RULE: Rule = {
  effect: 'permit',
  action: 'call_model',
  who: { kind: 'anyone' },
  what: { kind: 'any' },
  applications: [],
  conditions: { gates: [], workdaysOnly: false, addresses: [], region: '' },
};

const WORKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];

export function cedarOf(rule: Rule): string {
  const { effect, what, applications, conditions, action } = rule;
  const isCall = action === 'call_model';
  const about = [
    ...(applications.length > 0
      ? [
          oneOf(
            'context.application',
            applications.map((name) => entity('Application', name)),
          ),
        ]
      : []),
    ...(isCall ? modelTest(what) : []),
  ];
  const held = conditionTests(conditions, isCall);
  const when = effect === 'permit' ? [...about, ...held] : about;
  const unless = effect === 'permit' ? [] : held;
  const scope = [principalScope(rule.who), actionScope(action), isCall ? resourceScope(what) : 'resource'];
  return `${effect} (\n  ${scope.join(',\n  ')}\n)${clause('when', when)}${clause('unless', unless)};\n`;
}

function clause(word: string, tests: readonly string[]): string {
  return tests.length === 0 ? '' : `\n${word} {\n  ${tests.join(' &&\n  ')}\n}`;
}

function principalScope(who: Who): string {
  switch (who.kind) {
    case 'anyone':
      return 'principal';
    case 'kind':
      return `principal is ${who.of}`;
    case 'group':
      return `principal in ${entity('Group', who.group)}`;
    case 'one':
      return `principal == ${entity(who.of, who.id)}`;
  }
}

function actionScope(action: Rule['action']): string {
  return action === 'both'
    ? 'action in [Action::"call_model", Action::"reidentify"]'
    : `action == Action::${quoted(action)}`;
}

function resourceScope(what: What): string {
  return what.kind === 'provider' ? `resource in ${entity('Provider', what.provider)}` : 'resource';
}

function modelTest(what: What): readonly string[] {
  switch (what.kind) {
    case 'any':
    case 'provider':
      return [];
    case 'models':
      return what.models.length === 0 ? [] : [oneOf('resource.name', what.models.map(quoted))];
    case 'label':
      return [`resource.labels.contains(${quoted(what.label)})`];
  }
}

function conditionTests(conditions: Conditions, isCall: boolean): readonly string[] {
  const { gates, hours, workdaysOnly, addresses, region } = conditions;
  return [
    ...gates.map((gate) => `context.gates.contains(${quoted(gate)})`),
    ...(hours === undefined ? [] : [hoursTest(hours)]),
    ...(workdaysOnly ? [oneOf('context.weekday', WORKDAYS.map(quoted))] : []),
    ...(addresses.length === 0 ? [] : [addressTest(addresses)]),
    ...(isCall && region !== '' ? [`context.region like ${quoted(region)}`] : []),
  ];
}

function hoursTest({ from, to }: { readonly from: number; readonly to: number }): string {
  return from <= to
    ? `context.hour >= ${from} && context.hour < ${to}`
    : `(context.hour >= ${from} || context.hour < ${to})`;
}

function addressTest(addresses: readonly string[]): string {
  const tests = addresses.map((range) => `context.address.isInRange(ip(${quoted(range)}))`);
  return tests.length === 1 ? tests.join('') : `(${tests.join(' || ')})`;
}

function oneOf(what: string, values: readonly string[]): string {
  return values.length === 1 ? `${what} == ${values[0]}` : `[${values.join(', ')}].contains(${what})`;
}

function entity(type: string, id: string): string {
  return `${type}::${quoted(id)}`;
}

/** As Cedar writes texts; a star is itself but in patterns. */
function quoted(text: string): string {
  const escaped = text.replaceAll(/[\\"\p{Cc}]/gu, (each) =>
    each === '\\' || each === '"' ? `\\${each}` : `\\u{${(each.codePointAt(0) ?? 0).toString(16)}}`,
  );
  return `"${escaped}"`;
}

/** Whether everything that was begun is filled in. */
export function isWhole({ who, what, action }: Rule): boolean {
  if (who.kind === 'group' && who.group === '') return false;
  if (who.kind === 'one' && who.id === '') return false;
  if (action !== 'call_model') return true;
  if (what.kind === 'models') return what.models.length > 0;
  if (what.kind === 'label') return what.label !== '';
  return what.kind !== 'provider' || what.provider !== '';
}
