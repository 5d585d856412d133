/** Everything that the API can do: one line for each resource. */
import { accessOperations } from './access.ts';
import { accountOperations } from './account.ts';
import { administrationOperations } from './administration.ts';
import { administratorOperations } from './administrators.ts';
import { alertOperations } from './alerts.ts';
import { approvalOperations } from './approvals.ts';
import { auditOperations } from './audit.ts';
import { configurationTreeOperations } from './configuration-tree.ts';
import { contentOperations } from './content.ts';
import { contestOperations } from './contests.ts';
import { credentialOperations } from './credentials.ts';
import { demoOperations } from './demo.ts';
import { guardrailOperations } from './guardrails.ts';
import { interactionOperations } from './interactions.ts';
import { limitOperations } from './limits.ts';
import { metaOperations } from './meta.ts';
import { modelOperations } from './models.ts';
import { overviewOperations } from './overview.ts';
import { privacyOperations } from './privacy.ts';
import { sessionOperations } from './session.ts';
import { signInOperations } from './sign-in.ts';
import { singleSignOnOperations } from './single-sign-on.ts';
import { tokenOperations } from './tokens.ts';
import { workbenchOperations } from './workbench.ts';

export const OPERATIONS = {
  ...accessOperations,
  ...accountOperations,
  ...administrationOperations,
  ...administratorOperations,
  ...alertOperations,
  ...approvalOperations,
  ...auditOperations,
  ...configurationTreeOperations,
  ...contentOperations,
  ...contestOperations,
  ...credentialOperations,
  ...demoOperations,
  ...guardrailOperations,
  ...interactionOperations,
  ...limitOperations,
  ...metaOperations,
  ...modelOperations,
  ...overviewOperations,
  ...privacyOperations,
  ...sessionOperations,
  ...signInOperations,
  ...singleSignOnOperations,
  ...tokenOperations,
  ...workbenchOperations,
};

export type OperationName = keyof typeof OPERATIONS;
export const OPERATION_NAMES = Object.keys(OPERATIONS) as OperationName[];
