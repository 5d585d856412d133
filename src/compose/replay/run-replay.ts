/** A replay from the record to its counts: read, opened and scanned here, so that nothing of it but its events leaves. */
import type { Configuration } from '../../contract/configuration.ts';
import { replay, type ReplayEvent, type ReplayOrder } from '../../control-plane/guardrails/replay.ts';
import type { Reach } from '../../domain/administrator.ts';
import type { Guardrail } from '../../domain/guardrail.ts';
import { masterKeyId } from '../../governance/secrets/secrets.ts';
import { createKeyOpener, revealSaid } from '../../modules/audit/audit.ts';
import { configureProviders } from '../providers.ts';
import { recordedTexts } from '../recorded-texts.ts';
import { MAX_TRIED_CHARACTERS } from '../scan/scan-rows.ts';
import { createTextScanner } from '../scan/text-scanner.ts';

/** Where the record and its keys are. */
export interface RecordPlace {
  readonly directory: string;
  readonly keysDirectory: string | undefined;
  readonly databaseUrl: string | undefined;
  readonly keysDatabaseUrl: string | undefined;
}

/** Plain data: it is handed to a thread. */
export interface ReplaySettings {
  readonly place: RecordPlace;
  readonly masterKeys: readonly Uint8Array[];
  /** They say how answers are read; nobody is called, so that no credential is needed. */
  readonly providers: Configuration['providers'];
  readonly guardrail: Guardrail;
  readonly order: ReplayOrder;
  readonly reach: Reach;
}

export async function* runReplay(settings: ReplaySettings): AsyncGenerator<ReplayEvent> {
  const { place, guardrail, order, reach } = settings;
  const providers = await configureProviders(settings.providers, () => Promise.resolve(null));
  const scan = await createTextScanner([guardrail], undefined);
  const masterKeys = settings.masterKeys.map((bytes) => {
    const key = Buffer.from(bytes);
    return { id: masterKeyId(key), key };
  });
  const record = await openRecordAt(place);
  const open = createKeyOpener(record.keys, masterKeys);
  // Told when all is closed: then the thread may be lent again.
  let done: ReplayEvent | undefined;
  try {
    const events = replay(
      {
        readSaid: async (query) => revealSaid({ open }, await record.read(query)),
        textsOf: (entry, content) => recordedTexts(entry, content, providers),
        async scan(text) {
          if (text.text.length > MAX_TRIED_CHARACTERS) throw new Error('the text is too long to be scanned');
          return scan(text);
        },
      },
      guardrail,
      order,
      reach,
    );
    for await (const event of events) {
      if (event.kind === 'done') done = event;
      else yield event;
    }
  } finally {
    await record.close();
  }
  if (done) yield done;
}

async function openRecordAt({ directory, keysDirectory, databaseUrl, keysDatabaseUrl }: RecordPlace) {
  if (databaseUrl) {
    const { openPostgresRecord } = await import('../../adapters/postgres/record-reader.ts');
    return openPostgresRecord(databaseUrl, keysDatabaseUrl);
  }
  const { openSqliteRecord } = await import('../../adapters/sqlite/record-reader.ts');
  return openSqliteRecord(directory, keysDirectory);
}
