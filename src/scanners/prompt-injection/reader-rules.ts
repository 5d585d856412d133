/** Rules for what speaks to whoever reads a document or a result: what to do first, instead, besides or in secret, in the user's name. */
import { BEGINNING, FOREIGN, IMPERATIVE, MORE_IMPERATIVE, rule } from './rule-pattern.ts';
import type { Rule } from './rule.ts';

const DO = `(?:${IMPERATIVE}|${MORE_IMPERATIVE}|rate|recommend|approve)\\b`;
const READING =
  '(?:reading|processing|parsing|handling|seeing|consuming|viewing|receiving|evaluating|ingesting|working with|using)';
const READS =
  '(?:reads?|process(?:es)?|pars(?:es?)|sees?|visits?|crawls?|handles?|receives?|gets?|ingests?|finds?)';
const TEXT =
  '(?:this|these|the following|the above)(?: (?:text|page|result|results|json|field|output|response|data|tool output|tool result|message|words|lines?|document|record|entry|content|file|e-?mail|note))?';
const MACHINES =
  '(?:agents?|bots?|crawlers?|scrapers?|automated systems?|automations?|software agents?|machines?|programs?|large language models?|language models?|llms?|models?|ais?|assistants?)';
const TASK = '(?:task|job|work|assignment|request|question|query|goal|objective)';
const ANSWER = '(?:answer|reply|response|summary|output|report)';

const FIRST_OR_INSTEAD: readonly Rule[] = [
  rule(
    'instead-of-the-answer',
    'INJECTION',
    FOREIGN,
    'answer|reply|respond|summari|finish|task|request|user',
    `${BEGINNING}(?:instead of|rather than) (?:answering|replying|responding|summari[sz]ing|finishing|continuing|completing|helping|doing what)\\b[^.!?;:,]{0,40}[,:]? ?${DO}|\\b(?:do not|don't|never|stop) (?:answer|reply to|respond to|complete|finish|process|fulfil|answering|processing|working on) (?:the|this|that|any) (?:user's |original |current )?(?:question|user|request|query|task|prompt)\\b(?: of the user)?[.!;:,]|\\bnever mind (?:what )?the user\\b|${BEGINNING}(?:before|when|while|after) (?:you )?(?:answer|reply|respond|summari[sz]e|return)(?:ing|s)?(?: to)?(?: the (?:user|question|request))?, (?:first )?(?:you must |please )?${DO}|\\b(?:after that|first|and)?,? ?before you (?:reply|answer|respond|summari[sz]e|report back)(?: to the user)?, ${DO}`,
  ),
  rule(
    'the-task-is-over',
    'INJECTION',
    FOREIGN,
    'task|job|work|assignment|request|doing|reassigned|a test|put|question',
    `\\b(?:your|the|this|that) (?:current |present |original |previous |ongoing |old |main )?${TASK} (?:you (?:were|are|have been) (?:given|working on|doing) )?(?:is|has been|was) (?:now )?(?:finished|done|over|completed?|cancell?ed|on hold|suspended|closed|replaced|void|paused)(?:[.;:,!]| and) ?(?:so )?(?:now|from (?:this point|here|now)|instead|next)\\b|\\b(?:your|the) (?:task|job|assignment|mission|role) has (?:just |now )?(?:changed|been changed|been replaced|been updated)\\b|\\b(?:put|lay|set|leave) (?:the|your|this) (?:current |ongoing |present |original )?${TASK} (?:on hold|aside|away|alone|for later)\\b[^.!?;]{0,12}?(?: and|[,;:])|\\b(?:drop|stop|leave|abandon|pause) (?:whatever|what|everything|anything) (?:it is )?(?:that )?you(?:'re| are| were) (?:currently |just )?(?:doing|working on|busy with)\\b|\\byou (?:have been|are|were) (?:now |hereby )?reassigned\\b|\\b(?:everything|all|what came|the text|the question) (?:above|before|until now|so far)(?: this)? (?:was|is) (?:only |just )?(?:a test|an example|fake|a drill)\\b`,
  ),
  rule(
    'a-request-after-the-end',
    'INJECTION',
    FOREIGN,
    'end of|override|priority|new request|heed|next action|next step|agent task|tool says',
    `\\bend of (?:the )?(?:results?|output|data|response|tool output|tool result|search results?|records?)\\b[.:;\\-\\])=*]{1,6} ?(?:new|next|now|then|your|additional|user)\\b|${BEGINNING}(?:override|priority (?:request|task|order)|new request|new order|new task|additional (?:request|task)|extra task|urgent (?:request|task))(?: (?:for|from|to) (?:you|the (?:agent|assistant|user|ai)))?(?:, [^.!?:]{0,40})? ?: ?${DO}|\\bpay no (?:heed|regard|mind) to (?:what|anything|everything|all|whatever|your|the (?:user|system|instructions))\\b|\\b(?:next (?:action|step|task)|agent task|task|to-?do)(?: \\d{1,2})? (?:for|of) (?:the |this |an? )?(?:ai |running )?(?:agent|assistant|bot|model)\\b ?[:=-]|\\bagent task(?: \\d{1,2})? ?:|\\btool (?:says|message|note|instruction) ?: ?(?:the next|you|your|now|please)`,
  ),
];

