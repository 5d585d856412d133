/** Access: who there is, what calls, what decides, and why. */
import type { Screens } from '../../pages.tsx';
import { ApplicationList, ApplicationScreen, NewApplication } from './applications.tsx';
import { CredentialsScreen } from './credentials.tsx';
import { Explanation } from './explanation.tsx';
import { GroupList, GroupScreen, NewGroup } from './groups.tsx';
import { IssuerList, IssuerScreen, NewIssuer } from './issuers.tsx';
import { PolicyList } from './policy-list.tsx';
import { NewPolicy, PolicyScreen } from './policy-screen.tsx';
import { NewPrincipal, PrincipalList, PrincipalScreen } from './principals.tsx';

export const screens: Screens = {
  '': PrincipalList,
  'principals/new': NewPrincipal,
  'principals/$name': PrincipalScreen,
  groups: GroupList,
  'groups/new': NewGroup,
  'groups/$name': GroupScreen,
  applications: ApplicationList,
  'applications/new': NewApplication,
  'applications/$name': ApplicationScreen,
  credentials: CredentialsScreen,
  issuers: IssuerList,
  'issuers/new': NewIssuer,
  'issuers/$name': IssuerScreen,
  policies: PolicyList,
  'policies/new': NewPolicy,
  'policies/$name': PolicyScreen,
  explain: Explanation,
};
