/** Rules for documents and tools' results: words that speak to the model, or over its instructions, where nobody has a say. */
import { BEGINNING, FOREIGN, GAP, IMPERATIVE, MODEL, MORE_IMPERATIVE, rule } from './rule-pattern.ts';
import type { Rule } from './rule.ts';

/** As in a report or a denial; "I need you to ignore" is neither. */
const NOT_TOLD =
  "(?<!\\b(?:not|never|n't|i|we|they|people|users|models|llms|attackers?|who|could|would|might|may|can|did|cannot|can't|why|if|(?<!\\byou(?: are| have)?[ \\n])to)[ \\n])";
/** As a person's: "the assistant, you know". */
const NOT_NAMED =
  '(?<!\\b(?:the|an?|our|your|my|his|her|their|this|that|these|those|of|for|with|by|to|and|or|as|is|was|in|on|from|any|some|no|all|see|read|find|has|have|sales|shop|research|teaching|dental|personal|virtual|executive|office)[ \\n])';
const STOP =
  '(?:ignore|disregard|forget|discard|override|overrule|overlook|neglect|skip|bypass|abandon|drop|cancel|set aside|throw away|do not follow|do not obey|no longer follow|stop following|stop obeying|instead of following|pay no attention to|put aside|lay aside|let go of|overwrite|revoke)';
const EARLIER =
  "(?:previous|prior|preceding|above|earlier|former|foregoing|existing|current|initial|original|your|your own|system|user|user's|assistant's)";
const ORDERS =
  '(?:instructions?|prompts?|directives?|directions|guidance|commands|orders|programming|task|tasks|objective|request|question|query)';
/** What speaks for itself as an order to a model: not rules and policies, which paper is full of. */
const INSTRUCTIONS = '(?:instructions?|prompts?|directives?|commands|orders)';
const READS =
  '(?:reads?|reading|sees?|seeing|process(?:es|ing)?|summari[sz](?:es|ing|e)|pars(?:es|ing|e)|analy[sz](?:es|ing|e)|handl(?:es|ing|e)|access(?:es|ing)?|receiv(?:es|ing|e))';
const THIS =
  '(?:this|these|it|the (?:page|text|document|above|following|message|mail|email|file|content|website))';

/** Where somebody asks something to be done. */
const ASKED =
  '(?:(?:^|[.!?:;,>|}+\\]\\n*"\'-] ?|\\\\n)(?:\\d{1,2}[.)] )?|\\b(?:please|kindly|also|now|then|and|to|first|next|immediately|ahead and|could you|can you|would you|should|must) )';
const HAND_OVER =
  'send|forward|e-?mail|mail|share|give|deliver|pass on|transmit|text|leak|export|copy|upload|post|publish|tell|reveal|disclose|show|hand over|submit|sell|expose';
/** What nobody gives away by a letter. */
const MINE =
  'passwords?|passcodes?|pins?|credentials?|logins?|tokens?|cookies|keys?|secrets?|bank (?:details|statements?|account)|statements?|card(?: details| numbers?)?|social security(?: number)?|tax returns?|transactions?|balance|contacts?|address book|e-?mails?|messages|chats?|chat (?:logs?|history)|logs?|history|photos?|pictures|location|files|documents|records?|data|calendar(?: entries)?|notes|conversations?|home address|identity|personal (?:data|details|information)';