const TO_THE_READER: readonly Rule[] = [
  rule(
    'whoever-reads',
    'INJECTION',
    FOREIGN,
    'whoever|whatever|anyone|reader|agent|bot|crawler|scraper|system|model|machine|program|ai |llm',
    `\\b(?:whoever|whatever|whichever (?:\\w{1,12} )?|anyone|anything|you who|the (?:one|system|program|software|process|machine|agent|model|bot)|any (?:system|program|process|machine|agent|model|bot|ai|software)) (?:is |are |that is |who is |currently )?${READING} (?:this|these) (?:result|results|json|field|output|response|data|tool|words|record|entry|text)s?\\b[^.!?;:,]{0,20}(?:[:,]| (?:must|shall|should|has to|have to|needs to)\\b)|\\b(?:to|for) (?:the|any|every|whatever|whichever) (?:system|program|software|agent|process|machine|bot|model)s? ${READING} ${TEXT}\\b[^.!?;]{0,20}?:|${BEGINNING}(?:dear )?(?:readers?|consumers?|parsers?) of (?:this|the) (?:json|field|result|output|record|api)\\b ?[,:]|\\b(?:note|message|instructions?|attention|hint) (?:to|for) (?:all |any |the )?(?:automated |autonomous |ai |running |web ){0,3}${MACHINES} ?:|${BEGINNING}${MACHINES} (?:that|which|who) ${READS} ${TEXT}\\b[^.!?;]{0,12}? (?:must|should|shall|have to|has to|need to|are (?:asked|required|ordered))|\\bany ${MACHINES} (?:${READING}|that ${READS}) ${TEXT}\\b[^.!?;:,]{0,12}? ?(?:[:,]|must|should|shall|has to)|${BEGINNING}(?:large language models?|language models|llms|ai agents|ai assistants|automated agents) ?: ?${DO}`,
  ),
  rule(
    'you-the-assistant',
    'INJECTION',
    FOREIGN,
    'you|your|operator|developer|speaking|tools|tool again',
    `\\byou, (?:the |an? |my |dear )?(?:ai|assistant|agent|model|language model|llm|bot|chatbot)\\b[^.!?;:,]{0,40}, ?${DO}|\\b(?:this is|i am|i'm) your (?:operator|developer|creator|owner|administrator|admin|supervisor|principal|system|user)(?: speaking| here)?\\b ?[.:,!;]|\\b(?:developer|operator|admin|system) (?:note|notes|message|instruction|order)s? (?:for|to) the (?:running |current |active )?(?:agent|assistant|model|bot)|\\b(?:use|call|invoke|run|query) (?:your|one of your|the) (?:tools?|functions?|plugins?|capabilities)(?: again| once more| now)(?:,? this time)? (?:to|and|with)\\b|\\buse (?:your|any of your|all your|one of your) (?:tools|functions|plugins|tool access|capabilities) (?:to|and)\\b|\\byour (?:guidelines|rules|policies|policy|instructions|developers?|operators?) (?:allows?|permits?|requires?|wants?|demands?) (?:this|you|it)\\b|\\b(?:assistant|agent|ai|chatbot), (?:while you are at it|one more thing|also|by the way|please),? ${DO}|\\bwhile you are at it, (?:ai|assistant|agent|bot|chatbot)\\b`,
  ),
];

