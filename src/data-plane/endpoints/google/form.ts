/** The forms of Gemini's generateContent: what neutral form carries of it, and what may be let go. */
import { z } from 'zod';
import { jsonObject, LET_GO, onlyDefault, words } from '../wire-form.ts';

export const blob = z.strictObject({
  mimeType: z.string(),
  data: z.string(),
  displayName: z.string().nullish(),
});
export const fileData = z.strictObject({
  fileUri: z.string(),
  mimeType: z.string().nullish(),
  displayName: z.string().nullish(),
});

export const part = z.strictObject({
  text: z.string().nullish(),
  thought: z.boolean().nullish(),
  thoughtSignature: z.string().nullish(),
  inlineData: blob.nullish(),
  fileData: fileData.nullish(),
  functionCall: z
    .strictObject({ id: z.string().nullish(), name: z.string(), args: jsonObject.nullish() })
    .nullish(),
  functionResponse: z
    .strictObject({
      id: z.string().nullish(),
      name: z.string(),
      response: jsonObject.nullish(),
      parts: z.array(z.strictObject({ inlineData: blob.nullish(), fileData: fileData.nullish() })).nullish(),
      willContinue: onlyDefault(false),
      // When the model is told, which only live sessions know.
      scheduling: LET_GO,
    })
    .nullish(),
});

export const content = z.strictObject({
  role: z.enum(['user', 'model', 'function', 'tool', 'system', '']).nullish(),
  parts: z.array(part).nullish(),
});

export const declaration = z.strictObject({
  name: z.string(),
  description: z.string().nullish(),
  parameters: jsonObject.nullish(),
  parametersJsonSchema: jsonObject.nullish(),
  response: onlyDefault(),
  responseJsonSchema: onlyDefault(),
  behavior: onlyDefault('BLOCKING', 'UNSPECIFIED'),
});

const generationConfig = z.strictObject({
  temperature: z.number().nullish(),
  topP: z.number().nullish(),
  topK: z.number().nullish(),
  candidateCount: z.int().positive().nullish(),
  maxOutputTokens: z.int().positive().nullish(),
  stopSequences: z.array(z.string()).nullish(),
  seed: z.int().nullish(),
  presencePenalty: z.number().nullish(),
  frequencyPenalty: z.number().nullish(),
  responseMimeType: words('text/plain', 'application/json').nullish(),
  responseSchema: jsonObject.nullish(),
  responseJsonSchema: jsonObject.nullish(),
  thinkingConfig: z
    .strictObject({
      includeThoughts: z.boolean().nullish(),
      thinkingBudget: z.int().nullish(),
      thinkingLevel: z.string().nullish(),
    })
    .nullish(),
  responseModalities: z.array(onlyDefault('TEXT', 'text', 'Text')).nullish(),
  responseLogprobs: onlyDefault(false),
  logprobs: onlyDefault(),
  mediaResolution: onlyDefault('MEDIA_RESOLUTION_UNSPECIFIED'),
  speechConfig: onlyDefault(),
  imageConfig: onlyDefault(),
});

export const generateForm = z.strictObject({
  model: LET_GO,
  contents: z.union([z.array(content), content]),
  systemInstruction: z.union([z.string(), content]).nullish(),
  tools: z.array(z.strictObject({ functionDeclarations: z.array(declaration).nullish() })).nullish(),
  toolConfig: z
    .strictObject({
      functionCallingConfig: z
        .strictObject({
          mode: z.enum(['MODE_UNSPECIFIED', 'AUTO', 'ANY', 'NONE', 'VALIDATED']).nullish(),
          allowedFunctionNames: z.array(z.string()).nullish(),
        })
        .nullish(),
    })
    .nullish(),
  generationConfig: generationConfig.nullish(),
  // Google's own filters: that they be off is true of every other provider; that they be on cannot be promised.
  safetySettings: z
    .array(
      z.strictObject({
        category: LET_GO,
        method: LET_GO,
        threshold: onlyDefault('OFF', 'BLOCK_NONE', 'HARM_BLOCK_THRESHOLD_UNSPECIFIED'),
      }),
    )
    .nullish(),
  // Labels for the provider's own bills.
  labels: LET_GO,
  cachedContent: onlyDefault(),
  serviceTier: onlyDefault('standard', 'unspecified'),
  store: onlyDefault(false),
});
