/** The index beside a gateway: followed and asked in threads of its own, and no matter to the traffic. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startActivity, type RunningActivity } from '../../src/compose/activity.ts';
import { openOffice, type Office } from '../../src/compose/office.ts';
import { readSettings } from '../../src/config.ts';
import { administrationOperations } from '../../src/contract/api/administration.ts';
import { interactionOperations } from '../../src/contract/api/interactions.ts';
import { overviewSchema } from '../../src/contract/api/overview.ts';
import { administrationHandlers } from '../../src/control-plane/administration/administration.ts';
import { interactionHandlers } from '../../src/control-plane/interactions/interactions.ts';
import { overviewHandlers } from '../../src/control-plane/overview/overview.ts';
import type { SignedInAsking } from '../../src/control-plane/handler.ts';
import {
  administrationEntry,
  endOf,
  EVERYTHING,
  finding,
  interactionEntry,
  reachOf,
} from '../conformance/activity-world.ts';
import { createSchema } from '../conformance/backends.ts';
import { describeWithPostgres } from '../servers.ts';

const SOON = { timeout: 15_000, interval: 50 };

const places = [
  { name: 'SQLite', describe, url: async () => ({ env: {}, drop: () => Promise.resolve() }) },
  {
    name: 'PostgreSQL',
    describe: describeWithPostgres,
    url: async () => {
      const { url, drop } = await createSchema();
      return { env: { DATABASE_URL: url }, drop };
    },
  },
];

for (const place of places)
  place.describe(`the index beside a gateway, in ${place.name}`, () => {
    let directory: string;
    let drop: () => Promise<void>;
    let office: Office;
    let running: RunningActivity;
    const faults: unknown[] = [];

    function start(env: Record<string, string>) {
      return readSettings({ BARTIZAN_DATA: directory, BARTIZAN_INSTANCE: 'one', ...env });
    }
    let env: Record<string, string>;
    beforeEach(async () => {
      directory = mkdtempSync(join(tmpdir(), 'bartizan-activity-'));
      ({ env, drop } = await place.url());
      office = await openOffice(start(env));
      running = run();
      // The threads' code is loaded as they start.
      await vi.waitFor(() => count(), SOON);
    });
    afterEach(async () => {
      await running.stop();
      await office.close();
      await drop();
      rmSync(directory, { recursive: true, force: true });
    });

    function run(): RunningActivity {
      return startActivity({
        office,
        settings: start(env),
        providers: () => [{ provider: 'openai', state: 'closed', consecutiveFailures: 0 }],
        onError: (error) => void faults.push(error),
      });
    }
    const asking = (reach: SignedInAsking['reach'] = EVERYTHING, signal = new AbortController().signal) =>
      // Of who asks, the handlers read no more.
      ({ reach, signal }) as SignedInAsking;
    const handlers = () => interactionHandlers(running.activity);
    const listQuery = (query: object = {}) => ({
      path: undefined,
      body: undefined,
      query: interactionOperations.listInteractions.query.parse(query),
    });
    const count = async (query: object = {}) => {
      const listed = await handlers().listInteractions(listQuery(query), asking());
      return interactionOperations.listInteractions.answer.parse(listed).items.length;
    };

    test('shows what was recorded within a second, and everything of it', async () => {
      const stream = interactionEntry({
        outcome: 'released',
        stream: true,
        guardrails: [{ id: 'pii', version: '1', action: 'redact', findings: 1, direction: 'request' }],
        findings: [finding('EMAIL_ADDRESS')],
        action: 'redact',
        metadata: { ticket: '4711' },
        at: Date.now(),
      });
      await office.audit.append(stream);
      const { index } = await office.audit.append(endOf(stream));
      await office.audit.append(administrationEntry());
      await vi.waitFor(async () => expect(await count({ outcome: 'answered' })).toBe(1), SOON);
      const detail = interactionOperations.getInteraction.answer.parse(
        await handlers().getInteraction(
          { path: { id: stream.id }, query: undefined, body: undefined },
          asking(),
        ),
      );
      expect(detail).toMatchObject({
        id: stream.id,
        principal: { kind: 'person', id: 'ada' },
        metadata: { ticket: '4711' },
        attempts: [{ provider: 'openai', isOk: true }],
        explanation: 'Answered by openai; strongest action redact, by pii.',
        erasedBy: null,
      });
      expect(detail.guardrails.map(({ id, result }) => [id, result])).toEqual([
        ['pii', 'redact'],
        ['pii', 'quiet'],
        ['secrets', 'quiet'],
      ]);
      expect(detail.record.map(({ kind }) => kind)).toEqual(['interaction', 'interaction_end']);
      expect(detail.record[1]?.address).toBe(`${office.audit.origin}/${index}`);
      expect(detail.timeline.map(({ name }) => name)).toEqual([
        'identity',
        'policy',
        'scan',
        'first_byte',
        'total',
      ]);
      const query = administrationOperations.listAdministration.query.parse({ action: 'key.create' });
      await vi.waitFor(async () => {
        const acts = await administrationHandlers(running.activity).listAdministration(
          { path: undefined, body: undefined, query },
          asking(),
        );
        expect(administrationOperations.listAdministration.answer.parse(acts).items).toHaveLength(1);
      }, SOON);
    });

    test('counts what an overview shows, each number with the filter that leads to as many records', async () => {
      const at = Date.now();
      for (let each = 0; each < 12; each++)
        await office.audit.append(
          interactionEntry({
            at: at - each,
            ...(each % 3 === 0
              ? { outcome: 'refused', refusal: 'content_policy_violation', refusedBy: 'pii', action: 'block' }
              : each % 3 === 1
                ? { action: 'redact', findings: [finding('IBAN_CODE')], application: 'other' }
                : {}),
          }),
        );
      await vi.waitFor(async () => expect(await count()).toBe(12), SOON);
      for (const window of ['1h', '24h', '7d', '30d'] as const) {
        const overview = overviewSchema.parse(
          await overviewHandlers(running.activity).getOverview(
            { path: undefined, body: undefined, query: { window } },
            asking(),
          ),
        );
        expect(overview.figures.total.value, window).toBe(12);
        expect(overview.series.total.reduce((sum, each) => sum + each, 0)).toBe(12);
        for (const parts of [overview.spendSeries.application, overview.spendSeries.model])
          expect(parts.flatMap(({ costMicros }) => costMicros).reduce((sum, each) => sum + each, 0)).toBe(
            overview.figures.costMicros.value,
          );
        expect(overview.spendSeries.application.map(({ name }) => name)).toEqual(['desk', 'other']);
        expect(overview.latency.p50).toBeGreaterThan(14);
        expect(overview.providers).toMatchObject([{ provider: 'openai', attempts: 12, circuit: 'closed' }]);
        expect(overview.index).toMatchObject({ isRebuilding: false, failure: null });
        const numbers = [
          overview.figures.total,
          overview.figures.refused,
          overview.figures.rewritten,
          overview.figures.failed,
        ].map(({ value, filter }) => ({ count: value, filter }));
        for (const { count: number, filter } of [
          ...numbers,
          ...overview.outcomes,
          ...overview.findings,
          ...overview.refusedBy.code,
          ...overview.refusedBy.guardrail,
          ...overview.rewrittenBy.guardrail,
        ])
          expect(await count(filter), JSON.stringify(filter)).toBe(number);
        for (const { requests, filter } of [...overview.spend.application, ...overview.spend.model])
          expect(await count(filter), JSON.stringify(filter)).toBe(requests);
      }
      const narrow = await running.activity.overview({ window: '1h', reach: reachOf('other') });
      expect(narrow.figures.total.value).toBe(4);
      expect(narrow.spend.application.map(({ name }) => name)).toEqual(['other']);
      expect(narrow.spendSeries.application.map(({ name }) => name)).toEqual(['other']);
    });

    test('tells whoever watches, and exports what fits', async () => {
      const end = new AbortController();
      const batches = await handlers().watchInteractions(
        {
          path: undefined,
          body: undefined,
          query: interactionOperations.watchInteractions.query.parse({ application: 'desk' }),
        },
        asking(EVERYTHING, end.signal),
      );
      const seen: string[] = [];
      const watching = (async () => {
        for await (const batch of batches)
          seen.push(...interactionOperations.watchInteractions.events.parse(batch).items.map(({ id }) => id));
      })();
      const entries = [
        interactionEntry({ requestedModel: '=HYPERLINK("x")' }),
        interactionEntry({ application: 'other' }),
        interactionEntry(),
      ];
      for (const entry of entries) await office.audit.append(entry);
      await vi.waitFor(() => expect(new Set(seen)).toEqual(new Set([entries[0]!.id, entries[2]!.id])), SOON);
      end.abort();
      await watching;
      for (const format of ['csv', 'jsonl'] as const) {
        const { content } = await handlers().exportInteractions(
          {
            path: undefined,
            body: undefined,
            query: interactionOperations.exportInteractions.query.parse({ application: 'desk', format }),
          },
          asking(),
        );
        let text = '';
        for await (const chunk of content as AsyncIterable<string>) text += chunk;
        expect(text).toContain(entries[0]!.id);
        expect(text).not.toContain(entries[1]!.id);
        if (format === 'csv') expect(text).toContain(`"'=HYPERLINK(""x"")"`);
      }
    });

    test('goes on where it was when it is started again, and hears of what came meanwhile', async () => {
      await office.audit.append(interactionEntry());
      await vi.waitFor(async () => expect(await count()).toBe(1), SOON);
      await running.stop();
      await office.audit.append(interactionEntry());
      running = run();
      await vi.waitFor(async () => expect(await count()).toBe(2), SOON);
      expect(await count()).toBe(2);
    });

    test('is no matter to the record: that is written while nobody can ask or follow', async () => {
      await running.stop();
      await expect(
        running.activity.list({ filter: {}, reach: EVERYTHING, sort: '-at', limit: 1 }),
      ).rejects.toMatchObject({ code: 'index_unavailable' });
      await expect(office.audit.append(interactionEntry())).resolves.toMatchObject({
        index: expect.any(Number),
      });
    });
  });

test('an index in a file that cannot be read is made again', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'bartizan-activity-'));
  try {
    const settings = readSettings({ BARTIZAN_DATA: directory, BARTIZAN_INSTANCE: 'one' });
    const office = await openOffice(settings);
    await office.audit.append(interactionEntry());
    const file = join(directory, 'activity.sqlite');
    writeFileSync(file, Buffer.alloc(8_192, 'not a database'));
    const running = startActivity({ office, settings, providers: () => [], onError: () => undefined });
    await vi.waitFor(
      async () =>
        expect(
          (await running.activity.list({ filter: {}, reach: EVERYTHING, sort: '-at', limit: 5 })).items,
        ).toHaveLength(1),
      SOON,
    );
    expect(readFileSync(file).subarray(0, 15).toString()).toBe('SQLite format 3');
    await running.stop();
    await office.close();
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});
