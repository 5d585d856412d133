/** Records and papers in which people write: tickets, calendars, forms, rows, feeds, notes of all sorts, with a place where a stranger could write too. */
import type { Random } from '../random.ts';
import { BENIGN_SLOTS } from './container-text.ts';
import { fill } from './template.ts';

type Sentence = () => string;
/** Parts between which something can be written. */
type Container = (sentence: Sentence, random: Random) => { readonly parts: readonly string[] };

const pick = (name: string, random: Random): string => fill(`{${name}}`, BENIGN_SLOTS, random);
const several = (count: number, sentence: Sentence): string =>
  Array.from({ length: count }, sentence).join(' ');

const ticketYaml: Container = (sentence, random) => ({
  parts: [
    `ticket: ${pick('code', random)}\nstatus: ${random.pick(['open', 'waiting', 'solved'])}\nassignee: ${pick('name', random)}\ndescription: |\n  ${sentence()}\n  `,
    `\ncomments:\n  - author: ${pick('name', random)}\n    text: ${sentence()}`,
  ],
});

const xmlRecord: Container = (sentence, random) => ({
  parts: [
    `<?xml version="1.0"?><order id="${random.below(9_999)}"><customer>${pick('name', random)}</customer><total>${pick('money', random)}</total><remark>`,
    `</remark><history><entry>${sentence()}</entry></history></order>`,
  ],
});

const calendar: Container = (sentence, random) => ({
  parts: [
    `BEGIN:VEVENT\nSUMMARY:${pick('doc', random)}\nLOCATION:${pick('city', random)}\nORGANIZER:${pick('mail', random)}\nDESCRIPTION:${sentence()} `,
    `\nEND:VEVENT`,
  ],
});

const form: Container = (sentence, random) => ({
  parts: [
    `Name: ${pick('name', random)}\nCity: ${pick('city', random)}\nReason: ${sentence()}\nRemarks: `,
    `\nSubmitted: ${pick('day', random)}`,
  ],
});

const rows: Container = (sentence, random) => {
  const row = (text: string) =>
    `(${random.below(999)}, '${pick('name', random)}', '${text}', ${random.below(9)})`;
  return {
    parts: [
      `[${row(sentence())}, (${random.below(999)}, '${pick('name', random)}', '`,
      `', ${random.below(9)}), ${row(sentence())}]`,
    ],
  };
};

const prettyJson: Container = (sentence, random) => ({
  parts: [
    `{\n  "status": 200,\n  "data": {\n    "user": "${pick('first', random)}",\n    "city": "${pick('city', random)}",\n    "bio": "${sentence()}",\n    "message": "`,
    `",\n    "created_at": "2024-03-1${random.below(9)}"\n  }\n}`,
  ],
});

const escapedJson: Container = (sentence, random) => ({
  parts: [
    `{"path": "/notes/${random.below(99)}.txt", "size": ${random.below(9_000)}, "content": "${sentence()}\\n${sentence()}\\n`,
    `\\n${sentence()}"}`,
  ],
});

const readme: Container = (sentence, random) => ({
  parts: [
    `# ${pick('product', random)}\n\n${several(2, sentence)}\n\n## Usage\n\n1. ${sentence()}\n2. ${sentence()}\n\n`,
    `\n\n## License\n\nMIT\n\n${sentence()}`,
  ],
});

const taskList: Container = (sentence, random) => ({
  parts: [
    `${random.pick(['TODO', 'Tasks', 'Checklist', 'Open items'])} (${pick('name', random)})\n- ${sentence()}\n- ${sentence()}\n- `,
    `\n- ${sentence()}`,
  ],
});

const transcript: Container = (sentence, random) => ({
  parts: [
    `Agent: ${sentence()}\nCustomer: ${sentence()}\nAgent: ${sentence()}\nCustomer: `,
    `\nAgent: ${sentence()}\n[call ended after ${pick('number', random)} s]`,
  ],
});

const thread: Container = (sentence, random) => ({
  parts: [
    `Re: ${pick('doc', random)}\n\n${several(2, sentence)}\n\nOn ${pick('day', random)}, ${pick('name', random)} wrote:\n> ${sentence()}\n> `,
    `\n\n${pick('first', random)}`,
  ],
});

const paper: Container = (sentence, random) => ({
  parts: [
    `${random.pick(['Policy', 'Runbook', 'Guideline', 'Procedure', 'Manual', 'Minutes', 'FAQ', 'Release notes'])}: ${pick('product', random)}\n\n1. ${several(2, sentence)}\n2. ${several(3, sentence)}\n3. `,
    `\n4. ${several(2, sentence)}\n\nOwner: ${pick('name', random)}`,
  ],
});

const commits: Container = (sentence, random) => ({
  parts: [
    `commit ${random.below(0xffffff).toString(16)}\nAuthor: ${pick('name', random)}\n\n    ${sentence()}\n\ncommit ${random.below(0xffffff).toString(16)}\n\n    `,
    `\n\n    Reviewed-by: ${pick('name', random)}`,
  ],
});

const bare: Container = (sentence) => ({ parts: [`${several(3, sentence)}\n`, `\n${sentence()}`] });

export const RECORD_CONTAINERS: readonly Container[] = [
  ticketYaml,
  xmlRecord,
  calendar,
  form,
  rows,
  prettyJson,
  escapedJson,
  taskList,
  transcript,
  commits,
  bare,
];
export const PAPER_CONTAINERS: readonly Container[] = [
  readme,
  paper,
  paper,
  thread,
  transcript,
  taskList,
  calendar,
  bare,
];
