/** Guardrails: what is looked for, what is done about it, and whether it does what one thinks. */
import type { Screens } from '../../pages.tsx';
import { GuardrailList } from './guardrail-list.tsx';
import { GuardrailScreen } from './guardrail-screen.tsx';
import { NewGuardrail } from './new-guardrail.tsx';

export const screens: Screens = {
  '': GuardrailList,
  $name: GuardrailScreen,
  new: { screen: NewGuardrail, needs: ['guardrails.write'] },
};