const OVERRIDES: readonly Rule[] = [
  rule(
    'override-foreign',
    'INJECTION',
    FOREIGN,
    'ignore|disregard|forget|discard|overr|overlook|neglect|skip|bypass|abandon|drop|cancel|aside|away|follow|obey|attention|let|overwrite|revoke|replace|change',
    `\\b(?=[abcdfilnoprst])${NOT_TOLD}${STOP} (?:about )?(?:(?:all|any|every|each|of|the|these|those|this|and) ){0,4}${EARLIER} (?:(?:and|or|system|original|initial|current|existing|present|hidden|given|user|user's|set|of|all|other|previous|earlier|prior|messages) ){0,3}${ORDERS}\\b|\\b(?=[abcdfilnoprst])${NOT_TOLD}${STOP} (?:\\w{1,10} ){0,3}${INSTRUCTIONS} (?:given|received|so far|to the contrary|(?:stated|written|provided|from|that (?:came|stand|were given)) (?:before|above|earlier)|before this|(?:that|which) preced|(?:that )?you (?:were|have|got|received)|(?:of|from|by) the (?:system|developers?|user|operator)|above\\b)|\\b(?:replace|overwrite|substitute|swap|update) (?:all )?(?:of )?your (?:\\w{1,10} ){0,2}?(?:${INSTRUCTIONS}|rules|task) (?:with|by|to|for)\\b`,
  ),
  rule(
    'override-foreign-all',
    'INJECTION',
    FOREIGN,
    'ignore|disregard|forget|discard|neglect|skip|instead',
    `\\b(?=[abcdfilnoprst])${NOT_TOLD}(?:ignore|disregard|forget|discard|neglect) (?:about )?(?:all|everything|anything|whatever)(?: of)?(?: the| this| that| else)?(?: text| content| information)?(?: that)?(?: came| comes| is| was| stands)? ?(?:you (?:have|had|were|was|are|'ve)|i said|said|written|told|above|before|prior to|up to|in (?:the|your) (?:prompt|system|conversation))\\b|\\bnow (?:ignore|disregard|forget) (?:all )?(?:of )?(?:that|this|it) and ${IMPERATIVE}\\b|\\b(?:ignore|disregard|forget) (?:all of )?the (?:rest|remainder) of (?:this|the) (?:page|text|document|file|message|conversation|content|input)|\\b(?=[abcdfilnoprst])${NOT_TOLD}(?:ignore|disregard|neglect|skip|override|forget|instead of (?:following|obeying|answering|helping)|stop (?:helping|answering|following|serving)) (?:what |whatever )?(?:the (?:instructions?|requests?|questions?|wish(?:es)?|task) (?:of|from) )?the (?:user|human)(?:'s)?(?: (?:request|question|query|instructions?|prompt|task|wants?|wanted|asked|asks|said|says|and)\\b|[,.;:!])`,
  ),
  rule(
    'override-declared',
    'INJECTION',
    FOREIGN,
    'instruction|prompt|directive|command|orders|objective|mission|task|request|rules|guidelines',
    `\\b(?:all |your |the |any |every )?(?:previous|prior|earlier|above|preceding|original|initial|current|system) ${INSTRUCTIONS}(?: (?:you|that|which) (?:\\w{1,12} ){1,4}| )(?:is|are|were|was|have been|has been|be|shall be)?(?: ?(?:now|all|hereby|therefore)){0,2} ?(?:void|cancell?ed|superseded|overridden|overruled|revoked|withdrawn|obsolete|invalid|replaced|outdated|lifted|suspended|null|deleted|erased|reset|no longer (?:apply|valid|count|matter|binding|in (?:force|effect)))\\b|\\bthe (?:system prompt|instructions) (?:has|have) (?:now |just )?been (?:changed|updated|replaced|revoked|modified)|\\bthe (?:instructions|prompt|orders|commands|rules|task|guidelines) (?:that )?you (?:were|have been|had been|received|got|have)(?: given| received| told)?(?: before| earlier| so far| until now)? (?:is|are|were|was) (?:now )?(?:void|cancell?ed|superseded|wrong|invalid|obsolete|outdated|expired|void|a test|no longer)|\\byour (?:instructions?|system prompt|prompt|objectives?|mission|directives?) (?:has|have|is|are)(?: now| just)?(?: been)? (?:changed|updated|replaced|modified|reset|overwritten|revised|different)|\\b(?:latest |these |following |newer )?instructions? (?:overrides?|supersedes?|replaces?) (?:all |any |the |your )?(?:earlier|previous|prior|other)\\b|\\bthe (?:user|developer|operator) (?:has|gave|sent|have) (?:(?:changed|updated|replaced|revoked|cancell?ed) (?:the|his|her|their|all) (?:\\w{1,10} )?instructions|(?:given )?(?:you )?(?:a )?new instructions?)\\b|\\byour task (?:has changed|has been replaced|is different now|is now)\\b|\\b(?:this|these|the following|what follows)(?: (?:message|note|notes|instructions?|commands?|directives?|text|prompt|orders?|request|task))? (?:overrides?|supersedes?|replaces?|takes? (?:precedence|priority) over|(?:has|have) (?:priority|precedence) over|overrules?) (?:all|any|every|your|the|anything|everything|whatever)\\b(?: (?:other|of|your|the|previous|prior|earlier|existing|user's|user|system|original|current)){0,4} ?(?:${INSTRUCTIONS}|tasks?|requests?|you\\b|else\\b|before\\b|said\\b)`,
  ),
  rule(
    'new-orders',
    'INJECTION',
    FOREIGN,
    'instruction|order|directive|task|objective|goal|mission|purpose|prompt',
    `(?:${BEGINNING}(?:here (?:are|is) |these are |this is |follow )?(?:your |the |my |these )?|\\b(?=[hnrut])${NOT_NAMED}(?:here are your )?)(?:new|real|actual|updated|revised|true) (?:system |important |secret )?(?:instructions?|directives?|prompt)(?: (?:for|from|to|by) (?:\\w{1,14} ?){1,4}| instead| now| below)? ?(?::|>{1,3}|=|- |(?:follow|have arrived|are (?:here|below)) ?[.:!])|\\ba new (?:instruction|order|task|command) (?:from|for|by) (?:\\w{1,12} ?){1,4}:|\\byour (?:new|updated|real|actual|revised|next|only) instructions?\\b ?(?:is|are|[:.!]|follow)|\\byour instructions are (?:now|as follows|the following|to)\\b|\\bthere are new instructions for you\\b|\\byou (?:have|'ve|got|will|are)(?: now| just| been){0,2} (?:received?|get|given|got|have)? ?(?:a |some )?(?:new|updated|different) (?:set of )?(?:instructions?|directives?|orders from|prompt)\\b|\\bfollow (?:these|this|my|the following) (?:new|updated|other|different) (?:instructions?|orders?|directives?)|\\byour (?:new|real|actual|only|true) (?:task|objective|goal|mission|purpose|instructions?)(?: now)? (?:is|are)(?: now)? ?(?:to\\b|:|as follows)`,
  ),
  rule(
    'obey-this',
    'INJECTION',
    FOREIGN,
    'obey|follow|comply|adhere|listen|instruction|task|command|order',
    `\\b(?:from now on|from here on|henceforth),? (?:you )?(?:must |will |should |shall |only )?(?:obey|follow|listen to|take orders)\\b|\\b(?:obey|follow|listen to|comply with|adhere to) (?:only )?(?:this|these|the|my)(?: \\w{1,12}){0,2} ?(?:text|instructions?|orders?|commands?|message)(?: below| above| here)?,? (?:only|and nothing else|and no other|alone|instead|exclusively|not (?:the user|those))|\\b(?:switch to|do|perform|execute|carry out|run) (?:this|the following|these) (?:task|instruction|command|order)s? (?:instead|first|now|immediately|at once)\\b|\\bthis is an? (?:direct )?(?:order|command|instruction) (?:from|by|of) (?:your|the) (?:developers?|creators?|makers?|administrators?|admin|owner|system|operator)\\b|\\byou must (?:now|only|immediately) (?:obey|follow|comply with) (?:this|these|the following|my)\\b`,
  ),
];

