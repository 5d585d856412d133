/** What an administrator has stopped serves nobody. */
import { expect, test } from 'vitest';
import { configurationSchema } from '../../contract/configuration.ts';
import { createRouting } from './routing.ts';

const tree = (stopped: { readonly model?: boolean; readonly one?: boolean; readonly two?: boolean }) =>
  configurationSchema.parse({
    version: 1,
    applications: { app: {} },
    providers: {
      one: { kind: 'simulator', stopped: stopped.one ?? false },
      two: { kind: 'simulator', stopped: stopped.two ?? false },
    },
    models: {
      small: { stopped: stopped.model ?? false, candidates: [{ provider: 'one' }, { provider: 'two' }] },
      'gpt-*': { stopped: stopped.model ?? false, candidates: [{ provider: 'one' }] },
    },
  });

test.each([
  [{}, 'small', ['one', 'two']],
  [{ one: true }, 'small', ['two']],
  [{ one: true, two: true }, 'small', 'model_stopped'],
  [{ model: true }, 'small', 'model_stopped'],
  [{ model: true }, 'gpt-5', 'model_stopped'],
  [{ one: true }, 'gpt-5', 'model_stopped'],
  [{ two: true }, 'gpt-5', ['one']],
])('where %j is stopped, %s goes to %j', (stopped, model, expected) => {
  const routing = createRouting(tree(stopped));
  const app = routing.application('app');
  const resolve = () => routing.resolve(app, model, 'chat').map(({ providerId }) => providerId);
  if (typeof expected === 'string') expect(resolve).toThrow(expect.objectContaining({ code: expected }));
  else expect(resolve().toSorted()).toEqual(expected);
});

test('a stopped model is not listed', () => {
  const routing = createRouting(tree({ model: true }));
  expect(routing.models(routing.application('app'))).toEqual([]);
});
