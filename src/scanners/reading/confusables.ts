/**
 * Letters that are taken for Latin ones, from facts of Unicode Technical Standard 39: Cyrillic, Greek, Armenian, Cherokee,
 * Coptic, Lisu, and Latin letters of phonetic alphabets. Letters that compatibility normalization folds are not here.
 */

/** Pairs of a letter and the Latin one that it cannot be told from. */
const LOOK_ALIKE =
  // Cyrillic
  'аaеeоoрpсcуyхxіiјjѕsһhԁdԛqԝwӏlүyѵvАAВBЕEКKМMНHОOРPСCТTУYХXЅSІIЈJҮYӀIԌGѴVԚQԜWЬbѡwһh' +
  // Greek: iota is i, in both cases
  'αaοoνvιiρpυuγyκkχxϲcϳjΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXϹCͿJ' +
  // Armenian
  'հhոnսuցgօoզqՍUՕOՏSԼL' +
  // Cherokee
  'ᎠDᎡRᎢTᎥiᎩYᎪAᎫJᎬEᎳWᎷMᎻHᎽYᏀGᏂhᏃZᏏbᏒRᏔWᏕSᏙVᏚSᏞLᏟCᏢPᏦKᏧdᏳGᏴB' +
  // Coptic
  'ⲟoⲣpⲥcⲎHⲒIⲔKⲘMⲚNⲞOⲢPⲤCⲦTⲬX' +
  // Lisu
  'ꓐBꓑPꓓDꓔTꓖGꓗKꓙJꓚCꓜZꓝFꓟMꓠNꓡLꓢSꓣRꓦVꓧHꓪWꓫXꓬYꓮAꓰEꓲIꓳOꓴU';

/** Those that pass for a Latin letter only in a word that is Latin otherwise. */
const ALIKE_IN_CONTEXT =
  'вbгrкkмmнhпnтtззьbъbёeєeїiүyғfқkңhҳxҷhҮYГrПnяrшwщwґrεeηnιiσoςcτtωwβbμuθoϵeάaέeήnίiόoύuώwյjգqքfանn';

/** Latin letters in a shape of their own: folded wherever they stand. */
const LATIN_SHAPES =
  'ᴀaʙbᴄcᴅdᴇeꜰfɢgʜhɪiᴊjᴋkʟlᴍmɴnᴏoᴘpʀrꜱsᴛtᴜuᴠvᴡwʏyᴢzɑaɡgıiɩiıiʋvſsƖlǃ!ꞮIɘeəeɐaɔoɓbɗdɠgƙkƥpƭtʂsɳn' +
  '⁄/∕/‐-‑-‒-–-—-−-‘\'’\'‚,‛\'“"”"„"‟"‹<›>∣|';

function tableOf(...pairs: readonly string[]): ReadonlyMap<number, string> {
  const table = new Map<number, string>();
  for (const list of pairs) {
    for (let at = 0; at + 1 < list.length; at += 2) {
      const latin = list.charAt(at + 1);
      if (latin.charCodeAt(0) < 0x80) table.set(list.charCodeAt(at), latin);
    }
  }
  return table;
}

/** Cannot be told from a Latin letter. */
export const lookAlikes = tableOf(LOOK_ALIKE);

/** The look-alikes, and what passes among Latin letters. */
export const foldable = tableOf(ALIKE_IN_CONTEXT, LOOK_ALIKE);

/** Always folded: Latin letters and ASCII signs in another shape. */
export const latinShapes = tableOf(LATIN_SHAPES);
