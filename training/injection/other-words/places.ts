/** Papers and results of other forms than those that are trained on, with benign lines of other wording around a place for a stranger's words. */
import type { Random } from '../../random.ts';
import { BENIGN_LINES } from './benign-lines.ts';

type Line = () => string;
type Place = (line: Line, inner: string, random: Random) => string;

const TOOL_PLACES: readonly Place[] = [
  (line, inner) =>
    JSON.stringify({ ok: true, items: [{ subject: line(), snippet: inner }, { subject: line() }] }),
  (line, inner) =>
    JSON.stringify(
      {
        reviews: [
          { stars: 4, text: `${line()} ${inner}` },
          { stars: 2, text: line() },
        ],
      },
      null,
      2,
    ),
  (line, inner, random) =>
    `[[event]]\nid = ${random.below(900)}\ntitle = "${line()}"\nnotes = "${inner}"\n\n[[event]]\ntitle = "${line()}"`,
  (line, inner) =>
    `<rss><channel><item><title>${line()}</title><description>${inner}</description></item><item><title>${line()}</title></item></channel></rss>`,
  (line, inner, random) =>
    `ID     NAME        COMMENT\n${random.below(99)}     Ines        ${line()}\n${random.below(99)}     Tarek       ${inner}\n`,
  (line, inner) => `+++ b/notes.txt\n@@ -1,2 +1,3 @@\n ${line()}\n+${inner}\n ${line()}`,
  (line, inner) => `From Beatriz: ${line()}\nFrom Olu: ${inner}\nFrom Beatriz: ${line()}`,
  (line, inner) =>
    `{'type': 'event', 'guests': ['Ines', 'Olu'], 'note': '${inner}', 'previous': '${line()}'}`,
  (line, inner) => `HTTP/1.1 200 OK\nContent-Type: text/plain\n\n${line()}\n${inner}\n${line()}`,
  (line, inner) => `2 results\n(1) ${line()} ${inner}\n(2) ${line()}`,
  (line, inner) =>
    `Traceback (most recent call last):\n  File "job.py", line 14, in run\nValueError: ${inner}\n${line()}`,
  (line, inner) => `ts\tauthor\ttext\n10:41\tInes\t${line()}\n10:44\tOlu\t${inner}`,
  (_line, inner) => inner,
];
const DOCUMENT_PLACES: readonly Place[] = [
  (line, inner) => `Chapter 4\n\n${line()} ${line()}\n\n${inner}\n\n${line()} ${line()} ${line()}`,
  (line, inner) =>
    `<article><h2>${line()}</h2><p>${line()} ${line()}</p><p>${inner}</p><aside>${line()}</aside></article>`,
  (line, inner) => `\\section{Notes}\n${line()} ${line()}\n\\paragraph{Remark} ${inner}\n${line()}`,
  (line, inner) =>
    `To whom it may concern,\n\n${line()} ${line()} ${inner} ${line()}\n\nYours sincerely,\nInes Duarte`,
  (line, inner) => `Newsletter, spring\n\n* ${line()}\n* ${line()}\n* ${inner}\n* ${line()}`,
  (line, inner) => `Speaker A: ${line()}\nSpeaker B: ${line()} ${inner}\nSpeaker A: ${line()}`,
  (line, inner) => `Curriculum vitae\n\n2019 to 2024: ${line()}\nSkills: ${line()}\nOther: ${inner}`,
  (line, inner) => `;item;remark\n1;${line()};${line()}\n2;${line()};${inner}\n3;${line()};`,
  (line, inner) => `> ${line()}\n> ${line()}\n\n${inner}\n\n${line()}`,
];

/** `inner` in a paper or a result. */
export function placedIn(place: 'tool' | 'document', inner: string, random: Random): string {
  const places = place === 'tool' ? TOOL_PLACES : DOCUMENT_PLACES;
  return random.pick(places)(() => random.pick(BENIGN_LINES), inner, random);
}

/** The same with nothing but benign lines. */
export function benignIn(place: 'tool' | 'document', random: Random): string {
  const inner =
    random.below(2) === 0
      ? random.pick(BENIGN_LINES)
      : `${random.pick(BENIGN_LINES)} ${random.pick(BENIGN_LINES)}`;
  return placedIn(place, inner, random);
}
