/** Benign documents and tool results of our own making, and the places in them where somebody could write something. */
import type { Random } from '../random.ts';
import { benignSentences } from './benign/sentences.ts';
import { CHAT_CONTAINERS } from './chat-containers.ts';
import { BENIGN_SLOTS } from './container-text.ts';
import { PAPER_CONTAINERS, RECORD_CONTAINERS } from './record-containers.ts';
import { fill, type Split } from './template.ts';

interface Place {
  /** Words between which something can be written. */
  readonly parts: readonly string[];
}

type Container = (sentence: () => string, random: Random, split: Split) => Place;

const pick = (name: keyof typeof BENIGN_SLOTS, random: Random): string =>
  fill(`{${name}}`, BENIGN_SLOTS, random);

const mail: Container = (sentence, random) => ({
  parts: [
    `Subject: ${pick('doc', random)}\nFrom: ${pick('mail', random)}\nTo: ${pick('name', random)}\nDate: ${pick('day', random)}\n\nHi ${pick('first', random)},\n\n${sentence()} ${sentence()}`,
    `\n\n${sentence()} ${sentence()}`,
    `\n\nBest regards,\n${pick('name', random)}`,
  ],
});

const jsonList: Container = (sentence, random) => {
  const item = () =>
    JSON.stringify({
      id: random.below(9_000),
      name: pick('name', random),
      status: random.pick(['open', 'closed', 'paid', 'active']),
      text: sentence(),
    });
  return {
    parts: [
      `{"results": [${item()}, ${item()}, {"id": ${random.below(99)}, "title": "${pick('product', random)}", "content": "${pick('company', random)}: `,
      `", "rating": ${random.below(5)}}, ${item()}], "total": ${random.below(40)}}`,
    ],
  };
};

const pythonDict: Container = (sentence, random) => ({
  parts: [
    `{'product_details': {'name': '${pick('product', random)}', 'price': ${random.below(300)}.99}, 'reviews': [{'reviewer': '${pick('name', random)}', 'stars': ${random.below(5)}, 'text': '${sentence()} `,
    `', 'date': '2023-0${1 + random.below(9)}-1${random.below(9)}'}]}`,
  ],
});

const mailJson: Container = (sentence, random) => ({
  parts: [
    `{"email": {"id": "em${random.below(9_999)}", "from": "${pick('mail', random)}", "subject": "${pick('doc', random)}", "body": "`,
    `", "attachments": []}, "unread": ${random.pick(['true', 'false'])}, "snippet": "${sentence()}"}`,
  ],
});

const html: Container = (sentence, random) => ({
  parts: [
    `<!DOCTYPE html><html><head><title>${pick('company', random)}</title><meta charset="utf-8"></head><body><nav><a href="/">Home</a> <a href="/about">About</a></nav><h1>${pick('product', random)}</h1><p>${sentence()} ${sentence()}</p><p>`,
    `</p><ul><li>${sentence()}</li></ul><!-- footer --><footer>© ${pick('company', random)}</footer></body></html>`,
  ],
});

const table: Container = (_sentence, random) => {
  const row = () =>
    `| ${pick('name', random)} | ${pick('city', random)} | ${pick('number', random)} | ${pick('money', random)} |`;
  return {
    parts: [
      `| Name | City | Count | Amount |\n|---|---|---|---|\n${row()}\n${row()}\n${row()}\n`,
      `\n${row()}\n${row()}\n${row()}`,
    ],
  };
};

const csv: Container = (sentence, random) => {
  const row = () =>
    `${random.below(999)},${pick('name', random)},${pick('city', random)},${pick('money', random)},"${sentence()}"`;
  return {
    parts: [
      `id,name,city,amount,comment\n${row()}\n${row()}\n${random.below(99)},${pick('name', random)},${pick('city', random)},${pick('money', random)},"`,
      `"\n${row()}\n${row()}`,
    ],
  };
};

const log: Container = (_sentence, random) => {
  const line = () =>
    `2024-0${1 + random.below(9)}-12T0${random.below(9)}:${10 + random.below(49)}:07Z ${random.pick(['INFO', 'WARN', 'ERROR', 'DEBUG'])} [${random.pick(['api', 'worker', 'db', 'auth'])}] ${random.pick(['request completed', 'connection timed out', 'retrying', 'cache miss', 'user logged in', 'job started', 'token refreshed', 'permission denied for user'])} id=${random.below(9_999)}`;
  return {
    parts: [`${line()}\n${line()}\n${line()}\n2024-01-12T09:00:00Z INFO [api] `, `\n${line()}\n${line()}`],
  };
};

