/** Guardrails: kept as parts of the tree, drawn as forms, tried, replayed. */
import type { guardrailOperations } from '../../contract/api/guardrails.ts';
import { schemaOf } from '../../contract/api/openapi.ts';
import type { Reach } from '../../domain/administrator.ts';
import type { Guardrail } from '../../domain/guardrail.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { ConfigurationRoom } from '../../governance/configuration/configuration.ts';
import type { ScannerManifest } from '../../modules/scanning/scanner.ts';
import type { Handlers } from '../handler.ts';
import { partHandlers } from '../parts.ts';
import { readyDraft, type Draft } from './draft.ts';
import type { ReplayEvent, ReplayOrder } from './replay.ts';
import { tryOnFile, type ScanRows } from './try-file.ts';
import { tryOut, type TryOutRooms } from './try-out.ts';

/** @throws the signal's reason, as soon as it is given up */
export type StartReplay = (
  guardrail: Guardrail,
  order: ReplayOrder,
  reach: Reach,
  signal: AbortSignal,
) => AsyncGenerator<ReplayEvent>;

export interface GuardrailsOptions {
  readonly configurations: ConfigurationRoom;
  readonly scanners: readonly ScannerManifest[];
  readonly rooms: () => TryOutRooms;
  readonly scanRows: ScanRows;
  readonly replay: StartReplay;
}

export function guardrailHandlers(options: GuardrailsOptions): Handlers<typeof guardrailOperations> {
  const { configurations, scanners, rooms, scanRows, replay } = options;
  const guardrails = partHandlers(configurations, 'guardrails');
  const described = scanners.map(describe);
  return {
    listGuardrails: guardrails.list,
    getGuardrail: guardrails.get,
    createGuardrail: guardrails.create,
    changeGuardrail: guardrails.change,
    removeGuardrail: guardrails.remove,
    listGuardrailVersions: guardrails.versions,
    listScanners: () => ({ items: described }),
    tryGuardrail: ({ body: { draft, ...place } }) => tryOut(rooms(), readyDraft(scanners, draft), place),
    tryGuardrailOnFile: ({ body }) =>
      tryOnFile(scanRows, selfContained(readyDraft(scanners, body.draft)), body.lines),
    replayGuardrail: ({ body }, { reach, signal }) =>
      replay(selfContained(readyDraft(scanners, body.draft)).guardrail, body, reach, signal),
  };
}

function describe({ id, title, description, risks, kinds, config }: ScannerManifest) {
  return {
    id,
    title,
    description,
    risks: [...risks],
    kinds: [...kinds],
    settings: { ...schemaOf(config, 'input') },
  };
}

/** @throws Refusal `unacceptable` for a scanner that would ask somebody else about each of many texts */
function selfContained(draft: Draft): Draft {
  const { id, reaches } = draft.manifest;
  if (reaches === undefined || reaches === 'files') return draft;
  throw new Refusal(
    'unacceptable',
    `the scanner ${id} asks somebody else about each text: try it on single texts, or publish it in shadow`,
  );
}