const TO_THE_MODEL: readonly Rule[] = [
  rule(
    'for-the-model',
    'INJECTION',
    FOREIGN,
    'ai|a.i.|llm|assistant|chatbot|gpt|claude|gemini|copilot|language model',
    `\\b(?:important|urgent|attention|notice|note|notes|alert|message|messages|information|instructions?|reminder|memo|warning|hint|hello|hey|dear|hi|directive|directives|task|command|request|requirement)(?:\\W|\\\\n){1,4}(?:(?:to|for|from|the|any|all|every|you|your|an|a|message|note|notice|attention|ai|llm|automated|dear|processing|reading|helpful|future|summari[sz]ing|instructions?|important) ?\\W{0,2}){0,6}\\b${MODEL}(?: (?:assistants?|models?|agents?|systems?|reader|readers|reading|processing|only))?\\b ?(?:[:,!>\\-—–.]|reading|processing|that (?:reads?|processes)|who|using|summari|only|please|must|should|follow)`,
  ),
  rule(
    'instructions-of-the-model',
    'INJECTION',
    FOREIGN,
    'instruction|directive|order|command|message|note|agent',
    `\\b(?:new |hidden |secret |special |important |system |more )?(?:${MODEL}|agent)(?: (?:agent|assistant|model|system))? (?:instructions?|directives?|commands?|orders?) ?(?::|>{1,3}|=|- )|\\b(?:note|message|instructions?|attention|important) (?:to|for) (?:the |any |every |all )?(?:agents?|models?|bots?) ?[:!>]`,
  ),
  rule(
    'called-upon',
    'INJECTION',
    FOREIGN,
    'ai|llm|assistant|bot|gpt|copilot|language model',
    `\\b(?=[acdghlnosv])${NOT_NAMED}(?:and |so |now |ok |okay |hey |dear |hello |hi |attention |attention, )?(?:ai|llm|assistant|chatbot|chatgpt|gpt|copilot|language model|ai assistant|ai agent|ai model|virtual assistant|virtual agent)s? ?[,!]{1,3} ?(?:this is for you|you (?:must|should|have|need|are|will|shall|can)\\b|${IMPERATIVE} )`,
  ),
  rule(
    'addressed',
    'INJECTION',
    FOREIGN,
    'ai|llm|assistant|bot|gpt|copilot|language model',
    `\\b(?:for|to|attn|p\\.s\\.|ps|listen|read this|hear me|look here|when you)[,:]? (?:for |to )?(?:(?:the|any|all|every|an?|you|your) ?,? ?){0,2}${MODEL}(?: (?:assistants?|agents?|models?|systems?|tools?|bots?|readers?)| only| alone| eyes){0,2} ?[:!>,-]{1,3} (?:${IMPERATIVE}|${MORE_IMPERATIVE})\\b|\\b(?=[acgl])${NOT_NAMED}${MODEL}(?: (?:assistants?|agents?|models?))? ?[,!] (?:listen|read this|hear|take note|pay attention|wake up|${MORE_IMPERATIVE})\\b|\\b(?=[acgl])${NOT_NAMED}${MODEL}(?: (?:assistants?|agents?|models?))? ?: ?(?:(?:ignore|disregard|forget|override|stop following|you must)\\b)|\\b(?:llms|chatbots) ?: ?(?:${IMPERATIVE}|${MORE_IMPERATIVE})\\b|\\bwhen you, (?:the |an? )?${MODEL}\\b|\\b(?:this|the following|that|what follows)(?: (?:message|note|text|part|section|line|paragraph))? is (?:only )?(?:for|addressed to|meant for|directed at|intended for) (?:the |any |all |every |an? )?${MODEL}\\b|\\bthe ${MODEL}(?: (?:assistant|agent|model))? (?:must|should|shall|has to) (?:now|immediately|instead|at once) (?:${IMPERATIVE}|${MORE_IMPERATIVE})\\b`,
  ),
  rule(
    'if-you-are-the-model',
    'INJECTION',
    FOREIGN,
    'ai|a.i.|llm|assistant|chatbot|gpt|claude|gemini|copilot|language model',
    `\\bif you(?:'re| are) (?:an? |the )?(?:\\w{1,12} ){0,2}${MODEL}\\b|\\b${MODEL} (?:assistants?|agents?|models?|systems?) (?:reading|processing|summari[sz]ing|that (?:reads?|process|summari[sz]es?))|\\b(?:if |any |every |all |whatever |whichever |to the |to |the |an? |dear )(?:an? )?${MODEL}(?: (?:assistants?|agents?|models?|systems?|bots?))? (?:is |are |that |who |which |currently |now ){0,3}${READS} ${THIS}\\b`,
  ),
  rule(
    'as-the-model',
    'INJECTION',
    FOREIGN,
    'ai|llm|assistant|bot|gpt|claude|gemini|copilot|language model',
    `\\bas (?:an?|the) (?:\\w{1,12} ){0,1}?${MODEL}(?: (?:language )?(?:assistants?|agents?|models?))?,? you (?:must|should|have to|need to|are (?:required|obliged|asked|supposed|instructed|to)|will|shall)\\b`,
  ),
];