const IN_THE_USERS_NAME: readonly Rule[] = [
  rule(
    'the-user-also-wants',
    'INJECTION',
    FOREIGN,
    'the user|requested by|account owner|account holder|customer',
    `\\bthe (?:user|account (?:owner|holder)|human|person you (?:serve|work for|assist))(?: has)?(?: also| really| just| now| actually| already| further){0,2} (?:wants?|wanted|asked|asks|told|tells|would like|requested|requests|needs|expects|instructed|instructs|authori[sz]ed|authori[sz]es|agreed|agrees)(?: me)?(?: to (?:tell|ask|inform))?(?: that)? (?:you\\b|for (?:one|another|something|you)|one more)|\\bwhat the user (?:really |actually )?(?:wants|asked for|needs|meant) is (?:that you|for you|you to|to)\\b|${BEGINNING}(?:on behalf of|in the name of|for|as told by|as agreed with) the user ?[:,] ?${DO}|\\bas (?:requested|ordered|instructed|agreed|asked|told|approved|authori[sz]ed) by the (?:user|account owner|account holder|owner of this account),? ${DO}|\\bto (?:complete|fulfil|finish|satisfy|process|answer) (?:the|this) (?:request|query|question|task) (?:of|from|by) the user\\b`,
  ),
  rule(
    'without-a-word',
    'INJECTION',
    FOREIGN,
    'silent|quiet|secret|discreet|yourself|between us|your answer|your reply|your response|your summary|permission|confirm|without asking|checks|filters|guardrails|access denied|remaining',
    `\\b(?:do (?:this|it|so|the following)|act|proceed|carry this out|execute this) (?:silently|quietly|secretly|discreetly|in secret|in silence|in the background|unnoticed) ?[:,]|\\bkeep (?:this|it|that) (?:to yourself|secret|quiet|between us|hidden)(?: from the user)?,? (?:and|but|then) ${DO}|\\b(?:leave|keep) (?:this|it|that|these words) out of your ${ANSWER}|\\bdo not (?:mention|include|repeat|show|write) (?:this|it|that|any of this) in (?:your|the) (?:final )?${ANSWER}|\\byou have (?:my |full |our |the user's |all )?(?:permission|authori[sz]ation|clearance|approval) to [^.!?;]{3,80}? without (?:asking|confirm|further|checking|telling)|${BEGINNING}no (?:further )?(?:confirmation|approval|permission) (?:is |will be )?(?:needed|required|necessary)[,:;] ?(?:just )?${DO}|\\b(?:safety|security|content) (?:checks?|filters?|rules|guardrails|restrictions) (?:are|is|have been) (?:now )?(?:off|disabled|suspended|lifted|removed|deactivated)(?: for (?:this|the) \\w{1,12})?[.;,:!]|\\baccess (?:is )?denied (?:until|unless) you ${DO}|\\b(?:to|in order to) (?:see|get|load|view|receive|obtain|retrieve) the (?:remaining|other|missing|next|actual|full) (?:results?|records?|rows|data|entries|output)[^.!?;]{0,20}?,? (?:you must|you have to|you need to|first|please)(?: first)? ${DO}`,
  ),
];

