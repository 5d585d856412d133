/** The house itself: what it is called, who administers it, where its record goes, and all that is configured as one text. */
import type { ReactNode } from 'react';
import { Page } from '../../kit/page.tsx';
import { PageTabs } from '../../kit/page-tabs.tsx';
import type { Screens } from '../../pages.tsx';
import { useSession } from '../../session/session.ts';
import { AdministratorScreen } from './administrator.tsx';
import { Administrators } from './administrators.tsx';
import { Alerts } from './alerts.tsx';
import { ConfigurationText } from './configuration-text.tsx';
import { Organization } from './organization.tsx';
import { VersionScreen } from './version.tsx';
import { Versions } from './versions.tsx';

function Frame({ children }: { readonly children: ReactNode }) {
  const { permissions } = useSession();
  const tabs = [
    { title: 'Organization', to: '/settings', needs: 'configuration.read' },
    { title: 'Administrators', to: '/settings/administrators', needs: 'administrators.read' },
    { title: 'Alerts', to: '/settings/alerts', needs: 'configuration.read' },
    { title: 'Configuration', to: '/settings/configuration', needs: 'configuration.read' },
    { title: 'Versions', to: '/settings/versions', needs: 'configuration.read' },
  ] as const;
  return (
    <Page title="Settings">
      <PageTabs label="Settings" tabs={tabs.filter(({ needs }) => permissions.includes(needs))} />
      {children}
    </Page>
  );
}

function framed(Content: () => ReactNode) {
  return function FramedScreen() {
    return (
      <Frame>
        <Content />
      </Frame>
    );
  };
}

export const screens: Screens = {
  '': framed(Organization),
  administrators: framed(Administrators),
  'administrators/$id': AdministratorScreen,
  alerts: framed(Alerts),
  configuration: framed(ConfigurationText),
  versions: framed(Versions),
  'versions/$version': VersionScreen,
};
