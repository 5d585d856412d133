/** Files that are sent along as text: read here, and bounded. */
import type { Attachment } from './conversation.ts';

const MAX_FILE_BYTES = 256 * 1024;
export const MAX_FILES = 5;
const ENDINGS =
  'txt md markdown csv tsv json jsonl yaml yml toml xml html css js mjs ts tsx jsx py go rs java kt c h cpp cs rb php sh sql log ini';
/** For the dialog that chooses. */
export const ACCEPTED = ENDINGS.split(' ')
  .map((ending) => `.${ending}`)
  .join(',');

/** @throws Error that says what is wrong with it */
export async function attachmentFrom(file: File): Promise<Attachment> {
  const ending = file.name.split('.').at(-1)?.toLowerCase() ?? '';
  if (!ENDINGS.split(' ').includes(ending))
    throw new Error(`${file.name} is no text file of a known kind: text, Markdown, CSV, JSON or code.`);
  if (file.size > MAX_FILE_BYTES) throw new Error(`${file.name} is larger than ${MAX_FILE_BYTES / 1024} KB.`);
  try {
    return {
      name: file.name,
      text: new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer()),
    };
  } catch {
    throw new Error(`${file.name} is not text in UTF-8.`);
  }
}
