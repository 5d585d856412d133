/** The log behind the record: verified in the browser, its checkpoints and witnesses, its check, kits for auditors. */
import type { ReactNode } from 'react';
import { Page } from '../../kit/page.tsx';
import { PageTabs } from '../../kit/page-tabs.tsx';
import type { Screens } from '../../pages.tsx';
import { useMay } from '../../session/session.ts';
import { Administration } from './administration.tsx';
import { Checkpoints } from './checkpoints.tsx';
import { Kit } from './kit.tsx';
import { LogCheck } from './log-check.tsx';
import { LogState } from './log-state.tsx';
import { Witnesses } from './witnesses.tsx';

const TABS = [
  { title: 'Verify', to: '/audit' },
  { title: 'Checkpoints', to: '/audit/checkpoints' },
  { title: 'Witnesses and keys', to: '/audit/witnesses' },
  { title: 'Check', to: '/audit/check' },
  { title: 'Administration', to: '/audit/administration' },
];

function Frame({ children }: { readonly children: ReactNode }) {
  const mayExport = useMay('audit.export');
  return (
    <Page
      title="Audit"
      description="Every interaction and every act of an administrator is an entry of one log. Whoever kept an earlier checkpoint of it sees where it was rewritten, whoever did it."
    >
      <PageTabs
        label="Audit"
        tabs={mayExport ? [...TABS, { title: 'Auditor’s kit', to: '/audit/kit' }] : TABS}
      />
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
  '': framed(LogState),
  checkpoints: framed(Checkpoints),
  witnesses: framed(Witnesses),
  check: framed(LogCheck),
  administration: framed(Administration),
  kit: { screen: framed(Kit), needs: ['audit.export'] },
};
