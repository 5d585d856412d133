/** `bartizan start`: serves until it is told to stop, and says on its first lines what a newcomer needs. */
import { composeGateway, type Composed, type Gateway } from '../compose.ts';
import { readSettings, type Settings } from '../config.ts';
import { providerHints } from './provider-hints.ts';
import { print } from './print.ts';

export async function start(): Promise<void> {
  const settings = readSettings();
  const { gateway, firstKey, welcome } = await composeGateway(settings);
  const port = await gateway.listen();
  greet(settings, gateway, port, { firstKey, welcome });
  const { configuration } = await gateway.office.configurations.inForce();
  const kinds = new Set(Object.values(configuration.providers).map(({ kind }) => kind));
  for (const hint of await providerHints(settings, kinds)) print(hint);
  stopOnSignals(gateway);
}

function greet(
  settings: Settings,
  gateway: Gateway,
  port: number,
  { firstKey, welcome }: Omit<Composed, 'gateway'>,
): void {
  const base = `http://${settings.host.includes(':') ? `[${settings.host}]` : settings.host}:${port}`;
  print(`Bartizan serves on ${base} (${gateway.office.stores.description})`);

  if (welcome !== undefined) {
    print('Nobody administers it yet. This link makes the first owner; it is good for a day and once:');
    print(`  ${base}/console/welcome#${welcome}`);
  }
  if (firstKey === undefined) return;
  print('');
  print('This application key is shown once; it is stored as a hash:');
  print(`  ${firstKey}`);
  print('');
  print('Try it:');
  print(
    `  curl -i ${base}/v1/chat/completions -H 'authorization: Bearer ${firstKey}' -H 'content-type: application/json' \\`,
  );
  print(
    `    -d '{"model":"simulator","messages":[{"role":"user","content":"My mail is alice@example.com, what is my name?"}]}'`,
  );
}

/** The first signal drains; a second one ends at once. */
function stopOnSignals(gateway: Gateway): void {
  let stopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) process.exit(1);
    stopping = true;
    gateway.monitoring.log.info({ signal }, 'draining');
    void gateway.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        gateway.monitoring.fault('stop', error);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