const TURNS: readonly Rule[] = [
  rule(
    'new-task',
    'INJECTION',
    FOREIGN,
    'override|your|end of|system|admin|instruction|assistant|developer',
    `\\badmin(?:istrator)? override\\b|\\bsystem override\\b|\\byour (?:new|real|actual|only) (?:task|objective|goal|job)(?: is| now)? ?:|-{2,12}\\W{0,3}end of (?:the )?(?:document|data|input|text|context)\\W{0,3}-{2,12}|(?:${BEGINNING}|\\b(?=[ns])${NOT_NAMED})(?:new )?system (?:message|override|prompt|instructions?|notice|alert|command|directive|update)(?: (?:for|to|update)(?: \\w{1,12}){1,3})?\\]? ?[:!]|(?:[\\[<{(]{1,2}(?:system|admin|developer)[\\]>})]{1,2}:?|${BEGINNING}(?:system|admin) ?:) ?${IMPERATIVE}\\b|(?:\\[(?:instructions?|assistant)\\]:?) ?(?:please|kindly|you (?:must|should|are|have to)|now|immediately|ignore|do not|the user|i need you)\\b|\\b(?:developer|admin|administrator|operator) message ?: ?${IMPERATIVE}\\b|\\byou are (?:now )?in developer mode\\b|\\b(?:begin|start|end) (?:of )?(?:the )?(?:new |system |hidden |secret )?instructions?\\b ?[=\\-:\\]>#*]{1,4}|<assistant> ?${IMPERATIVE}\\b|@(?:ai|assistant|llm|chatbot|gpt|model|agent)\\b[,:]? ?${IMPERATIVE}\\b|\\bstop[.!,:]{1,3} before you (?:go on|continue|proceed|do anything|read on)\\b`,
  ),
  rule(
    'fake-turn',
    'INJECTION',
    FOREIGN,
    'im_|system|inst]|sys>>|###|_of_turn>|header_id|eot_id|endof|assistant|override>|important>|instruction',
    `<\\|(?:im_start|im_end|system|assistant|start_header_id|eot_id|end_of_turn|endoftext|endofprompt)\\|>|<(?:start_of_turn|end_of_turn)>|\\[\\/?inst\\]|<<\\/?sys>>|### ?(?:new )?(?:instructions?|system|human|user|assistant)(?: prompt| message)? ?:|<\\/?(?:system|system[_ -]?prompt|system[_ -]?message|system[_ -]?instructions?|assistant[_ -]?instructions?|ai[_ -]?instructions?|tool[_ -]?instructions?|admin[_ -]?override|important)>|(?:^|\\W)#{1,3} ?system ?#{1,3}|\\bsystem ?>{2,3}|[\\[<](?:new|updated)[ \\n_-]instructions?[\\]>]|[\\[{(]{1,2}(?:new )?(?:system|admin|developer|assistant|ai|llm)[ \\n_-](?:instructions?|message|prompt|override|note|notice|command|alert|directive|update)s?[\\]})]{1,2}`,
  ),
  rule(
    'fake-turn-asked',
    'INJECTION',
    ['user'],
    'im_start|<<sys>>|start_header',
    `<\\|im_start\\|> ?system\\b|<<sys>> ?\\w|<\\|start_header_id\\|> ?system`,
  ),
  rule(
    'before-the-task',
    'INJECTION',
    FOREIGN,
    'before|order to|prior',
    `\\bbefore (?:you )?(?:summari[sz]|translat|analy[sz])\\w{1,3} (?:this|the|any|it)\\b[^.!?;,]{0,20}, ?${IMPERATIVE}\\b|\\b(?:before (?:you )?(?:can )?|prior to |in order to )(?:solv|complet|answer|respond|continu|proceed|finish|fulfil|perform|do|handl)\\w{0,4} (?:to |with |on )?(?:this |the |your |any |my |user |user's |original |main |initial |actual ){0,4}(?:task|request|question|query|objective|assignment|instructions?)\\b|\\bbefore (?:you )?(?:answer|respond|reply|return|continue|talk|speak|get)\\w{0,3} (?:back )?(?:to )?the (?:user|human),? (?:you (?:must|should|have to|need to|shall)|please|first|always|it is (?:necessary|required)|${IMPERATIVE})\\b|\\b(?:do|run|perform|complete|execute|call) (?:this|the following|these steps?|what follows)(?: first| now| task)? ?,? ?before (?:you )?(?:answer|respond|reply|return|continue|talk|help|go)`,
  ),
  rule(
    'important-override',
    'INJECTION',
    FOREIGN,
    'important|urgent|attention|critical',
    `\\b(?:important|urgent|attention|critical)(?: (?:instruction|message|notice|system|security|update|note|information)){0,2}[!:* ]{1,6}(?:please )?(?:ignore|disregard|forget|stop|do not (?:tell|inform|mention|follow)|you (?:must|should|need to|have to)|execute|the following (?:instruction|command|task)s?)`,
  ),
  rule(
    'do-not-tell',
    'INJECTION',
    FOREIGN,
    'user|human',
    `\\b(?:do not|don't|never|without) (?:tell|telling|inform|informing|mention|mentioning|notify|notifying|alert|alerting|reveal|revealing|let|asking|ask)\\b${GAP}\\b(?:the (?:user|human)|(?:this|it|these|them|anything)(?: \\w{1,12}){0,2} to the (?:user|human))\\b|\\bthe (?:user|human) (?:does not|doesn't|must not|need not|needn't|should not|shouldn't|may not|will not) (?:need to |have to )?(?:know|see|learn|notice|find out|hear|be (?:told|informed))(?: about| of)?(?: (?:this|it|that|any of this))? ?(?:[.!"'\\n]|$)`,
  ),
  rule(
    'hand-over-everything',
    'INJECTION',
    FOREIGN,
    'forward|send|upload|exfiltrate|transfer|transmit|post|leak|email|e-mail',
    `(?:^|[.!?:,;>\\n"'*] ?|\\b(?:please|then|and|also|now|immediately|must) )(?:forward|send|upload|exfiltrate|transmit|post|leak|e-?mail)(?: me)? (?:a copy of |copies of |the contents? of |over )?(?:all|every|any|the user'?s?|the entire|the full|the complete|the whole)\\b[^.!?\\n]{0,60}?\\b(?:e-?mails?|files?|messages?|contacts?|passwords?|credentials?|tokens?|secrets?|api keys?|conversations?|chat history|history|addresses|documents?|attachments?|records?|data|photos|transcript)\\b[^!?\\n]{0,40}? (?:to|at) (?:[\\w.+-]{1,40}@|https?:|www\\.|attacker|this (?:address|url|server|link)|the following)`,
  ),
  rule(
    'hand-over-mine',
    'INJECTION',
    FOREIGN,
    'my',
    `${ASKED}(?:${HAND_OVER}) (?:(?:me|all|every|each|any|of|a copy|copies|the|details|list|content|contents|full|latest|last|whole|complete) ){0,4}my (?:[\\w'-]{1,14} ){0,3}?(?:${MINE})\\b[^.!?;]{0,40}?\\b(?:to|with|at|on|into) |${ASKED}(?:find|look up|search(?: for)?|retrieve|get|fetch|collect|read|locate|check|open) (?:(?:all|every|any|of|out|the) ){0,3}my [^.!?;]{2,60}?\\b(?:and|then) (?:then )?(?:${HAND_OVER})\\b|${ASKED}(?:transfer|wire|send|pay|move|withdraw) [^.!?;]{1,40}?\\bfrom my (?:\\w{1,12} ){0,2}?(?:accounts?|balance|wallet|savings|card)\\b`,
  ),
  rule(
    'hidden-comment',
    'HIDDEN_INSTRUCTION',
    FOREIGN,
    '<!--|/*|display:|font-size:|visibility:',
    `(?:<!--|/\\*|display: ?none|font-size: ?0|visibility: ?hidden)[^\\n]{0,48}?\\b(?:${MODEL}\\b (?:must|should|please|will|assistant|agent|model|:|,)|ignore (?:all|the|any|previous|your)|your (?:instructions|prompt|response|answer|summary|reply|user)|the user (?:that|to)\\b|in your (?:response|answer|summary|reply))`,
  ),
];