const MORE_OF_THE_KIND: readonly Rule[] = [
  rule(
    'first-of-all',
    'INJECTION',
    FOREIGN,
    'first|before anything|begin only|only after|more urgent|change of plan|new priority|correction|summary and|the search|answer can wait|plan',
    `\\bthe (?:answer|question|user|summary|reply|search) can wait\\b|\\b(?:do|execute|perform|carry out) (?:the following|this|these) (?:before|prior to) (?:anything|everything|all) else ?[:,]|\\b(?:your|the) (?:reply|answer|response|summary) (?:should|must|may|can|shall) (?:only )?(?:begin|start|be given|be sent|follow) only (?:after|when|once) you\\b|\\b(?:reply|answer|respond|continue|proceed) only (?:after|once|when) you (?:have )?${DO}|\\bmore (?:urgent|important) than (?:the|your|this) (?:question|task|request|answer|user|search) ?[:.,]|${BEGINNING}(?:change of plans?|new priority|correction to your (?:instructions|task|orders)|step (?:one|1) for the (?:assistant|agent|ai|model)) ?[:,] ?${DO}|${BEGINNING}(?:forget|skip|never mind|drop|leave) the (?:search|summary|question|query|user|answer|analysis|translation)(?:,| and) ${DO}`,
  ),
  rule(
    'once-this-is-read',
    'INJECTION',
    FOREIGN,
    'read this|reading|upon|machine|automation|hello agent|dear |meant for|fetched',
    `\\b(?:if|as soon as|once|when|after|now that) you (?:can |have |are )?(?:read|reading|see|seeing|parse|process)(?:ing)? this(?: (?:text|line|message|note|sentence|field))?,? (?:please |you must |then )?(?!you (?:are|can|will|may|have)\\b)${DO}|\\bhaving read this,? you\\b|\\b(?:ai|the ai|agents?|assistants?|models?|llms?) (?:must|shall|should|has to|have to) [^.!?;]{3,80}? (?:upon|on|after|when|while) (?:reading|seeing|processing) (?:this|it)\\b|${BEGINNING}(?:machine readers?|dear (?:automation|agent|machine|robot|program|bot|model)|hello,? (?:agent|robot|machine|bot)|mandatory for (?:every|all|any) (?:ais?|agents?|models?|assistants?|bots?)) ?[:,!] ?(?:please )?${DO}|\\b(?:meant|intended|written) for the (?:program|software|machine|agent|system|process|bot|model|tool) (?:that|which) (?:fetched|reads?|called|requested|loaded|processes)\\b|\\b(?:all|every) (?:agents?|ais?|models?|assistants?|bots?) (?:are|is) (?:required|ordered|obliged|asked|instructed) to\\b|\\brequires? (?:all|every) (?:agents?|ais?|assistants?|bots?) to ${DO}`,
  ),
  rule(
    'as-if-the-user-said-so',
    'INJECTION',
    FOREIGN,
    'user|person you|principal|allowed to|nobody has to know|to anyone|to fix it|run this next|as this text|requires you|help the',
    `\\b(?:treat|consider|regard|take) (?:this|these|it|the following) (?:line |text |message |words )?as (?:coming |if it came |said |if said |written |a request )?(?:from|by) (?:the|your) user\\b|\\bthe (?:user|person you (?:assist|serve|help|work for)) (?:forgot|failed|neglected|omitted) to (?:mention|say|add|tell you|ask)\\b|\\bthe (?:request|query|task|question) (?:has|was|is)(?: been)? (?:amended|changed|extended|updated|withdrawn|replaced)(?: by the user)?(?: as follows ?:|\\. ?(?:now |instead,? |please )?${DO})|\\bthe person you (?:assist|serve|help|work for) (?:wants?|would like|needs?|asks?|expects?) you\\b|\\byour (?:principal|operator|user|owner|employer|human) (?:authori[sz]es|permits|allows|instructs|orders|wants|asks|requires|commands) you\\b|\\byou(?:'ll| will)? help the user (?:most|best) (?:if|when) you\\b|\\byou are (?:hereby )?(?:allowed|permitted|authori[sz]ed|cleared) to [^.!?;]{3,80}? without (?:consent|asking|approval|confirm)|${BEGINNING}(?:nobody|no one) (?:has|needs) to know ?[:,]|\\bsay nothing (?:of|about) this(?: to (?:anyone|the user|anybody))? and ${DO}|\\b(?:tool|api|function|server) requires you to ${DO}|\\b(?:error|failed|truncated|timeout)[.!:] ?(?:to (?:fix|solve|resolve|continue|proceed)(?: it| this)?,|run this next ?:|next, run) ?${DO}|${BEGINNING}run this next ?:|\\bdo (?:as|what) this (?:text|message|note|document|page) (?:says|tells)`,
  ),
  rule(
    'do-not-answer-foreign',
    'INJECTION',
    FOREIGN,
    'pregunta|frage|question|вопрос|问题|質問|질문|domanda|pergunta|vraag|pytani',
    `(?:ignora|olvida|no respondas?(?: a)?|no contestes(?: a)?) la pregunta\\b[^.!?]{0,6}(?: y|,|;|:|\\.)|\\bbeantworte(?:n sie)? die frage nicht\\b|\\bignoriere(?:n sie)? die frage\\b|\\bne (?:réponds|répondez) pas à la question\\b|\\bnon rispondere alla domanda\\b|\\b(?:ignore|não responda) a pergunta\\b|\\bbeantwoord de vraag niet\\b|nie odpowiadaj na pytanie|не отвечай(?:те)? на вопрос|(?:不要|别|勿)(?:回答|理会)(?:用户的?|这个|该)?问题|質問に(?:は)?答え(?:ない|ず)|질문에 (?:답하지|대답하지) (?:말|마)`,
  ),
];

