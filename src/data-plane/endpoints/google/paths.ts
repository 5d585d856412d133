/** The addresses of Gemini's methods: the model stands in the path, before a colon and the method. */
import { Refusal } from '../../../domain/refusal.ts';
import type { Document, Segment } from '../../../domain/document.ts';
import type { PathParameters } from '../../endpoint.ts';

/** The official client has moved from the one to the other. */
const VERSIONS = ['v1beta', 'v1'];

/**
 * In Fastify's form: `::` is a colon. A model's name may hold colons (`llama3:8b`) and one slash (`openai/gpt-5`),
 * which official clients do not escape.
 */
export function methodPaths(method: string): readonly string[] {
  return VERSIONS.flatMap((version) => [
    `/${version}/models/:model(.+)::${method}`,
    `/${version}/models/:owner/:model(.+)::${method}`,
  ]);
}

/** @throws Refusal `invalid_request` */
export function modelOf({ owner, model }: PathParameters): string {
  if (!model) throw new Refusal('invalid_request', 'the address names no model');
  return owner ? `${owner}/${model}` : model;
}

/** The path goes to the provider as well, and through a wildcard its model's name is the client's own text. */
export function withModelName(document: Document, path: PathParameters): Document {
  const name: Segment = {
    pointer: '',
    role: 'unknown',
    channel: 'document',
    text: modelOf(path),
    encoding: 'plain',
    editable: false,
  };
  return { ...document, segments: [...document.segments, name] };
}
