/** What guardrails did, in a word. */

const ACTIONS: Readonly<Record<string, string>> = {
  allow: 'Allowed',
  flag: 'Flagged',
  redact: 'Redacted',
  mask: 'Masked',
  pseudonymize: 'Pseudonymized',
  block: 'Blocked',
};

export function actionText(action: string): string {
  return ACTIONS[action] ?? action.replaceAll('_', ' ');
}
