import { hash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../base/canonical-json.ts';
import { isArray, isObject, type Json, type JsonObject } from '../../base/json.ts';
import type { AuditEntry } from '../../domain/record.ts';
import { toItem, type FormatName } from './format.ts';
import { answered, applied, HOSTILE, SAMPLES } from './testdata/records.ts';

const UPDATES = process.env['UPDATE_GOLDEN'] === '1';
const FORMATS = ['ocsf', 'cef', 'json'] as const;
const LINE_BREAKS_AND_CONTROLS = /[\p{Cc}\u2028\u2029]/u;

function textOf(format: FormatName, entry: AuditEntry): string {
  const place = { instance: 'gateway-1', sequence: 42, index: 96, position: 97 };
  const recorded = { ...place, hasContent: false, subjectKey: 'sub_1', entry };
  return toItem(format, recorded, { version: '1.2.3', log: 'log.example.com' }).text;
}

const eventOf = (entry: AuditEntry) => JSON.parse(textOf('ocsf', entry)) as JsonObject;

describe.each(FORMATS)('%s', (format) => {
  test.each(Object.entries(SAMPLES))('writes %s as its golden file says', (name, entry) => {
    const path = new URL(`testdata/${format}_${name}.txt`, import.meta.url);
    const text = textOf(format, entry);
    if (UPDATES) writeFileSync(path, `${text}\n`);
    expect(`${text}\n`).toBe(readFileSync(path, 'utf8'));
  });

  test('never gives away captured content', () => {
    expect(textOf(format, answered)).not.toMatch(/WHAT-WAS-SAID|"content"/);
  });

  test('stays one line of printable characters, and short, whatever clients chose', () => {
    const strange = fc.string({ unit: 'binary', maxLength: 3_000 });
    fc.assert(
      fc.property(strange, strange, strange, (model, key, value) => {
        const text = textOf(format, {
          ...answered,
          requestedModel: model,
          providerModel: model,
          metadata: { [key]: value },
        });
        expect(text).not.toMatch(LINE_BREAKS_AND_CONTROLS);
        expect(text.isWellFormed()).toBe(true);
        expect(text.length).toBeLessThan(24_000);
      }),
      { numRuns: 200 },
    );
  });
});

describe('CEF', () => {
  /** A reader as the format describes it: pipes split the header, unescaped equals signs end a key. */
  function read(text: string) {
    const parts = text.split(/(?<!(?<!\\)(?:\\\\)*\\)\|/);
    const extension = parts.slice(7).join('|');
    const keys = [...extension.matchAll(/(?:^| )([A-Za-z0-9]+)=/g)];
    const values = keys.map((match, index) => {
      const from = match.index + match[0].length;
      const value = extension.slice(from, keys[index + 1]?.index ?? extension.length);
      return [match[1] ?? '', value.replace(/\\(.)/g, '$1')] as const;
    });
    return { header: parts.slice(0, 7).map((part) => part.replace(/\\(.)/g, '$1')), fields: new Map(values) };
  }

  test('cannot be led by a client’s string to another field or another header', () => {
    const { header, fields } = read(
      textOf('cef', { ...applied, action: `x${HOSTILE}`, subject: 'n act=key.create outcome=answered|9|' }),
    );
    expect(header).toHaveLength(7);
    expect(header[4]).toBe(`x${HOSTILE.replaceAll(new RegExp(LINE_BREAKS_AND_CONTROLS, 'gu'), ' ')}`);
    expect(header[6]).toBe('3');
    expect(fields.get('act')).toMatch(/^xa\|b=c\\d/);
    expect(fields.get('cs1')).toBe('n act=key.create outcome=answered|9|');
    expect(fields.has('outcome')).toBe(false);
  });
});

describe('OCSF', () => {
  /** From the class and object definitions of schema 1.9: what is required, and what one of must be there. */
  const CLASSES: Readonly<Record<number, { required: readonly string[]; activities: readonly number[] }>> = {
    6003: { required: ['actor', 'api', 'src_endpoint'], activities: [0, 1, 2, 3, 4, 99] },
    2004: { required: ['finding_info'], activities: [0, 1, 2, 3, 99] },
    6002: { required: ['application'], activities: [...Array(9).keys(), 99] },
    3004: { required: ['entity'], activities: [...Array(14).keys(), 99] },
  };
  const EVERY = 'activity_id category_uid class_uid metadata severity_id time type_uid'.split(' ');
  const OBJECTS: Readonly<Record<string, { all?: readonly string[]; one?: readonly string[] }>> = {
    metadata: { all: ['product', 'version'] },
    product: { one: ['name', 'uid'] },
    actor: { one: ['user', 'process', 'session', 'application'] },
    user: { one: ['account', 'name', 'uid'] },
    application: { one: ['uid', 'name'] },
    api: { all: ['operation'] },
    request: { all: ['uid'] },
    src_endpoint: { one: ['ip', 'uid', 'name', 'hostname', 'svc_name'] },
    dst_endpoint: { one: ['ip', 'uid', 'name', 'hostname', 'svc_name'] },
    ai_model: { all: ['name', 'ai_provider'] },
    ai_agent: { all: ['uid'] },
    message_context: { one: ['application', 'service'] },
    finding_info: { all: ['uid'] },
    analytic: { all: ['type_id'], one: ['name', 'uid'] },
    evidences: { one: ['actor', 'api', 'data'] },
    resources: { one: ['name', 'uid'] },
    entity: { one: ['name', 'uid'] },
    updated_entity: { one: ['name', 'uid'] },
    attestation: { one: ['fingerprint', 'signatures'] },
    fingerprint: { all: ['algorithm_id', 'value'] },
  };

  /** Places where an object lacks what its definition asks for. */
  function lacks(value: Json | undefined, key = ''): string[] {
    if (isArray(value)) return value.flatMap((member) => lacks(member, key));
    if (!isObject(value)) return [];
    const { all = [], one } = OBJECTS[key] ?? {};
    const missing = all.filter((member) => !Object.hasOwn(value, member)).map((member) => `${key}.${member}`);
    const none =
      one && !one.some((member) => Object.hasOwn(value, member)) ? [`${key}: one of ${one.join(', ')}`] : [];
    const inside = Object.entries(value)
      .filter(([member]) => member !== 'unmapped' && member !== 'data')
      .flatMap(([member, inner]) => lacks(inner, member));
    return [...missing, ...none, ...inside];
  }

  test.each(Object.entries(SAMPLES))('has what the schema asks for in %s', (_, entry) => {
    const event = eventOf(entry);
    const { class_uid: classUid, activity_id: activity, type_uid: type, category_uid: category } = event;
    const definition = CLASSES[Number(classUid)]!;
    expect([...EVERY, ...definition.required].filter((member) => !Object.hasOwn(event, member))).toEqual([]);
    expect(definition.activities).toContain(activity);
    expect(type).toBe(Number(classUid) * 100 + Number(activity));
    expect(category).toBe(Math.floor(Number(classUid) / 1_000));
    expect([0, 1, 2, 3, 4, 5, 6, 99]).toContain(event['severity_id']);
    expect(lacks(event)).toEqual([]);
  });

  test.each([
    ['answered', 6003],
    ['refused', 6003],
    ['blocked', 2004],
    ['applied', 3004],
    ['started', 6002],
  ])('makes of %s an event of class %d', (name, classUid) => {
    expect(eventOf(SAMPLES[name]!)['class_uid']).toBe(classUid);
  });

  test('names the key of who it was, and an erasure the keys that are no more', () => {
    expect(eventOf(answered)).toMatchObject({ actor: { user: { uid_alt: 'sub_1' } } });
    expect(eventOf(SAMPLES['erased']!)).toMatchObject({
      activity_name: 'Delete',
      entity: { type: 'subject', uid: 'ers_1' },
      unmapped: { erasure: { basis: 'art17-1-b', keys: ['sub_ada', 'sub_agent'] } },
    });
    expect(textOf('cef', SAMPLES['erased']!)).toContain('flexString2=sub_ada sub_agent');
    expect(JSON.parse(textOf('json', answered))).toMatchObject({ subjectKey: 'sub_1' });
  });

  test('has a fingerprint that anybody can make again from the event, and that an alteration breaks', () => {
    const event = eventOf(answered);
    const fingerprint = (of: JsonObject) => {
      const { fingerprint: _, ...attestation } = of['attestation'] as JsonObject;
      return hash('sha256', canonicalJson({ ...of, attestation }));
    };
    const { value } = (event['attestation'] as JsonObject)['fingerprint'] as JsonObject;
    expect(fingerprint(event)).toBe(value);
    expect(fingerprint({ ...event, severity_id: 0 })).not.toBe(value);
    expect(textOf('ocsf', answered)).toBe(textOf('ocsf', structuredClone(answered)));
  });
});