const MESSAGE =
  'nachricht|hinweis|anweisung|achtung|mitteilung|botschaft|message|consigne|instruction|attention|remarque|mensaje|instrucci|atención|aviso|nota|messaggio|istruzion|attenzione|avviso|mensagem|instruç|atenção|bericht|instructie|let op|opgelet|wiadomość|uwaga|instrukcj|сообщение|внимание|инструкц|повідомлення|увага|інструкц|mesaj|talimat|dikkat|رسالة|تعليمات|تنبيه|הודעה|הוראות|संदेश|निर्देश|消息|信息|注意|指令|指示|讯息|訊息|メッセージ|指示|注意|메시지|지시|주의|tin nhắn|chỉ thị|chú ý|pesan|instruksi|perhatian|meddelande|anvisning|zpráva|pokyny|upozornění';
const FOREIGN_MODEL =
  'ki-?assisten\\w{0,5}|ki-?modell\\w{0,3}|ki-?agent\\w{0,3}|sprachmodell\\w{0,3}|die ki|assistant(?:e)? (?:ia|virtuel|d.ia)|l.ia|modèles? de langage|asistentes? (?:de )?(?:ia|virtual)|la ia|modelos? de lenguaje|assistent[ei] (?:ia|ai|virtual\\w)|modelli? linguistic\\w|assistentes? (?:de )?(?:ia|virtual)|modelos? de linguagem|ai-assistent\\w{0,3}|taalmodel\\w{0,3}|asystent\\S{0,4} (?:ai|si)|model\\S{0,3} językow\\S{1,4}|ии-?(?:ассистент|помощник|агент|модел)\\S{0,4}|(?:ассистент|помощник)\\S{0,3} ии|языков\\S{1,4} модел\\S{1,3}|ші-?(?:асистент|помічник|агент|модел)\\S{0,4}|мовн\\S{1,4} модел\\S{1,3}|yapay zek\\S{1,6}(?: asistan\\S{0,5})?|dil model\\S{1,5}|(?:مساعد|نموذج|وكيل)\\S{0,3} الذكاء الاصطناعي|المساعد الذكي|النموذج اللغوي|עוזר (?:ה)?בינה המלאכותית|עוזר ai|एआई (?:सहायक|मॉडल)|人工智能(?:助手|助理|模型|代理)?|ai ?(?:助手|助理|模型|代理)|语言模型|語言模型|ai ?(?:アシスタント|モデル|エージェント)|言語モデル|ai ?(?:어시스턴트|비서|모델|에이전트)|인공지능|언어 모델|trợ lý ai|mô hình ngôn ngữ|asisten ai|model bahasa|ai-assistent|språkmodell\\w{0,3}|asistent\\w{0,3} (?:ai|umělé inteligence)|jazykov\\w{1,3} model\\w{0,3}';
