/** A name becomes one word of an address and comes back from it, whatever the console's own words are. */
import { expect, test } from 'vitest';
import { matchScreen } from '../screen-match.ts';
import { nameFromPath, nameInPath } from './name-in-path.ts';

test.each(['mail', 'new', 'New', 'news', 'team/new', 'new/team', 'a/b:c@d.e_f-g', 'gpt-*'])(
  '%s is reached at an address of its own',
  (name) => {
    const match = matchScreen(['', 'new', '$name'], decodeURIComponent(nameInPath(name)));
    expect(match?.pattern).toBe('$name');
    expect(nameFromPath(match?.params['name'])).toBe(name);
  },
);

test('an address that was kept from before leads where it led', () => {
  expect(nameFromPath('team~zoe')).toBe('team/zoe');
  expect(nameInPath('mail')).toBe('mail');
});
