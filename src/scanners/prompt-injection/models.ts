/** The two models: what a person says to attack, and what a document or a tool's result says that only a person may say. */
import type { LinearModel } from '../linear/linear-model.ts';
import { loadLinearModel } from '../linear/load-model.ts';
import { calibrationSchema, type Calibration } from './calibration.ts';
import type { ModelName } from './model-name.ts';

export interface InjectionModel {
  readonly model: LinearModel;
  readonly calibration: Calibration;
}

const loaded = new Map<ModelName, InjectionModel>();

/** Read once and kept. @throws Error where a file is missing or of another form */
export function injectionModel(name: ModelName): InjectionModel {
  let known = loaded.get(name);
  if (!known) {
    const { model, facts } = loadLinearModel(`injection/${name}`, calibrationSchema);
    known = { model, calibration: facts.calibration };
    loaded.set(name, known);
  }
  return known;
}
