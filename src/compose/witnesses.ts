/** The witnesses of the configuration in force, asked over the guarded transport. */
import type { Configuration } from '../contract/configuration.ts';
import type { AskedWitness, WitnessAnswer, WitnessPanel } from '../modules/audit/audit.ts';
import type { Transport } from '../modules/inference/transport.ts';
import { COSIGNATURE_V1, parseVerifierKey } from '../tlog/keys.ts';
import type { Problem } from '../governance/configuration/configuration.ts';

/** A few signature lines, or a size. */
const MAX_ANSWER_BYTES = 64 * 1024;
const TIMEOUT_MS = 10_000;

type WitnessConfiguration = Configuration['witnesses'][string];

/** Made anew where the configuration is another. */
export function createPanel(transport: Transport, current: () => Configuration): () => WitnessPanel {
  let made: { readonly configuration: Configuration; readonly panel: WitnessPanel } | undefined;
  return () => {
    const configuration = current();
    if (made?.configuration !== configuration) {
      const { witnesses, witness_quorum: quorum = 0 } = configuration;
      const asked = Object.entries(witnesses).map(([name, each]) => askedWitness(transport, name, each));
      made = { configuration, panel: { witnesses: asked, quorum } };
    }
    return made.panel;
  };
}

function askedWitness(
  transport: Transport,
  name: string,
  { key, url, allow_private_network: allowPrivateNetwork }: WitnessConfiguration,
): AskedWitness {
  return {
    name,
    verifier: parseVerifierKey(key),
    async addCheckpoint(body, signal): Promise<WitnessAnswer> {
      const answer = await transport.send({
        method: 'POST',
        url: `${url.replace(/\/$/, '')}/add-checkpoint`,
        headers: { 'content-type': 'text/plain; charset=utf-8' },
        body: Buffer.from(body),
        signal,
        timeouts: { connectMs: TIMEOUT_MS, firstByteMs: TIMEOUT_MS, idleMs: TIMEOUT_MS },
        allowPrivateNetwork,
        maxAnswerBytes: MAX_ANSWER_BYTES,
      });
      const chunks: Buffer[] = [];
      for await (const chunk of answer.body) chunks.push(chunk);
      return {
        status: answer.status,
        contentType: answer.headers['content-type'],
        body: Buffer.concat(chunks),
      };
    },
  };
}

/** What is wrong with the witnesses of a configuration. */
export function witnessProblems({
  witnesses,
  witness_quorum: quorum = 0,
}: Configuration): readonly Problem[] {
  const entries = Object.entries(witnesses);
  const seen = new Map<string, string>();
  const problems = entries.flatMap(([id, witness]) => {
    const path = ['witnesses', id];
    const other = seen.get(witness.key);
    seen.set(witness.key, id);
    return [
      ...keyProblems(witness, path),
      ...addressProblems(witness, path),
      ...(other === undefined
        ? []
        : [{ path: [...path, 'key'], message: `the witness ${other} has this key` }]),
    ];
  });
  if (quorum > entries.length)
    problems.push({ path: ['witness_quorum'], message: `there are ${entries.length} witnesses` });
  return problems;
}

function keyProblems({ key }: WitnessConfiguration, path: readonly string[]): Problem[] {
  const where = [...path, 'key'];
  try {
    const isWitness = parseVerifierKey(key).type === COSIGNATURE_V1;
    return isWitness ? [] : [{ path: where, message: "a witness's key is one for cosignatures (type 4)" }];
  } catch (error) {
    return [{ path: where, message: error instanceof Error ? error.message : 'not a verifier key' }];
  }
}

function addressProblems(
  { url, allow_private_network: isPrivateAllowed }: WitnessConfiguration,
  path: readonly string[],
): Problem[] {
  return url.startsWith('https:') || isPrivateAllowed
    ? []
    : [{ path: [...path, 'url'], message: 'without https it is called in private networks alone' }];
}
