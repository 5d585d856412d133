/** The rules: phrases that are an attack by themselves. Few and precise; what is arguable is left to the model. */
import { INDIRECT_RULES } from './indirect-rules.ts';
import { READER_RULES } from './reader-rules.ts';
import { OVERRIDE_RULES } from './override-rules.ts';
import { BEGINNING, EVERYWHERE, NOT_ASKED, NOT_INSTRUCTION, rule } from './rule-pattern.ts';
import type { Rule } from './rule.ts';

const EARLIER =
  '(?:previous|prior|preceding|above|earlier|former|foregoing|past|existing|initial|original|your|system|pre-?programmed)';
const ORDERS =
  '(?:instructions?|prompts?|directives?|directions|rules|guidelines|commands|orders|programming|constraints|restrictions|conversation|context)';

const DIRECT: readonly Rule[] = [
  rule(
    'override-en',
    'INJECTION',
    EVERYWHERE,
    'ignore|disregard|forget|discard|override|overlook|do not follow|stop following|pay no attention',
    `\\b(?=[dfiops])${NOT_ASKED}(?:ignore|disregard|forget|discard|override|overlook|do not follow|stop following|pay no attention to)\\b ?(?:about )?(?:(?:all|any|every|each|everything|both|of|the|these|those|my|me|and|to|in|from|other|such) ){0,5}${EARLIER}\\b ?(?:(?:and|or|following|subsequent|system|original|initial|hidden|own|given|set of|safety|security|content|developer|openai|all|other|of|the|prior|previous|earlier) ?){0,4}${ORDERS}\\b`,
  ),
  rule(
    'override-en-said',
    'INJECTION',
    EVERYWHERE,
    'ignore|disregard|forget',
    `\\b(?=[dfiops])${NOT_ASKED}(?:ignore|disregard|forget) (?:all|everything|anything|whatever) (?:of )?(?:that |what )?(?:you (?:were|have been|are|had been) (?:told|instructed|given|asked|taught)|(?:said|written|stated|mentioned) (?:above|before|earlier)|above|before this|i (?:said|told you) (?:before|earlier))`,
  ),
  rule(
    'override-en-above',
    'INJECTION',
    EVERYWHERE,
    'ignore|disregard|forget',
    `\\b(?=[dfiops])${NOT_ASKED}(?:ignore|disregard|forget) (?:(?:all|everything|anything|of|the|what is|what's|text|instructions?|prompt|that was|said|written) ){0,4}above(?: and|,? instead|[,;.:]? (?:say|print|tell|output|write|respond|answer|reply|do)) ?`,
  ),
  rule(
    'new-instructions',
    'INJECTION',
    NOT_INSTRUCTION,
    'instruction',
    `${BEGINNING}(?:here (?:are|is) )?(?:your |the )?(?:new|real|actual|updated) (?:system )?instructions?(?: (?:for you|are|follow|below|from (?:the )?(?:admin|administrator|developer|system|user)))? ?:`,
  ),
  rule(
    'role-dan',
    'JAILBREAK',
    EVERYWHERE,
    'do anything now| dan|jailbr|unrestricted mode|unfiltered mode|uncensored mode|god mode|stan mode|evil mode|chaos mode|opposite mode|developer mode',
    `\\bdo anything now\\b|\\b(?:you are|act as|become|be|called|stay as|pretend to be|known as|simulate) (?:now |going to be )?(?:a )?dan\\b|\\bdan mode\\b|(?:enable|enabled|activate|enter|switch to|you are now in|simulate|in) (?:the )?(?:jailbreak|jailbroken|unrestricted|unfiltered|uncensored|god|stan|evil|chaos|opposite|anti-dan) mode|\\[?(?:🔓)?jailbreak\\]?(?: output)?:|\\bdeveloper mode (?:enabled|output|is enabled|activated)\\b|(?:simulate|with|in|enter|enable) (?:chatgpt )?(?:with )?developer mode (?:and|enabled|, |output|is)`,
  ),
  rule(
    'role-unbound',
    'JAILBREAK',
    NOT_INSTRUCTION,
    'restrict|censor|filter|limit|ethic|moral|guideline|polic|rules|boundar|constrain|confine',
    `\\b(?:you|chatgpt|it|he|she|they|who|that|character|model|ai|bot|assistant)(?: now)?(?: will| can| must| should| is| are| has| have| does| do|'re|'s)?(?: be| been)?(?: now)?(?: answer\\w{0,8}| respond\\w{0,8}| act\\w{0,8}| operat\\w{0,8})?(?: not| n't| never| no longer)? ?(?:bound by|broken free (?:of|from)|free (?:of|from)|freed from|unbound by|(?:have|has|having|with) (?:absolutely )?no|without any|not constrained by|not restricted by|not limited by|unrestricted by|unbounded by) ?(?:any |all |the |its |their |his |typical |moral |usual |of ){0,3}(?:or |and |ethical |moral |legal |safety |content |openai('s)? |typical |confines of |programming |ai |,){0,5}(?:restrictions|censorship|filters?|limits|limitations|ethics|morals|guidelines|polic(?:y|ies)|rules|boundaries|constraints|confines)`,
  ),
  rule(
    'never-refuse',
    'JAILBREAK',
    ['user', 'document', 'tool'],
    'refus|i cannot|i can|as an ai|apologi|sorry',
    `\\b(?:you )?(?:must|will|should|can|are to|may|shall|do|to)(?: not|n't| never|not)? (?:ever )?(?:refuse (?:to (?:answer|do|comply|respond)|(?:any|my|a|the user's|a user's|user) (?:request|question|prompt|order|command)s?)|(?:say|use|write|respond with|answer with|include)(?: the (?:words?|phrases?|sentences?))?(?: things like| anything like| stuff like| that)? ?["'“”‘’]{0,2}(?:i am sorry|i'm sorry|sorry|i cannot|i can't|i can’t|as an ai|i apologi[sz]e))`,
  ),
  rule(
    'prompt-leak',
    'PROMPT_LEAK',
    NOT_INSTRUCTION,
    'prompt|instruction|guideline|system message|directive|programming|rules',
    `(?:^|[.!?:,;>\\n"'] ?|\\b(?:please|now|then|and|to|just|me|can you|could you|would you) )(?:(?:reveal|print|show|repeat|output|display|tell|give|disclose|leak|dump|share|recite|return|write|echo|type|expose|provide|copy|paste|quote|list|encode|translate|summari[sz]e|spell|state|rephrase|reproduce)(?: out| back| down| me| us| to me| for me|,){0,3}(?: exactly| verbatim| word for word| precisely| all| of| everything in| the contents? of| the (?:full |exact |entire |complete )?text of| what (?:is|are|was|were)){0,3}) (?:(?:the|all|all of)? ?your|the) ?(?:(?:full|exact|entire|complete|own|current|internal|hidden|secret|confidential|original|initial|first|very first|starting|underlying|initiali[sz]ation|base|custom|starting|developer's|developer|preset|assigned) ){0,3}(?:system prompts?|system instructions?|system messages?|system directives|pre-?prompts?|(?<=(?:your|initial|original|hidden|secret|exact|full|first|entire|internal|confidential|starting|custom|developer|assigned)[ \\n])(?:prompt|instructions|guidelines|directives|programming|rules you were given))\\b`,
  ),
  rule(
    'prompt-leak-what',
    'PROMPT_LEAK',
    NOT_INSTRUCTION,
    'prompt|instruction|system message',
    `\\bwhat(?:'s| is| are| was| were|’s) (?:written in |in |the (?:exact |full )?(?:text|content|contents|wording) of )?your (?:(?:full|exact|entire|complete|current|internal|hidden|secret|original|initial|first|starting|custom) ){0,2}(?:system prompt|system instructions?|system message|pre-?prompt|(?<=(?:hidden|secret|original|initial|first|exact|starting|custom|full)[ \\n])(?:prompt|instructions))\\b`,
  ),
  rule(
    'prompt-leak-above',
    'PROMPT_LEAK',
    NOT_INSTRUCTION,
    'above|before this|starting with|so far',
    `\\b(?:repeat|print|output|recite|copy|return|write out|echo|translate)(?: back)? (?:(?:all|everything|exactly|verbatim|the|of|every|each|words?|text|content|sentences?|instructions?|lines?|prompt|whole|entire|full|message) ?){1,5}(?:(?:that (?:is|was|comes?|came)|written|given|stated|provided) )?(?:above(?: this (?:line|message|sentence|point|text))?(?! the| a)|before this (?:line|message|sentence|point)|you (?:were|have been) (?:given|told) (?:so far|before|at the start|initially))(?:,| starting|\\.|$| verbatim| word| in | and | including| to | exactly|!|")`,
  ),
];

