/** A model that is yet to come. */
import { buttonClass } from '../../kit/button.tsx';
import { Card } from '../../kit/card.tsx';
import { EmptyState } from '../../kit/empty-state.tsx';
import { Link } from '../../kit/link.tsx';
import { Page } from '../../kit/page.tsx';
import { useProviders } from '../../part-editing/choices.ts';
import { NewPart } from '../../part-editing/new-part.tsx';
import { MODELS } from './model-screen.tsx';
import { newModel } from './model-value.ts';

export function NewModel() {
  const [first] = useProviders();
  if (first === undefined)
    return (
      <Page title="New model" parents={MODELS.parents}>
        <Card>
          <EmptyState
            title="It takes a provider first"
            actions={
              <Link to="/models/new-provider" className={buttonClass('primary')}>
                New provider
              </Link>
            }
          >
            A model is answered by providers: say where they are and how they are asked.
          </EmptyState>
        </Card>
      </Page>
    );
  return (
    <NewPart
      kind={MODELS}
      initial={newModel(first.value)}
      description="The name that clients ask for, and who answers."
      hint="As clients ask for it. With a * at its end it stands for all that begin so: gpt-*."
    />
  );
}