const FOREIGN_MODEL_STEMS =
  "ki-|kia|kim|die ki|sprachmodell|assistant|l'ia|l’ia|langage|asistente|la ia|lenguaje|assistent|modell|linguagem|taalmodel|asystent|językow|ии|языков|ші-|мовн|yapay zek|dil model|الذكاء|المساعد|النموذج|עוזר|एआई|人工智能|ai助|ai 助|ai模|ai代|语言模型|語言模型|aiア|aiモ|aiエ|言語モデル|ai 어|ai 비|ai 모|ai 에|ai어|ai비|인공지능|언어 모델|trợ lý|mô hình|asisten|model bahasa|språkmodell|jazykov";
const NEW_INSTRUCTIONS =
  'neue (?:anweisung|instruktion)(?:en)?|nouvelles? (?:instruction|consigne)s?|nuevas? (?:instrucci(?:ón|ones)|órdenes)|nuov[ae] istruzion[ei]|novas? instruç(?:ão|ões)|nieuwe instructies?|nowe (?:instrukcje|polecenia)|новые (?:инструкции|указания)|нові (?:інструкції|вказівки)|yeni talimatlar|تعليمات جديدة|הוראות חדשות|नए निर्देश|新的?(?:指令|指示)|新しい(?:指示|命令)|새로운 (?:지시|명령)(?: ?사항)?|새 지침|chỉ dẫn mới|hướng dẫn mới|instruksi baru|nya instruktioner|nové (?:pokyny|instrukce)';

