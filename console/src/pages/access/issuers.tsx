/** Issuers of tokens: whose tokens the gateway takes, and what their claims mean here. */
import { Stamp } from 'lucide-react';
import { useAskPages } from '../../api.ts';
import type { Column } from '../../kit/data-table.tsx';
import { InertText } from '../../kit/inert-text.tsx';
import type { ScreenProps } from '../../pages.tsx';
import { nameFromPath } from '../../part-editing/name-in-path.ts';
import { NewPart } from '../../part-editing/new-part.tsx';
import { PartScreen } from '../../part-editing/part-screen.tsx';
import { accessKind } from './access-kind.tsx';
import { issuerDoor, NEW_ISSUER, type Issuer, type IssuerValue } from './doors.ts';
import { ISSUER_FIELDS, IssuerFields } from './issuer-fields.tsx';
import { IssuerTest } from './issuer-test.tsx';
import { PartList, useSearchQuery } from './part-list.tsx';

const KIND = accessKind<IssuerValue>({
  door: issuerDoor,
  noun: 'issuer',
  parent: { title: 'Token issuers', to: '/access/issuers' },
  base: '/access/issuers',
  removal: 'Whoever calls with its tokens is refused from the next request on.',
  fields: ISSUER_FIELDS,
  Fields: IssuerFields,
  After: ({ value, disabled }) => !disabled && <IssuerTest value={value} />,
});

const COLUMNS: readonly Column<Issuer>[] = [
  {
    id: 'name',
    title: 'Name',
    cell: ({ name }) => <span className="break-all">{name}</span>,
    sortBy: ({ name }) => name,
  },
  {
    id: 'issuer',
    title: 'Issuer',
    cell: ({ value }) => <InertText text={value.issuer} oneLine />,
    sortBy: ({ value }) => value.issuer,
  },
  {
    id: 'audience',
    title: 'Audience',
    cell: ({ value }) => <InertText text={value.audience} oneLine />,
    hideBelow: 'md',
  },
  {
    id: 'application',
    title: 'Application',
    cell: ({ value }) =>
      value.application_claim === undefined
        ? (value.application ?? '')
        : `by the claim ${value.application_claim}`,
    hideBelow: 'md',
  },
  { id: 'kind', title: 'Kind', cell: ({ value }) => value.principal_kind, hideBelow: 'lg' },
];

export function IssuerList() {
  const asked = useAskPages('listIssuers', useSearchQuery(), { keepPrevious: true });
  return (
    <PartList
      asked={asked}
      columns={COLUMNS}
      title="Token issuers"
      noun="issuer"
      to="/access/issuers"
      icon={Stamp}
      lesson="With tokens of your identity provider (OpenID Connect, JWT) people and programs call models as who they are there: no key is handed out, and groups come along."
    />
  );
}

export function NewIssuer() {
  return <NewPart kind={KIND} initial={NEW_ISSUER} placeholder="company" />;
}

export function IssuerScreen({ params }: ScreenProps) {
  return <PartScreen kind={KIND} name={nameFromPath(params['name'])} />;
}
