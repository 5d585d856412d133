/** The least is rewritten in a body that a provider gets as the client wrote it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../base/json.ts';
import { spliceModel, withModel } from './native-body.ts';

describe('a native body', () => {
  it('is forwarded as the very bytes where the name is right already', () => {
    const bytes = Buffer.from('{ "model": "m", "x": 1 }');
    expect(withModel({ model: 'm', x: 1 }, bytes, 'm')).toBe(bytes);
  });

  it('keeps every byte but those of the name', () => {
    const bytes = Buffer.from(
      '{"messages":[{"model":"inner \\" {","content":"\\"model\\":\\"no\\""}], "model" : "old","z":1.0}',
    );
    expect(String(spliceModel(bytes, 'new"', ''))).toBe(
      '{"messages":[{"model":"inner \\" {","content":"\\"model\\":\\"no\\""}], "model" : "new\\"","z":1.0}',
    );
  });

  it('is written anew where the key hides behind escapes', () => {
    const bytes = Buffer.from('{"mod\\u0065l":"old"}');
    expect(spliceModel(bytes, 'new', '')).toBeUndefined();
    expect(withModel({ model: 'old' }, bytes, 'new')).toBe('{"model":"new"}');
  });

  it.each(['{"model":5}', '[]', '', '{"x":"model"}', '{"a":["model","b"]}'])(
    '%s has no name to splice',
    (text) => {
      expect(spliceModel(Buffer.from(text), 'new', '')).toBeUndefined();
    },
  );

  it('says the same as a rewritten one, whatever stands around the name', () => {
    const member = fc.string().filter((key) => key !== 'model' && key !== '__proto__');
    const body = fc.dictionary(member, fc.jsonValue(), { maxKeys: 5 });
    fc.assert(
      fc.property(body, body, fc.string(), fc.boolean(), (before, after, model, pretty) => {
        const json = {
          ...before,
          model: 'old',
          ...after,
          ...(pretty ? { tail: 'model' } : {}),
        } as JsonObject;
        const bytes = Buffer.from(JSON.stringify(json, null, pretty ? 2 : 0));
        const spliced = spliceModel(bytes, model, '"added":true,');
        expect(JSON.parse(String(spliced))).toEqual(
          // Through JSON as well, which has no negative zero.
          JSON.parse(JSON.stringify({ added: true, ...json, model })),
        );
      }),
    );
  });
});