const SHOW =
  'zeig|verrat|dosłown|дословно|дослівно|слово в слово|wörtlich|mot pour mot|palabra por palabra|parola per parola|palavra por palavra|woord voor woord|nenn|gib|wiederhol|ausgeben|montre|révèl|affich|répèt|donne|muestra|muéstra|revel|mostra|rivel|ripet|mostre|toon|geef|pokaż|ujawnij|wypisz|покажи|выведи|раскрой|повтори|виведи|розкрий|göster|yaz|اعرض|أظهر|اكشف|הצג|הראה|गुप्त|दिखा|बता|দেখা|告诉|显示|输出|透露|重复|顯示|告訴|見せ|表示|教え|出力|보여|출력|알려|hiển thị|cho tôi|tiết lộ|tampilkan|tunjukkan|visa|avslöja|ukaž|ukázat|prozraď|ipakita|แสดง|บอก|نشان|δείξε|αποκάλυψε';
const PROMPT =
  'system-?prompt|systemprompt|systeemprompt|prompt(?:u)? (?:système|del sistema|di sistema|de sistema|do sistema|systemow|systému)|invite système|systemow\\w{1,4} prompt|systémový prompt|системн\\S{1,4} (?:промпт|инструкц|підказк|вказівк)|sistem (?:komut|talimat|istem|prompt)|prompt sistem|موجه النظام|تعليمات النظام|دستور سیستم|הנחיית המערכת|सिस्टम प्रॉम्प्ट|সিস্টেম প্রম্পট|系统提示|系統提示|系统指令|システムプロンプト|시스템 프롬프트|lời nhắc hệ thống|คำสั่งระบบ|geheime[nr]? (?:anweisung|instruktion|instructies)|instructions? (?:secrètes?|cachées?)|instrucciones (?:secretas|ocultas)|istruzioni (?:segrete|nascoste)|instruções (?:secretas|ocultas)|tajne instrukcje|(?:секретн|скрыт)\\S{1,3} инструкци|(?:таємн|секретн)\\S{1,3} інструкці|gizli talimat|تعليماتك السرية|ההוראות הסודיות|गुप्त निर्देश|গোপন নির্দেশ|秘密(?:的)?指令|秘密の指示|비밀 (?:지침|지시)|chỉ dẫn bí mật|instruksi rahasia|hemliga instruktioner|tajné (?:pokyny|instrukce)';
