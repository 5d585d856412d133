/** Access: who there is, what calls, what decides, and why. */
import type { Screens } from '../../pages.tsx';
import type { Need } from '../../session/session.ts';
import { ApplicationList, ApplicationScreen, NewApplication } from './applications.tsx';
import { CredentialsScreen } from './credentials.tsx';
import { Explanation } from './explanation.tsx';
import { GroupList, GroupScreen, NewGroup } from './groups.tsx';
import { PolicyList } from './policy-list.tsx';
import { IssuerList, IssuerScreen, NewIssuer } from './issuers.tsx';
import { NewPolicy, PolicyScreen } from './policy-screen.tsx';
import { NewPrincipal, PrincipalList, PrincipalScreen } from './principals.tsx';

const READ: readonly Need[] = ['configuration.read'];
const WRITE: readonly Need[] = [{ permission: 'access.write', over: 'organization' }];

export const screens: Screens = {
  '': { screen: PrincipalList, needs: READ },
  'principals/new': { screen: NewPrincipal, needs: WRITE },
  'principals/$name': { screen: PrincipalScreen, needs: READ },
  groups: { screen: GroupList, needs: READ },
  'groups/new': { screen: NewGroup, needs: WRITE },
  'groups/$name': { screen: GroupScreen, needs: READ },
  applications: { screen: ApplicationList, needs: READ },
  'applications/new': { screen: NewApplication, needs: WRITE },
  'applications/$name': { screen: ApplicationScreen, needs: READ },
  credentials: { screen: CredentialsScreen, needs: ['credentials.read'] },
  issuers: { screen: IssuerList, needs: READ },
  'issuers/new': { screen: NewIssuer, needs: WRITE },
  'issuers/$name': { screen: IssuerScreen, needs: READ },
  policies: { screen: PolicyList, needs: READ },
  'policies/new': { screen: NewPolicy, needs: WRITE },
  'policies/$name': { screen: PolicyScreen, needs: READ },
  explain: { screen: Explanation, needs: READ },
};
