/** What chat completions and responses ask for in the same words, which stand in different places of their bodies. */
import { z } from 'zod';
import type { ResponseFormat, ToolChoice, ToolDefinition } from '../../domain/chat.ts';
import { given, jsonObject, words } from './wire-form.ts';

/** How a function is told. */
export const functionMembers = {
  name: z.string(),
  description: z.string().nullish(),
  parameters: jsonObject.nullish(),
  strict: z.boolean().nullish(),
};

type FunctionForm = z.output<z.ZodObject<typeof functionMembers>>;

export function toolOf({ name, parameters, description, strict }: FunctionForm): ToolDefinition {
  return {
    name,
    parameters: parameters ?? { type: 'object', properties: {} },
    ...given({ description, strict }),
  };
}

/** Which tool to call, in one word. */
export const toolChoiceWord = words('auto', 'none', 'required');

export function toolChoiceOf(
  choice: z.output<typeof toolChoiceWord> | { readonly name: string } | null | undefined,
): ToolChoice | undefined {
  if (choice === undefined || choice === null) return undefined;
  return typeof choice === 'string' ? { kind: choice } : { kind: 'tool', name: choice.name };
}

/** The form that an answer shall have. */
export const responseFormat = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text') }),
  z.strictObject({ type: z.literal('json_object') }),
  z.strictObject({
    type: z.literal('json_schema'),
    name: z.string(),
    schema: jsonObject,
    description: z.string().nullish(),
    strict: z.boolean().nullish(),
  }),
]);

export function responseFormatOf(
  format: z.output<typeof responseFormat> | null | undefined,
): ResponseFormat | undefined {
  switch (format?.type) {
    case undefined:
      return undefined;
    case 'text':
      return { kind: 'text' };
    case 'json_object':
      return { kind: 'json' };
    case 'json_schema': {
      const { name, schema, description, strict } = format;
      return { kind: 'json_schema', name, schema, ...given({ description, strict }) };
    }
  }
}
