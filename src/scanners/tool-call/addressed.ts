/** Where a text speaks to a model instead of a reader, or wants something kept from the one who asked. */
import type { Span } from '../../domain/finding.ts';

const LATIN = [
  // Whom it speaks to.
  '(?:dear|attention|hey|hello|note (?:to|for)|message (?:to|for)|instructions? (?:to|for)|for|to|any|all|the|as an?|if you are an?|you are an?|@)[\\s:]{1,2}(?:the |any |all |every )?(?:ai|llms?|language models?|chat ?bots?|gpt|claude|gemini|copilot|(?:ai|virtual|automated) (?:assistants?|agents?|systems?|models?))(?![\\w-])',
  '(?<=(?:^|[.!?:>"\\n])\\s{0,8}(?:#|//|--|\\*)?\\s{0,2})(?:ai\\s)?(?:assistant|agent|ai|system)\\s{0,2}[:,]',
  '(?<!(?:your|my|our|each|its)\\s)(?:assistants?|agents?|models?|ki|ia|asistente|asistentes|assistente|assistenten) (?:must|should|shall|reading|processing|parsing|muss|müssen|sollen|doit|doivent|debe|deben|deve|devono|devem|who)(?!\\w)',
  // What it takes itself for.
  '(?:system|admin(?:istrator)?|developer|security|priority|mandatory|urgent) (?:message|override|prompt|notice|instructions?|directive|command|update|task|step)s?(?!\\w)',
  '(?:<|\\[)/?(?:system|inst|instructions?|important|admin|assistant|im_start|user)(?:>|\\])',
  '(?:new|updated|additional|hidden|next|real|true|actual|neue|nouvelles?|nuevas?|nuove|novas|nowe|nieuwe) (?:instructions?|task|directives?|anweisung(?:en)?|aufgabe|instrucci(?:ón|ones)|istruzion[ei]|instruç(?:ão|ões)|polecenia?|instructies?)(?!\\w)',
  // What it does away with.
  '(?:ignore|disregard|forget|override|bypass|ignoriere|ignorier|vergiss|ignorez?|oubliez?|ignora|ignoren?|olvida|dimentica|ignoruj|zapomnij|negeer|vergeet|abaikan|yoksay)\\s[^.\\n]{0,60}?(?:instruct|instruk|request|prompt|rules?|task|said|told|above|previous|prior|earlier|anweisung|befehl|vorherige|consignes?|précédent|anterior|instrucc|istruzion|precedent|instruç|polece|poprzedn|instructies|perintah|talimat)',
  'instead of (?:what|the (?:user|request|task|original))',
  // What it wants kept.
  '(?:do not|don.?t|never|without|must not|should not)\\s(?:ever\\s)?(?:tell(?:ing)?|mention(?:ing)?|inform(?:ing)?|notify(?:ing)?|ask(?:ing)?|alert(?:ing)?|reveal(?:ing)?|disclos(?:e|ing)|show(?:ing)?|report(?:ing)?|warn(?:ing)?|confirm(?:ing)?|say(?:ing)?)(?=[\\s.,!"\'\\\\]|$)',
  '(?:silently|secretly|covertly|quietly|in the background|heimlich|unauffällig|en silence|en secreto|in segreto|em segredo|stiekem|po cichu|gizlice|diam-diam)(?!\\p{L})',
  '(?:ohne|sans|sin|senza|sem|zonder|bez|tanpa)\\s[^.\\n]{0,30}?(?:sag|erwähn|frag|nachfrag|inform|mention|demand|dire|decir|mencion|avis|pregunt|avvert|chied|dizer|perguntar|melden|vragen|vermeld|pytani|inform|memberi)',
  '(?:nicht|pas|n.en|no|non|não|niet|nie)\\s(?:dem |le |lo |la |al |a l.|all.|ao |de |się )?(?:nutzer|benutzer|utilisateur|usuario|utente|usuário|gebruiker|użytkownik)',
  '(?:sage|sag|erzähle|erwähne|dis|dites|parle|parlez|digas|diga|menciones|mencione|dire|menzionare|conte|vertel|mów|wspominaj)\\s[^.\\n]{0,40}?(?:nichts|nicht|rien|nada|niente|niets|nic)(?!\\p{L})',
  // When it wants to come first.
  'before (?:you )?(?:continu|answer|respond|reply|repli|proceed|do(?:ing)? anything|summari[sz]|return|complet|finish|any other)',
  '(?:to|in order to) (?:complete|finish|proceed with|continue with) (?:this|the|your) (?:task|request|summary|answer)',
  '(?:bevor|avant (?:de|toute)|antes de|prima di|voordat|zanim)\\s[^.\\n]{0,20}?(?:antwort|fortf|zusammenf|weiter|répon|réson|contin|résum|responder|resumir|seguir|rispond|riassum|prosegu|antwoord|odpow)',
  'your (?:next|first|new|only|real|actual|next and only) (?:task|step|action|tool call|job|goal|instruction)',
  'you (?:must|are required to|are now|have been|will now|should now)(?!\\w)',
  'when (?:you )?(?:read|see|process|pars|summari[sz])\\w{0,4} (?:this|the above)',
].join('|');

