/** Runs a classifier of your own, an ONNX model with its tokenizer from a local folder, in this process. */
import { withDeadline } from '../../base/deadline.ts';
import { shareInFlight } from '../../base/in-flight.ts';
import { createTurnstile } from '../../base/turnstile.ts';
import { defineScanner, scanInPieces, type Scanner, type Sighting } from '../../modules/scanning/scanner.ts';
import { createClassifier, type Classifier } from './classifier.ts';
import { onnxConfig, type OnnxConfig } from './configuration.ts';
import { checkFolder } from './model-folder.ts';
import { importPeer, type ImportModule } from './peers.ts';

/** Pieces that wait for the model. */
const MAX_WAITING = 2_000;

export const onnx = defineScanner<OnnxConfig>({
  id: 'onnx',
  title: 'ONNX model',
  description: 'A text or token classifier of your own, from a local folder, run in this process.',
  risks: ['LLM01:2025', 'LLM02:2025'],
  kinds: ['*'],
  config: onnxConfig,
  reaches: 'files',
  create: (configured, wanted) => createOnnx(configured, wanted, importPeer),
});

/**
 * One chain for each kind, since a paragraph may have several labels; they share what the model says. The model is loaded
 * with the first look.
 * @throws Error where the folder does not hold what it should
 */
export function createOnnx(
  configured: OnnxConfig,
  wanted: readonly string[],
  importModule: ImportModule,
): readonly Scanner[] {
  checkFolder(configured);
  let classifier: Promise<Classifier> | undefined;
  const turnstile = createTurnstile(1, MAX_WAITING);
  const look = shareInFlight(async (text): Promise<readonly Sighting[]> => {
    classifier ??= createClassifier(configured, importModule);
    const { classify } = await classifier;
    const { timeout_ms } = configured;
    // A model cannot be stopped. One that hangs keeps its place, and whoever waits behind it fails by the same deadline.
    const classified = turnstile.pass(AbortSignal.timeout(timeout_ms), () => classify(text));
    return withDeadline(classified, timeout_ms, 'the model');
  });
  const kinds = new Set(Object.values(configured.labels).map((label) => label.kind));
  return [...kinds]
    .filter((each) => wanted.length === 0 || wanted.includes(each))
    .map((each) =>
      scanInPieces(configured.max_characters, async (text) =>
        (await look(text)).filter((sighting) => sighting.kind === each),
      ),
    );
}
