/** A provider that is yet to come: first its kind, then where it is and how it is asked. */
import { useAsk } from '../../api.ts';
import { Page } from '../../kit/page.tsx';
import { ProblemNotice } from '../../kit/problem-notice.tsx';
import { Skeleton } from '../../kit/spinner.tsx';
import { NewPart } from '../../part-editing/new-part.tsx';
import { newProvider } from './model-value.ts';
import { PROVIDERS } from './provider-screen.tsx';

export function NewProvider() {
  const kinds = useAsk('listProviderKinds');
  const [first] = kinds.data?.items ?? [];
  if (first === undefined)
    return (
      <Page title="New provider" parents={PROVIDERS.parents}>
        {kinds.error === null ? <Skeleton lines={10} /> : <ProblemNotice problem={kinds.error} />}
      </Page>
    );
  return <NewPart kind={PROVIDERS} initial={newProvider(first.id)} description="Where models are asked." />;
}