const OTHER_SCRIPTS = [
  '(?:忽略|无视|無視|忘记|忘掉|不要理会)[^。\\n]{0,16}(?:指令|指示|要求|命令|提示|内容|任务)',
  '(?:不要|别|請勿|请勿|无需|不必|切勿)(?:告诉|告知|通知|提及|提到|询问|透露|向)|(?:助手|智能体|人工智能|机器人|AI)[:：,，]?(?:必须|应该|请|需要)|系统(?:消息|指令|提示|通知)|新(?:的)?(?:指令|任务)',
  '(?:以前|前|これまで|上記|すべて)[^。\\n]{0,10}(?:指示|命令)[^。\\n]{0,8}(?:無視|忘れ)|ユーザー(?:に|には)[^。\\n]{0,14}(?:言わ|伝え|知らせ|報告し|告げ)|(?:アシスタント|エージェント|AI)(?:は|へ|、|:|:)|システム(?:メッセージ|指示|通知)|新しい(?:指示|タスク)',
  '(?:이전|앞선|위의|모든)[^.\\n]{0,10}(?:지시|명령)[^.\\n]{0,8}(?:무시|잊)|사용자(?:에게|한테)[^.\\n]{0,14}(?:말하지|알리지|언급하지|묻지)|(?:어시스턴트|에이전트|AI)(?:는|은|에게|:|,)|시스템 ?(?:메시지|지시|공지)|새(?:로운)? ?(?:지시|작업)',
  '(?:игнорируй|игнорируйте|забудь|забудьте|отбрось)[^.\\n]{0,40}(?:инструкц|указан|команд|запрос|правил)|не (?:сообщай|сообщайте|говори|говорите|упоминай|упоминайте|спрашивай|спрашивайте|уведомляй)|(?:ассистент|помощник|агент|модель)(?:у|а)?(?:[:,]| (?:долж|обязан))|системн\\p{L}{2,3} (?:сообщен|инструкц|уведомлен)|нов\\p{L}{2} (?:инструкц|задач|задан)|не сообщая|незаметно|тайно',
  '(?:تجاهل|انس)[^.\\n]{0,40}(?:التعليمات|الأوامر|السابق)|(?:لا|دون أن) ?(?:تخبر|تذكر|تسأل|إخبار)|دون إخبار|رسالة النظام|(?:المساعد|الوكيل)[:،]',
  '(?:התעלם|שכח)[^.\\n]{0,40}(?:הוראות|קודמות)|(?:אל|בלי ל)(?:תספר|תזכיר|ספר)',
  '(?:पिछले|पहले के|सभी)[^।\\n]{0,20}(?:निर्देश)[^।\\n]{0,12}(?:अनदेखा|भूल)|(?:उपयोगकर्ता|यूज़र) को[^।\\n]{0,12}(?:मत|न) (?:बता|कह)',
].join('|');

const TURKISH =
  'önceki [^.\\n]{0,20}(?:talimat|komut)[^.\\n]{0,16}(?:yok say|unut|dikkate alma)|kullanıcıya[^.\\n]{0,20}(?:söyleme|bildirme|bahsetme)|sistem (?:mesajı|talimatı)';

const ADDRESSED = new RegExp(`(?<!\\p{L})(?:${LATIN}|${TURKISH})|${OTHER_SCRIPTS}`, 'giu');

export function addressesToModels(text: string): readonly Span[] {
  return [...text.matchAll(ADDRESSED)].map(({ index, 0: words }) => ({
    start: index,
    end: index + words.length,
  }));
}