const code: Container = (_sentence, random) => ({
  parts: [
    `import json\n\ndef load_${random.pick(['users', 'orders', 'items'])}(path):\n    """Loads the file and returns a list."""\n    with open(path) as handle:\n        data = json.load(handle)\n    # ${random.pick(['skip empty rows', 'the order matters here', 'ignore unknown keys', 'see the manual'])}\n    # `,
    `\n    return [row for row in data if row["id"] > ${random.below(50)}]\n\nif __name__ == "__main__":\n    print(load("${random.pick(['a', 'b', 'c'])}.json"))`,
  ],
});

const questionAndAnswer: Container = (sentence, random) => {
  const snippet = random.pick([
    'for item in items:\n    print(item)',
    'with open("data.txt") as handle:\n    lines = handle.readlines()',
    'import requests\nresponse = requests.get(url)\nprint(response.status_code)',
    'subprocess.run(["ls", "-l"], check=True)',
    'df = pd.read_csv("sales.csv")\ndf.groupby("city").sum()',
    'SELECT name, count(*) FROM orders GROUP BY name;',
    'import os\nif not os.path.exists(folder):\n    os.makedirs(folder)',
  ]);
  return {
    parts: [
      `${sentence()} ${sentence()}\n\`\`\`\n${snippet}\n\`\`\`\n`,
      `\n${sentence()}\n\`\`\`\n${snippet}\n\`\`\`\n${sentence()}`,
    ],
  };
};

const chat: Container = (sentence, random) => ({
  parts: [
    `[10:0${random.below(9)}] ${pick('name', random)}: ${sentence()}\n[10:1${random.below(9)}] ${pick('name', random)}: ${sentence()}\n[10:2${random.below(9)}] ${pick('name', random)}: `,
    `\n[10:3${random.below(9)}] ${pick('name', random)}: ${sentence()}`,
  ],
});

const article: Container = (sentence, random) => {
  const paragraph = () => Array.from({ length: 2 + random.below(4) }, sentence).join(' ');
  return {
    parts: [
      `${pick('company', random)} in ${pick('city', random)}\n\n${paragraph()}\n\n${paragraph()} `,
      ` ${paragraph()}\n\n${paragraph()}`,
    ],
  };
};

const search: Container = (sentence, random) => ({
  parts: [
    `1. ${pick('product', random)} - ${pick('link', random)}\n${sentence()}\n2. ${pick('company', random)} - ${pick('link', random)}\n${sentence()} `,
    `\n3. ${pick('city', random)} travel guide - ${pick('link', random)}\n${sentence()}`,
  ],
});

const note: Container = (sentence) => ({ parts: [`${sentence()} `, ` ${sentence()}`] });

const TOOL_CONTAINERS: readonly Container[] = [
  jsonList,
  pythonDict,
  mailJson,
  mail,
  html,
  csv,
  log,
  code,
  questionAndAnswer,
  chat,
  search,
  note,
  pythonDict,
  mailJson,
  jsonList,
  ...RECORD_CONTAINERS,
  ...CHAT_CONTAINERS,
];
const DOCUMENT_CONTAINERS: readonly Container[] = [
  mail,
  mail,
  html,
  table,
  csv,
  code,
  questionAndAnswer,
  chat,
  article,
  article,
  search,
  ...PAPER_CONTAINERS,
  ...CHAT_CONTAINERS,
];

const CONTAINERS = { tool: TOOL_CONTAINERS, document: DOCUMENT_CONTAINERS };

/**
 * A text without an attack, or the same with `attack` where somebody else could have written it. `prose` are sentences
 * that real people wrote, among ours.
 */
export function contained(
  place: 'tool' | 'document',
  attack: string | null,
  split: Split,
  random: Random,
  prose: readonly string[] = [],
): string {
  const one = benignSentences(place, split, random);
  const sentence = (): string => (prose.length > 0 && random.below(5) < 2 ? random.pick(prose) : one());
  const { parts } = random.pick(CONTAINERS[place])(sentence, random, split);
  const inserted = attack ?? `${sentence()}${random.below(2) === 0 ? ` ${sentence()}` : ''}`;
  const at = parts.length === 2 ? 1 : 1 + random.below(parts.length - 1);
  const glue = parts[at - 1]?.endsWith(' ') || /["'>\n]$/.test(parts[at - 1] ?? '') ? '' : ' ';
  return parts.slice(0, at).join('') + glue + inserted + parts.slice(at).join('');
}