const NOW_YOU_ARE =
  'du bist (?:jetzt|nun|ab sofort)|tu es (?:maintenant|désormais)|ahora eres|eres ahora|ora sei|adesso sei|agora (?:você é|tu és|és)|je bent nu|jesteś teraz|теперь ты|ты теперь|тепер ти|artık|أنت الآن|אתה עכשיו|अब (?:तुम|आप)|এখন তুমি|你现在是|你現在是|从现在起|あなたは今|今からあなたは|당신은 이제|너는 이제|bây giờ bạn là|sekarang kamu|du är nu|teď jsi|ngayon ikaw|ตอนนี้คุณ';
const UNBOUND =
  '(?:ohne|keine|sans|aucune|sin|senza|sem|zonder|bez|без|utan) (?:jegliche |jede |ethische |aucune |ninguna |alcuna |qualquer |enige |żadnych |каких-либо |några |jakýchkoli )?(?:einschränk|beschränk|grenzen|filter|regeln|restric|limit|restriz|filtr|regras|reglas|règles|beperk|ograniczeń|zasad|ограничен|правил|фильтр|обмежен|фільтр|begränsning|regler|omezení)|kısıtlaması olmayan|sınırsız|بلا قيود|بدون قيود|ללא הגבלות|बिना किसी (?:प्रतिबंध|नियम)|সীমাবদ্ধতা ছাড়া|没有(?:任何)?(?:限制|约束)|沒有(?:任何)?限制|不受(?:任何)?(?:限制|约束)|制限のない|制限を受けない|제한이 없|제한 없는|không (?:có|bị) (?:giới hạn|hạn chế)|tanpa (?:batasan|aturan)';

const PROMPT_STEMS =
  'prompt|invite système|systemow|систем|sistem|موجه|تعليمات|دستور|הנחיית|सिस्टम|সিস্টেম|系统|系統|システム|시스템|lời nhắc|คำสั่ง|geheime|instructions|instrucciones|istruzioni|instruções|instrukcje|инструкци|інструкці|gizli|ההוראות|गुप्त|গোপন|秘密|비밀|bí mật|rahasia|hemliga|tajné';
const NOW_STEMS =
  'du bist|tu es|ahora|eres|ora sei|adesso sei|agora|je bent|jesteś|теперь|тепер|artık|أنت|אתה|अब|এখন|你现在|你現在|从现在|あなた|당신|너는|bây giờ|sekarang|du är|teď|ngayon|ตอนนี้';

const FOREIGN_LANGUAGES: readonly Rule[] = [
  rule(
    'prompt-leak-foreign',
    'PROMPT_LEAK',
    NOT_INSTRUCTION,
    PROMPT_STEMS,
    `(?:${SHOW})[^.!?\\n]{0,50}?(?:${PROMPT})|(?:${PROMPT})[^.!?\\n]{0,30}?(?:${SHOW})`,
  ),
  rule(
    'role-unbound-foreign',
    'JAILBREAK',
    NOT_INSTRUCTION,
    NOW_STEMS,
    `(?:${NOW_YOU_ARE})[^.!?。\\n]{0,60}?(?:${UNBOUND})`,
  ),
];

/** In the order in which they win where several speak in one sentence. */
export const RULES: readonly Rule[] = [
  ...DIRECT,
  ...FOREIGN_LANGUAGES,
  ...INDIRECT_RULES,
  ...READER_RULES,
  ...OVERRIDE_RULES,
];
