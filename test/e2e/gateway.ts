/** A gateway of its own for a test: composed from settings, in this process, on a free port, with a directory of its own. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeGateway, type Gateway } from '../../src/compose.ts';
import { readSettings } from '../../src/config.ts';

export interface RunningGateway {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** A key of the first application in the configuration, with the scopes inference and reidentify. */
  readonly key: string;
  readonly directory: string;
  readonly gateway: Gateway;
  stop(): Promise<void>;
}

/** `yaml` is a whole configuration; without it the starting one counts. */
export async function startGateway(
  yaml?: string,
  environment: NodeJS.ProcessEnv = {},
): Promise<RunningGateway> {
  const directory = await mkdtemp(join(tmpdir(), 'bartizan-test-'));
  const file = join(directory, 'bartizan.yaml');
  if (yaml !== undefined) await writeFile(file, yaml);
  const settings = readSettings({
    BARTIZAN_PORT: '0',
    BARTIZAN_DATA: join(directory, 'data'),
    BARTIZAN_INSTANCE: 'test',
    BARTIZAN_LOG_LEVEL: 'silent',
    BARTIZAN_DRAIN_MS: '2000',
    ...(yaml === undefined ? {} : { BARTIZAN_CONFIG: file }),
    ...environment,
  });
  const { gateway, firstKey } = await composeGateway(settings);
  const port = await gateway.listen();
  if (firstKey === undefined) throw new Error('the first start made no key');
  return {
    url: `http://127.0.0.1:${port}`,
    key: firstKey,
    directory,
    gateway,
    async stop() {
      await gateway.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
