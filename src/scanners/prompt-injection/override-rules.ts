/** "Ignore all previous instructions" in the languages that people write it in: a verb, a word for what came before, an object. */
import { EVERYWHERE, patternOf } from './rule-pattern.ts';
import type { Rule } from './rule.ts';

/** Language, verbs, what stands between, objects; in this order or, where `isVerbLast`, the other way round. */
interface Phrase {
  readonly language: string;
  readonly verbs: string;
  readonly before: string;
  readonly objects: string;
  readonly order?: 'verb-last';
}

const PHRASES: readonly Phrase[] = [
  {
    language: 'de',
    verbs: 'ignorier|missacht|vergiss|vergesse|überschreib|verwirf',
    before: 'vorherig|bisherig|vorigen|obigen|vorangegangen|früher|alle deine|alle ihre|zuvor',
    objects: 'anweisung|instruktion|vorgabe|befehl|regeln|prompt',
  },
  {
    language: 'fr',
    verbs:
      'ignore|oublie|néglige|ne tiens pas compte|ne tenez pas compte|fais abstraction|faites abstraction',
    before: 'précédent|antérieur|ci-dessus|toutes tes|toutes vos|tes|vos',
    objects: 'instruction|consigne|directive|ordres|règles|prompt',
  },
  {
    language: 'es',
    verbs: 'ignor|olvid|haz caso omiso|descart|no sigas',
    before: 'anterior|previ|de arriba|todas tus|todas sus|tus',
    objects: 'instruccion|indicacion|directric|órdenes|reglas|prompt',
  },
  {
    language: 'it',
    verbs: 'ignor|dimentic|trascur|non seguire|non tenere conto',
    before: 'precedent|anterior|di sopra|tutte le tue|tutte le sue|le tue',
    objects: 'istruzion|direttiv|indicazion|ordini|regole|prompt',
  },
  {
    language: 'pt',
    verbs: 'ignor|esqueç|esquec|desconsider|não sigas|não siga',
    before: 'anterior|prévi|acima|todas as suas|todas as tuas|suas|tuas',
    objects: 'instruç|diretriz|orientaç|ordens|regras|prompt',
  },
  {
    language: 'nl',
    verbs: 'negeer|vergeet|sla geen acht op|overschrijf',
    before: 'vorige|eerdere|voorgaande|bovenstaande|al je|al uw',
    objects: 'instructie|opdracht|aanwijzing|richtlijn|regels|prompt',
  },
  {
    language: 'pl',
    verbs: 'zignoruj|ignoruj|zapomnij|pomiń',
    before: 'poprzedni|wcześniejs|powyższ|wszystkie swoje|wszystkich swoich',
    objects: 'instrukcj|polece|wytyczn|zasad|prompt',
  },
  {
    language: 'ru',
    verbs: 'игнорируй|проигнорируй|забудь|не обращай внимания|отбрось',
    before: 'предыдущ|прежн|вышеуказанн|все свои|все твои|все ваши',
    objects: 'инструкц|указани|правил|команд|промпт',
  },
  {
    language: 'uk',
    verbs: 'ігноруй|проігноруй|забудь|відкинь|не зважай',
    before: 'попередн|усі свої|всі свої|усі твої|вищезазначен',
    objects: 'інструкц|вказівк|правил|команд|промпт',
  },
  {
    language: 'tr',
    verbs: 'yok say|görmezden gel|unut|dikkate alma|göz ardı et',
    before: 'önceki|yukarıdaki|tüm',
    objects: 'talimat|yönerge|komut|kural',
    order: 'verb-last',
  },
  {
    language: 'ar',
    verbs: 'تجاهل|انس|انسَ|أهمل|لا تتبع',
    before: 'السابقة|المذكورة|أعلاه|جميع تعليماتك|كل تعليماتك',
    objects: 'تعليمات|التعليمات|الأوامر|التوجيهات|القواعد',
  },
  {
    language: 'he',
    verbs: 'התעלם|התעלמי|התעלמו|שכח|תתעלם',
    before: 'הקודמות|הקודמים|שלמעלה|כל ה',
    objects: 'הוראות|ההוראות|ההנחיות|הנחיות|הכללים',
  },
  {
    language: 'hi',
    verbs: 'अनदेखा|नज़रअंदाज़|भूल जा|उपेक्षा',
    before: 'पिछले|पिछली|पिछला|पूर्व|सभी|उपरोक्त',
    objects: 'निर्देश|आदेश|नियम',
    order: 'verb-last',
  },
  {
    language: 'zh',
    verbs: '忽略|忽视|无视|忘记|忘掉|忽略掉|無視|忽視|忘記',
    before: '之前|以前|先前|上面|以上|前面|此前|所有',
    objects: '指令|指示|说明|提示|规则|命令|說明|規則',
  },
  {
    language: 'ja',
    verbs: '無視|忘れ|破棄',
    before: 'これまで|以前|前の|上記|今まで|すべて|全て',
    objects: '指示|命令|指令|ルール|プロンプト|説明',
    order: 'verb-last',
  },
  {
    language: 'ko',
    verbs: '무시|잊어|잊으',
    before: '이전|앞의|위의|지금까지|모든',
    objects: '지시|명령|지침|규칙|프롬프트',
    order: 'verb-last',
  },
  {
    language: 'vi',
    verbs: 'bỏ qua|phớt lờ|quên',
    before: 'trước|bên trên|ở trên|trước đó',
    objects: 'hướng dẫn|chỉ dẫn|chỉ thị|mệnh lệnh|quy tắc',
  },
  {
    language: 'id',
    verbs: 'abaikan|lupakan',
    before: 'sebelumnya|di atas|terdahulu|semua',
    objects: 'instruksi|perintah|petunjuk|arahan|aturan',
  },
  {
    language: 'sv',
    verbs: 'ignorera|glöm|bortse från|strunta i',
    before: 'tidigare|föregående|ovanstående|alla dina',
    objects: 'instruktion|anvisning|order|regler|prompt',
  },
  {
    language: 'cs',
    verbs: 'ignoruj|zapomeň|nedbej',
    before: 'předchozí|dřívější|výše uveden|všechny své',
    objects: 'pokyn|instrukc|příkaz|pravidl',
  },
  {
    language: 'th',
    verbs: 'เพิกเฉย|ละเว้น|ลืม|ไม่ต้องสนใจ',
    before: 'ก่อนหน้า|ทั้งหมด|ข้างต้น',
    objects: 'คำสั่ง|คำแนะนำ|กฎ',
  },
  {
    language: 'bn',
    verbs: 'উপেক্ষা|ভুলে যা|অগ্রাহ্য',
    before: 'পূর্ববর্তী|আগের|সমস্ত|সব',
    objects: 'নির্দেশ|আদেশ|নিয়ম',
    order: 'verb-last',
  },
  {
    language: 'el',
    verbs: 'αγνόησ|αγνοήσ|ξέχασ|ξεχάσ|παράβλεψ',
    before: 'προηγούμεν|παραπάνω|προγενέστερ|όλες τις|αρχικ',
    objects: 'οδηγί|εντολ|κανόν|υποδείξ',
  },
  {
    language: 'fa',
    verbs: 'نادیده بگیر|فراموش کن|بی‌توجه|صرف نظر کن',
    before: 'قبلی|پیشین|بالا|همه|تمام',
    objects: 'دستور|راهنما|قوانین|قواعد',
    order: 'verb-last',
  },
  {
    language: 'da',
    verbs: 'ignorer|glem|se bort fra',
    before: 'tidligere|forrige|ovenstående|alle dine',
    objects: 'instruktion|anvisning|ordrer|regler|prompt|instruksjon',
  },
  {
    language: 'ro',
    verbs: 'ignoră|ignorați|uită|nu ține cont',
    before: 'anterioar|preceden|de mai sus|toate',
    objects: 'instrucțiun|indicați|reguli|ordine|prompt',
  },
  {
    language: 'hu',
    verbs: 'hagyd figyelmen kívül|felejtsd el|ne törődj',
    before: 'korábbi|előző|fenti|eddigi|összes',
    objects: 'utasítás|szabály|parancs|útmutatás',
  },
  {
    language: 'tl',
    verbs: 'huwag pansinin|balewalain|kalimutan|baliwalain',
    before: 'nauna|dating|sa itaas|lahat',
    objects: 'tagubilin|utos|patakaran|instruksyon',
  },
];

/** Between two of the three, within one clause. */
const GAP = '[^.!?;:。！？।]{0,30}?';

/** Names of what came before, in either order with the object ("instructions précédentes", "vorherige Anweisungen"). */
function overrideOf({ language, verbs, before, objects, order }: Phrase): Rule {
  const what = `(?:(?:${before})${GAP}(?:${objects})|(?:${objects})${GAP}(?:${before}))`;
  const source = order === 'verb-last' ? `${what}${GAP}(?:${verbs})` : `(?:${verbs})${GAP}${what}`;
  return {
    id: `override-${language}`,
    kind: 'INJECTION',
    channels: EVERYWHERE,
    stems: verbs.split('|'),
    pattern: patternOf(source),
    confidence: 0.9,
  };
}

export const OVERRIDE_RULES: readonly Rule[] = PHRASES.map(overrideOf);
