/** One's own account: name, password, second factors, sessions, access tokens. */
import type { ReactNode } from 'react';
import { Page } from '../../kit/page.tsx';
import { PageTabs } from '../../kit/page-tabs.tsx';
import type { Screens } from '../../pages.tsx';
import { Passkeys } from './passkeys.tsx';
import { Password } from './password.tsx';
import { Profile } from './profile.tsx';
import { Sessions } from './sessions.tsx';
import { Tokens } from './tokens.tsx';
import { Totp } from './totp.tsx';

const TABS = [
  { title: 'Account', to: '/account' },
  { title: 'Sessions', to: '/account/sessions' },
  { title: 'Access tokens', to: '/account/tokens' },
];

function Frame({ children }: { readonly children: ReactNode }) {
  return (
    <Page title="My account">
      <PageTabs label="My account" tabs={TABS} />
      {children}
    </Page>
  );
}

function AccountScreen() {
  return (
    <Frame>
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <Profile />
        <Password />
        <Totp />
        <Passkeys />
      </div>
    </Frame>
  );
}

function SessionsScreen() {
  return (
    <Frame>
      <Sessions />
    </Frame>
  );
}

function TokensScreen() {
  return (
    <Frame>
      <Tokens />
    </Frame>
  );
}

export const screens: Screens = { '': AccountScreen, sessions: SessionsScreen, tokens: TokensScreen };
