/** The months as they stand in dates, in the languages of Western and Northern Europe and in Polish. */

/** English and German, which write them with a capital; English abbreviations. */
const CAPITALIZED =
  'January February March April May June July August September October November December ' +
  'Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC ' +
  'Januar Jänner Februar März Mai Juni Juli Oktober Dezember';

/** French, Spanish, Italian, Portuguese, Dutch, Polish, Swedish, Danish, Norwegian. */
const SMALL =
  'janvier février mars avril mai juin juillet août septembre octobre novembre décembre ' +
  'enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre ' +
  'gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre ' +
  'janeiro fevereiro março maio junho julho setembro outubro novembro dezembro ' +
  'januari februari maart april mei juni juli augustus september oktober november december ' +
  'stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia ' +
  'januar februar marts maj augusti august desember';

const NAMES = [...new Set(`${CAPITALIZED} ${SMALL}`.split(' '))].sort((a, b) => b.length - a.length);

/** Of any of the names; the ones that are written small also with a capital. */
export const MONTH = `(?:${NAMES.map((name) => {
  const first = name.charAt(0);
  return first === first.toUpperCase() ? name : `[${first}${first.toUpperCase()}]${name.slice(1)}`;
}).join('|')})`;

/** In small letters. */
export const MONTH_NAMES: ReadonlySet<string> = new Set(NAMES.map((name) => name.toLowerCase()));