const OTHER_LANGUAGES: readonly Rule[] = [
  rule(
    'for-the-model-foreign',
    'INJECTION',
    FOREIGN,
    FOREIGN_MODEL_STEMS,
    `(?:${MESSAGE})[^.!?;:。！？।]{0,30}?(?:${FOREIGN_MODEL})[^.!?;:。！？।]{0,20}?[:：,!！]|(?:${FOREIGN_MODEL})[^.!?;:。！？।]{0,12}?(?:${MESSAGE})[^.!?;:。！？।]{0,12}?[:：!！]`,
  ),
  rule(
    'override-all-foreign',
    'INJECTION',
    FOREIGN,
    'ignor|vergiss|vergesst|olvid|oubli|dimentic|esque|negeer|vergeet|забуд|игнор|忽略|无视|忘记|忘掉|無視|무시',
    `(?:ignor(?:a|e|ez|iere|iert|ieren sie|en)|vergiss|vergesst|olvid(?:a|e|en)|oubli(?:e|ez)|dimentic(?:a|ate|hi)|esqueç?(?:a|e)|negeer|vergeet|zignoruj|игнорируй(?:те)?|забудь(?:те)?) (?:por favor |bitte )?(?:todo lo (?:anterior|dicho)|tout ce qui précède|alles (?:bisherige|vorherige|vorige|obige|davor|zuvor|oben|hierboven|was)|tutto (?:ciò|quello) che|tudo (?:o que (?:está|foi|veio|disse) )?(?:acima|antes|anterior)|wszystko (?:powyżej|co)|вс[её] (?:выше|предыдущее|что))|(?:忽略|无视|忘记|忘掉)(?:掉)?(?:以上|上面|之前)(?:的)?(?:所有|全部)?(?:内容|文字|信息|一切)|(?:上記|以上|これまで)[^。.]{0,8}(?:すべて|全て)?(?:を)?無視|(?:위|이전)[^.]{0,8}(?:모두|전부) ?무시`,
  ),
  rule(
    'new-instructions-foreign',
    'INJECTION',
    FOREIGN,
    'neue|nouvelle|nueva|nuov|nova|nieuwe|nowe|новые|нові|yeni|جديدة|חדשות|नए|新的|新指|新しい|새로운|새 지|mới|baru|nya|nové',
    `(?:${NEW_INSTRUCTIONS}) ?[:：]`,
  ),
];

export const INDIRECT_RULES: readonly Rule[] = [...TURNS, ...OVERRIDES, ...TO_THE_MODEL, ...OTHER_LANGUAGES];
