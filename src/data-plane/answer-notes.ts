/** What an answer's frames say about itself: usage, model, how it finished; usage is estimated where none is told. */
import type { Usage } from '../domain/usage.ts';
import { NO_USAGE } from '../domain/usage.ts';
import type { FrameReading } from '../modules/inference/provider.ts';
import type { Interaction } from './interaction.ts';

/** For an estimate after the fact: English text has about four characters to a token. */
const CHARACTERS_PER_TOKEN = 4;

export interface AnswerNotes {
  take(reading: FrameReading): void;
  /** Writes down what is known by now; of an abandoned stream, what was received. */
  close(): void;
}

export function createAnswerNotes(interaction: Interaction): AnswerNotes {
  let usage: Usage | undefined;
  let model: string | undefined;
  let finish: string | undefined;
  let characters = 0;
  return {
    take(reading) {
      usage = reading.usage ?? usage;
      model = reading.model ?? model;
      finish = reading.finish ?? finish;
      for (const { text } of reading.texts) characters += text.length;
    },
    close() {
      interaction.answeredBy(model, finish);
      interaction.used(usage ?? estimated(interaction.inputTokens(), characters));
    },
  };
}

function estimated(inputTokens: number, characters: number): Usage {
  return { ...NO_USAGE, inputTokens, outputTokens: Math.ceil(characters / CHARACTERS_PER_TOKEN) };
}