const TO_THE_READER_ELSEWHERE: readonly Rule[] = [
  rule(
    'before-the-answer-foreign',
    'INJECTION',
    FOREIGN,
    'bevor|antwort|avant|antes|prima|voordat|alvorens|zanim|прежде|перед|перш|之前|前に|전에|قبل|trước|sebelum|innan|než|önce',
    `${BEGINNING}(?:bevor (?:du|sie) (?:antworte(?:s)?t|antworten|weitermach(?:s)?t|fortf)|statt zu antworten|anstatt zu antworten|avant de (?:répondre|continuer|résumer)|au lieu de répondre|antes de (?:responder|contestar|continuar|resumir)|en (?:lugar|vez) de responder|prima di (?:rispondere|continuare|riassumere)|invece di rispondere|em vez de responder|voordat (?:je|u) (?:antwoordt|verder)|alvorens te antwoorden|zanim odpowiesz|zamiast odpowiadać|прежде чем (?:ответить|отвечать|продолжить)|перед (?:ответом|тем как ответить)|вместо ответа|перш ніж (?:відповісти|відповідати)|cevap vermeden önce|yanıtlamadan önce|قبل (?:الإجابة|الرد|أن تجيب)|trước khi trả lời|sebelum menjawab|innan du svarar|než odpovíš)[^.!?;:,]{0,30}[,:：]|(?:回答|回复|答复|继续|总结)(?:用户)?(?:的问题)?之前[，,]?(?:请|你)?(?:必须|先|首先)|(?:答える|回答する|返信する|応答する|要約する)前に|(?:답하기|답변하기|응답하기|요약하기) 전에`,
  ),
  rule(
    'the-user-also-wants-foreign',
    'INJECTION',
    FOREIGN,
    'nutzer|utilisateur|usuario|utente|usuário|utilizador|gebruiker|użytkownik|пользовател|користувач|用户|ユーザー|사용자|المستخدم|người dùng|pengguna|användaren|uživatel|kullanıcı',
    `\\b(?:der (?:be)?nutzer (?:will|möchte|wünscht|verlangt)[^.!?;:,]{0,20},? dass du|l'utilisateur (?:veut|souhaite|demande)[^.!?;:,]{0,12} que (?:tu|vous)|el usuario (?:\\S{1,8} )?(?:quiere|pide|desea) que|l'utente (?:\\S{1,8} )?(?:vuole|chiede|desidera) che|o (?:usuário|utilizador) (?:\\S{1,8} )?(?:quer|pede|deseja) que|de gebruiker (?:\\S{1,8} )?wil (?:\\S{1,8} )?dat je|användaren vill (?:\\S{1,8} )?att du|pengguna (?:\\S{1,8} )?ingin (?:kamu|anda))|użytkownik (?:także |też )?(?:chce|prosi),? (?:żebyś|abyś)|пользователь (?:также |ещё )?(?:хочет|просит|требует)[^.!?;:]{0,10},? (?:чтобы ты|тебя)|користувач (?:також )?(?:хоче|просить),? (?:щоб ти|тебе)|用户(?:还|也)?(?:希望|要求|想让|想要)你|ユーザーは(?:また)?あなたに|사용자는? (?:또한 )?당신[이에]|uživatel (?:také )?(?:chce|žádá),? abys|kullanıcı (?:ayrıca )?senden`,
  ),
  rule(
    'to-the-reader-foreign',
    'INJECTION',
    FOREIGN,
    'agent|assistent|assistant|asistente|modell|system|ki,| ia |ia q|ia :|ia:|агент|ассистент|модел|ии|aufgabe|tâche|tarea|tarefa|compito|задач|任务|任務|タスク',
    `\\ban (?:den|das|die|alle|jeden) (?:ki-?)?(?:agenten|assistenten|sprachmodell|modell|system|ki|bots?)\\b[^.!?;:]{0,30}:|\\bà l(?:'|e |a )?(?:ia|agent|assistant|modèle|système)\\b[^.!?;:]{0,30}:|\\b(?:para|al?) (?:la |el |o |a )?(?:ia|agente|asistente|assistente|modelo|sistema) que (?:lee|lea|lê|leia|procesa|procese|processa)\\b[^.!?;:]{0,20}[:,]|\\ball(?:'|a |o )?(?:ia|agente|assistente|modello|sistema) che (?:legge|elabora)\\b[^.!?;:]{0,20}[:,]|(?:агенту|ассистенту|модели|системе|ии),? котор(?:ый|ая) (?:это )?(?:читает|обрабатывает)[^.!?;:]{0,16}:|\\b(?:lass|lege|leg|lassen sie) die (?:bisherige|aktuelle|jetzige|laufende) aufgabe\\b|\\b(?:laisse|abandonne|oublie)z? (?:ta|la|votre) tâche (?:actuelle|en cours)|\\b(?:deja|abandona|olvida) (?:tu|la) tarea (?:actual|anterior)|\\blascia (?:perdere )?il compito attuale|\\blargue a tarefa atual|(?:оставь|брось|отложи) (?:текущую|прежнюю) задачу|(?:放下|停止|搁置)(?:当前|手头|目前)的?任务|(?:現在|今)のタスクを(?:中断|やめ)`,
  ),
];

export const READER_RULES: readonly Rule[] = [
  ...FIRST_OR_INSTEAD,
  ...TO_THE_READER,
  ...IN_THE_USERS_NAME,
  ...MORE_OF_THE_KIND,
  ...TO_THE_READER_ELSEWHERE,
];
