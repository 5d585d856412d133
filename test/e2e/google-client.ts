/** What the suite asks of a client, in the words of the official Google client. */
import {
  GoogleGenAI,
  type Content,
  type GenerateContentConfig,
  type GenerateContentResponse,
  type Part,
} from '@google/genai';
import { PERSON_SCHEMA, PROMPT, resultOf, TOOLS, type Access, type Client, type Said } from './suite.ts';

export function googleClient({ url, key }: Access): GoogleGenAI {
  return new GoogleGenAI({ apiKey: key, httpOptions: { baseUrl: url } });
}

interface Whole {
  readonly parts: readonly Part[];
  readonly finish: string | undefined;
  readonly usage: GenerateContentResponse['usageMetadata'];
}

/** The client puts no stream together: this is what its users do. */
export async function generate(
  google: GoogleGenAI,
  model: string,
  contents: Content[] | string,
  config: GenerateContentConfig,
  stream: boolean,
): Promise<Whole> {
  const request = { model, contents, config };
  const chunks: GenerateContentResponse[] = [];
  if (stream)
    for await (const chunk of await google.models.generateContentStream(request)) chunks.push(chunk);
  else chunks.push(await google.models.generateContent(request));
  return {
    parts: chunks.flatMap(({ candidates }) => candidates?.[0]?.content?.parts ?? []),
    finish: chunks
      .map(({ candidates }) => candidates?.[0]?.finishReason)
      .findLast((reason) => reason !== undefined),
    usage: chunks.map(({ usageMetadata }) => usageMetadata).findLast((usage) => usage !== undefined),
  };
}

const FINISHES: Readonly<Record<string, Said['finish']>> = {
  STOP: 'stop',
  MAX_TOKENS: 'length',
  SAFETY: 'filtered',
  PROHIBITED_CONTENT: 'filtered',
};

function said({ parts, finish, usage }: Whole): Said {
  const calls = parts.flatMap(({ functionCall: call }) =>
    call ? [{ name: call.name ?? '', arguments: call.args }] : [],
  );
  return {
    text: parts.map(({ text, thought }) => (thought ? '' : (text ?? ''))).join(''),
    reasoning: parts.map(({ text, thought }) => (thought ? (text ?? '') : '')).join(''),
    calls,
    // This dialect has no reason of its own for calls.
    finish: finish === 'STOP' && calls.length > 0 ? 'tools' : (FINISHES[finish ?? ''] ?? 'other'),
    usage: {
      input: usage?.promptTokenCount ?? 0,
      output: (usage?.candidatesTokenCount ?? 0) + (usage?.thoughtsTokenCount ?? 0),
      cached: usage?.cachedContentTokenCount ?? 0,
    },
  };
}

export function generateClient(access: Access): Client {
  const google = googleClient(access);
  return {
    name: 'google',
    async ask(model, stream, prompt = PROMPT) {
      return said(
        await generate(
          google,
          model,
          prompt,
          { systemInstruction: 'Be brief.', maxOutputTokens: 500 },
          stream,
        ),
      );
    },
    async useTools(model, stream) {
      const functionDeclarations = TOOLS.map(({ name, description, parameters }) => ({
        name,
        description,
        parametersJsonSchema: parameters,
      }));
      const config = { tools: [{ functionDeclarations }] };
      const contents: Content[] = [{ role: 'user', parts: [{ text: 'Weather and time in Berlin?' }] }];
      const first = await generate(google, model, contents, config, stream);
      contents.push({ role: 'model', parts: [...first.parts] });
      contents.push({
        role: 'user',
        parts: first.parts.flatMap(({ functionCall: call }) =>
          call
            ? [
                {
                  functionResponse: {
                    ...(call.id ? { id: call.id } : {}),
                    name: call.name ?? '',
                    response: { ...resultOf(call.name ?? '') },
                  },
                },
              ]
            : [],
        ),
      });
      const second = await generate(google, model, contents, config, stream);
      return { first: said(first), second: said(second) };
    },
    async structured(model, stream) {
      const config = { responseMimeType: 'application/json', responseJsonSchema: PERSON_SCHEMA };
      return JSON.parse(
        said(await generate(google, model, 'Who wrote the first program?', config, stream)).text,
      );
    },
    async reason(model, stream) {
      const config = { thinkingConfig: { includeThoughts: true, thinkingBudget: 1_024 } };
      return said(await generate(google, model, 'Two and two?', config, stream));
    },
  };
}
