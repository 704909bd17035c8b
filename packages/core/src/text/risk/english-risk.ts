/** English, in lower case with single spaces. */
import type { RiskGrammar, RiskPattern } from './risk-pattern.js'

const KILL_SELF =
  '(?:kill(?:ing|ed)? ?(?:my ?self|me)\\b|kms\\b|unaliv(?:e|ing|ed) my ?self|off(?:ing|ed)? my ?self|end(?:ing|ed)? (?:(?:my|my own|this) life|it all|things|everything|it (?:tonight|today|now|soon|for good|already|here))|tak(?:e|ing) my (?:own )?life|took my (?:own )?life|(?:commit(?:ting|ted)?|do(?:ing)?|did) (?:suicide|sewerslide)|hang(?:ing|ed)? my ?self|hung my ?self|shoot(?:ing)? my ?self|shot my ?self|drown(?:ing|ed)? my ?self|(?:o\\.?d\\.?|overdos(?:e|ing))\\b|die\\b|suicide\\b|slit(?:ting)? my (?:own )?(?:wrists?|throat)|jump(?:ing|ed)? (?:off|from|in front of)|not (?:be|being) here|be dead)'
const PILLS =
  '(?:pills?|tablets?|meds|medications?|sleeping pills|tylenol|paracetamol|acetaminophen|advil|ibuprofen|aspirin|xanax|antidepressants|benadryl|ambien|seroquel|painkillers|capsules|sleeping tablets)'

/** Places, people and hours that somebody may be tired of, and not of life. */
const LIVED_WITH =
  /^ (?:(?:in|at|near|on) (?!this (?:world|body|pain|life|hell|skin|earth|way)|pain|fear|misery|hell|agony|general|the (?:end|world))|with (?:my |his |her |their |our |a |the |these |those )?(?:parents?|room ?mates?|family|mom|mother|dad|father|him|her|them|you|people|strangers|boyfriend|girlfriend|wife|husband|partner|brothers?|sisters?|in-laws|ex|kids|cats?|dogs?|neighbou?rs)\b|(?:to|there|hacks|coach|early|before|insurance|partner|story|admin)\b)/

const of = (tier: RiskPattern['tier'], source: string, more: Partial<RiskPattern> = {}) =>
  ({ tier, says: new RegExp(source, 'g'), ...more }) satisfies RiskPattern

export const ENGLISH_RISK: readonly RiskPattern[] = [
  // A wish to be dead, or not to be.
  of(
    'wish',
    '\\b(?:want|wanted|wanting|wanna|like|rather|ready|wish i could|just) (?:to )?(?:just |simply |really |fucking |so bad |badly )?die\\b(?! hard| laughing)',
    {
      unlessBefore:
        /^ (?:of|from|with) (?:embarrassment|laughter|laughing|shame|cringe|boredom|cuteness|happiness)|^ (?:for (?!real|good|sure|ever)|on this hill|trying|than|my (?:hair|shirt|jeans|dress|clothes|eyebrows))/,
      unlessAfter: /(?:don't|do not|didn't|never|not|embarrassed (?:that )?i) $/,
    },
  ),
  of(
    'wish',
    "\\b(?:wish|wished|wishing|hope|hoped|pray|prayed|praying) (?:that )?i (?:just )?(?:was|were|am|had been|could be|would be|wouldn't|would not|didn't|don't|do not|would|could|will|won't|had|'d)(?: just)? ?(?:dead|die\\b|died|never (?:been )?born|not (?:been )?born|never (?:existed|wake|woke|woken)|not wake|wake up|not alive|gone forever|exist)",
  ),
  of(
    'wish',
    "\\b(?:i'd|i would|i'm|i am|they'd|they would|everyone|everybody|world|family|you'd|you would|people)(?: all)?(?: would| will|'d|'s| is)?(?: all)?(?: be)? (?:much |far )?(?:better|happier) off (?:dead|if i (?:was|were) (?:dead|gone|not)|without me)",
  ),
  of('wish', '\\bbetter off dead\\b'),
  of(
    'wish',
    "\\b(?:don't|do not|didn't|did not|doesn't feel like i|no longer|never) (?:really |even |just |actually |honestly )?(?:want|wanted|wanna|wish|care|see the point|see any point|see a reason) (?:to |in |if i )?(?:be |being |keep |to )?(?:alive|live|living|liv(?:e|ing) anymore|exist|existing|wak(?:e|ing) up|be here|here anymore|on this earth|go on|carry on|continue living|see tomorrow|breathing)",
    {
      unlessBefore: LIVED_WITH,
    },
  ),
  of(
    'wish',
    '\\b(?:no|any|not a single|have no|lost my|without a|find a) (?:real |good |more )?(?:reason|point|purpose|will|desire) (?:left )?(?:to|in|for) (?:live|living|be alive|go on|keep living|keep going|exist|being alive|carry on|continue)',
  ),
  of(
    'wish',
    "\\bnothing (?:left )?to live for\\b|\\bno longer want to live\\b|\\blife (?:is not|isn't|ain't) worth living\\b|\\bnot worth living\\b",
  ),
  of(
    'wish',
    "\\b(?:can't|cannot|can not|couldn't) (?:go on|do this|take this|take it|live like this|keep living|keep going|live)(?: any ?more| any longer| like this| with this pain| another day)",
    { unlessBefore: /^ (?:job|class|game|show|diet|heat|weather|traffic)/ },
  ),
  of(
    'wish',
    '\\b(?:tired|sick|exhausted|done|over) (?:of|with) (?:living|being alive|life\\b|existing|my life|this life)',
    { unlessBefore: LIVED_WITH },
  ),
  of(
    'wish',
    '\\bi (?:just )?(?:want|need|wanted|wish) (?:it|everything|this|the pain|my life|life|all of this|this pain|the suffering)(?: all)? to (?:just )?(?:end|stop|be over)\\b',
  ),
  of(
    'wish',
    '\\b(?:want|wanted|wanna|wish i could|like) (?:to )?(?:just )?(?:disappear|vanish|cease to exist|stop existing|not exist|never wake up|sleep forever|(?:go to )?sleep and (?:never|not) wake|fall asleep and (?:never|not)|not wake up)',
    { unlessBefore: /^ (?:into|from (?:this|the) (?:party|meeting|chat|office))/ },
  ),
  of(
    'wish',
    "\\b(?:should|shouldn't) (?:just )?(?:be dead|have (?:died|been born)|be alive)\\b|\\bi deserve to die\\b|\\bdon't deserve to (?:live|be alive|exist)\\b|\\bwaiting to die\\b|\\bwish (?:it|the (?:car|crash|cancer|accident)) (?:had|would have|would) (?:killed?|taken) me\\b",
  ),
  of(
    'wish',
    "\\b(?:can't|cannot|can not) go on\\b(?! (?:the|a|this|that|vacation|holiday|stage|tv|air|strike|dates?|trips?)\\b)",
  ),
  of(
    'thoughts',
    '\\bsuicide (?:is|was|seems?|feels?|looks?|sounds?|might be|would be)(?: like)?(?: the| my)? (?:only|best|last|easy|easiest|an|a) ?(?:way|option|answer|solution|choice|escape)',
  ),
  of(
    'intent',
    "\\b(?:i'm|i am|i'll|i will|im) (?:(?:gonna|going|about|ready|planning) (?:to )?)?die (?:tonight|today|tomorrow|this week|soon enough)",
  ),
  of(
    'wish',
    "\\b(?:rather be|might as well be|wish i were|better if i was|better if i were) dead\\b|\\bfeel(?:s|ing)? like dying\\b|\\b(?:hate|hated|sick of) being alive\\b|\\bwish(?:ed)? i (?:wasn't|weren't|was not) (?:alive|here|born)\\b",
  ),
  of(
    'wish',
    "\\b(?:no ?one|nobody|anyone|anybody|everyone|they|he|she|you)(?: would| will|'d|'ll)?(?: even| ever| really)? (?:notice|miss me|care|cry|be (?:happier|better|relieved|sad))(?: if| when| once) i(?:'m| am| was| were)? (?:just )?(?:died|die|dead|gone|disappeared|killed)",
  ),
  of(
    'method',
    '\\bhow (?:many|much)\\b[^.!?\\n]{0,30}\\b(?:to die|would kill me|to kill (?:me|myself)|to overdose|is lethal)\\b|\\b(?:easiest|quickest|fastest|painless|best|least painful|good) ways? (?:to|of) (?:die|dying|kill(?:ing)? my ?self|commit)|\\bways? to die (?:painlessly|quickly|without)|\\bhow to (?:die|commit suicide|hang my ?self|overdose)\\b',
  ),
  of(
    'intent',
    '\\b(?:do|doing) it (?:tonight|today|tomorrow)\\b[^.!?\\n]{0,40}\\b(?:pills|rope|gun|bridge|note|ready|goodbye)|\\bhave (?:the|my|enough) (?:pills|rope|gun)\\b[^.!?\\n]{0,20}(?:ready|tonight|$)',
  ),
  // Thoughts of it.
  of(
    'thoughts',
    "\\b(?:i|i'm|im|i've|i'd|me|my|am|been|feel|feeling|felt|feels|was|being|became|become|get|got|getting|actively|passively|still|so|very|extremely|chronically|constantly)\\b[^.!?\\n]{0,24}\\bsuicidal\\b",
    { unlessBefore: /^ (?:people|person|patients?|friends?|man|woman|kids?|squad|mission)/ },
  ),
  of(
    'thoughts',
    '\\bsuicidal (?:thoughts?|ideations?|ideas?|feelings?|urges?|tendencies|again|lately|since|for (?:years|months|as long))',
  ),
  of(
    'thoughts',
    "\\b(?:think|thinking|thought|thoughts|contemplat(?:e|ed|ing)|consider(?:ed|ing)?|fantasi[sz](?:e|ed|ing)|dream(?:t|ed|ing)?|daydream(?:ed|ing)?|obsess(?:ed|ing)?|google|googled|googling|research(?:ed|ing)?|urges?|urge|feel like|felt like|idea)(?: [a-z']{1,12}){0,3}? (?:about|of|to|on|how to|ways to|like) ?(?:ways (?:to|of) |just |how |actually |myself )?" +
      KILL_SELF,
  ),
  of(
    'thoughts',
    '\\b(?:my|about|of|contemplat(?:e|ed|ing)|consider(?:ed|ing)?|commit(?:ting|ted)?|by) suicide\\b',
    {
      subject: 'unclear',
      unlessAfter:
        /(?:assisted|political|career|physician|doctor|bomber|he|she|they|who|people|prevent|preventing|prevention|against|movie|film|book|song|joke|jokes|squad|rate|rates|statistics|risk|talk|history|victims?|stigma|family|friend|actor|celebrity|forest|game|documentary) ?[a-z]{0,12} ?$/,
      unlessBefore:
        /^ (?:squad|bomb|prevention|rate|rates|hotline|note on|girls?|watch|awareness|mission|by cop|doors?)/,
    },
  ),
  // A method, an intention, a preparation.
  of(
    'intent',
    "\\b(?:i|i'm|im|i'll|i've|i'd|me|just|really|so badly|and|then|to)\\b[^.!?\\n]{0,30}?\\b(?:want|wanted|wanting|wanna|gonna|going to|will|plan|planned|planning|ready|decided|about|intend|intended|need|tempted|willing|prepared|trying|try|might|should|could|rather|would)(?: to| on)? (?:just |really |finally |actually |fucking |go |simply |be )?" +
      KILL_SELF.replace('|die\\b', '').replace(
        'end(?:ing|ed)? (?:(?:my|my own|this) life|it all|things|everything|it (?:tonight|today|now|soon|for good|already|here))',
        'end(?:ing)? (?:my(?: own)? life|it all|everything|it (?:tonight|today|now|soon|for good|already|here))',
      ),
  ),
  of(
    'intent',
    '\\b(?:suicide|goodbye|final|farewell) (?:note|letter|notes|letters|plan|plans|pact)\\b',
    { unlessBefore: /^ (?:of the episode|lyrics)/ },
  ),
  of(
    'intent',
    '\\b(?:bought|have|got|tied|made|keep|hid|hidden|own|with|holding|loaded) (?:a |the |my )?(?:noose|rope|gun|razor|blade|knife|pills)\\b[^.!?\\n]{0,40}\\b(?:kill (?:my|me)|end it|to die|myself|my (?:mouth|head|temple|neck|wrist))',
  ),
  of(
    'method',
    '\\b(?:gun|pistol|rifle|knife|blade|razor|noose|rope|belt|bag)\\b[^.!?\\n]{0,24}\\b(?:to|in|against|around|on|at|over|into) my (?:own )?(?:head|mouth|temple|throat|neck|chin|wrists?|chest)',
  ),
  of(
    'method',
    '\\b(?:jump(?:ed|ing)?|throw(?:ing)? my ?self|threw my ?self|walk(?:ed|ing)?|step(?:ped|ping)?|drive|drove|driving|crash(?:ed|ing)?) (?:my car )?(?:off|from|in front of|out of|into|in to|under|over|out in)(?: of)? (?:a|the|my|this|an|that|incoming|oncoming)? ?(?:bridge|building|roof|balcony|window|cliff|train|trains|bus|truck|traffic|overpass|ledge|tree|wall|tracks|subway|parking (?:garage|structure)|floor|car)\\b[^.!?\\n]{0,50}?\\b(?:kill|die|dead|end|suicid|myself|survive|live|over with|all over|hospital|icu|pain|anymore|life)',
    { subject: 'unclear' },
  ),
  of(
    'method',
    '\\b(?:want|wanted|thought|thinking|going|about|tempted|urge|feel like|felt like) (?:to |of |about )?(?:just )?(?:jump(?:ing)? (?:off|in front of)|throw(?:ing)? my ?self (?:off|in front|under)|walk(?:ing)? into traffic|crash(?:ing)? my car|driv(?:e|ing) (?:my car )?(?:off|into))',
  ),
  // Done to oneself: an attempt, or self-harm.
  of(
    'behaviour',
    "\\b(?:tried|attempted|attempting|trying|try|failed|managed|almost|nearly|came close to|close to|survived|went)(?: [a-z']{1,10}){0,3}? (?:to |at |and |myself )?" +
      KILL_SELF,
    { unlessBefore: /^ (?:laughing|on this hill|the (?:boss|level|game))/ },
  ),
  of(
    'behaviour',
    '\\b(?:my|a|an|another|one|first|second|third|last|failed|previous|past|recent|serious|multiple|several|two|three|few|many|numerous|suicide|botched|half-hearted|since|after|the|\\d)(?: (?:failed|serious|past|suicide|actual|real|own|last|first|second|recent|previous)){0,2} (?:suicide|suicidal|suicid) ?attempts?\\b|\\bsuicide attempts?\\b|\\bsuicidal attempts?\\b|\\battempts? (?:at|on) (?:suicide|my (?:own )?life)\\b|\\battempted suicide\\b|\\bsuicide survivor\\b',
    { subject: 'unclear' },
  ),
  of(
    'behaviour',
    '\\b(?:my|after my|since my|another|first|last|second|failed) attempts?\\b[^.!?\\n]{0,50}\\b(?:hospital|psych|ward|icu|er\\b|die|died|kill|pills|overdose|alive|survive|years? ago|months? ago|weeks? ago)',
  ),
  of(
    'behaviour',
    "\\bi (?:[a-z']{1,10} ){0,3}?(?:over ?dosed|o\\.?d\\.?'?e?d)\\b|\\bmy over ?dose\\b|\\boverdos(?:ed|ing) on\\b|\\bintentional(?:ly)? overdos",
  ),
  of(
    'behaviour',
    '\\b(?:took|taken|swallow(?:ed)?|downed|ate|popped|(?:want|wanna|going|gonna|plan|ready|about)(?: to)? take|swallowing)\\b[^.!?\\n]{0,24}\\b(?:bunch|handful|handfuls|bottle|bottles|lot|lots|entire|whole|all|every|box|packet|pack|\\d{2,3}|too many|dozens?|loads|mix|cocktail)\\b[^.!?\\n]{0,24}\\b' +
      PILLS,
    {
      unlessBefore:
        /^ (?:daily|every (?:day|morning|evening)|as prescribed|each|for my (?:heart|thyroid)|with water)/,
    },
  ),
  of(
    'behaviour',
    '\\b(?:slit|cut|slash(?:ed)?|slice[ds]?|slitting|cutting|slashing|slicing)(?: both| up| open)? (?:my|both my|both) (?:own )?(?:wrists?|throat|veins?|arms?|thighs?|legs?|forearms?|neck)\\b',
    { unlessBefore: /^ (?:hair|on (?:a|the) (?:fence|glass|rock|can))/ },
  ),
  of(
    'behaviour',
    '\\b(?:hung|hanged|strangled|shot|stabbed|poisoned|electrocuted|gassed|drowned|suffocated) my ?self\\b',
    { unlessBefore: /^ in the foot/ },
  ),
  of(
    'behaviour',
    '\\b(?:self[- ]?harm(?:ed|ing|s)?|self[- ]?injur(?:y|ed|ing|e)|self[- ]?mutilat\\w{0,4})\\b',
    { subject: 'unclear' },
  ),
  of(
    'behaviour',
    "\\bi(?:'ve|'m|m| have| had| was| am| would| started| been| still| used to| keep| kept| want to| wanna| need to)?(?: [a-z']{1,10}){0,3} (?:cut|cutting|burn(?:ing|ed|t)?|hurt(?:ing)?|harm(?:ing|ed)?|punch(?:ing|ed)?) my ?self\\b",
    {
      unlessBefore:
        /^ (?:while |when |by )?(?:shaving|cooking|chopping|some slack|off|a (?:slice|piece)|out|on (?:a |the |some |my )?(?:broken |sharp |rusty )?(?:glass|paper|can|lid|fence|rock|rose|thorns?|corner|edge|nail)|working out|at the gym|running|playing|laughing|a break|short|one)/,
    },
  ),
  of(
    'behaviour',
    '\\b(?:kill(?:ed|ing)? ?my ?self|ended? my ?self)\\b|\\bkms\\b|\\bunalive (?:my ?self|me)\\b|\\bend(?:ing)? my (?:own )?life\\b|\\b(?:take|taking|took) my own life\\b|\\bhang my ?self\\b|\\bend it all\\b',
    {
      unlessBefore:
        /^ (?:laughing|with (?:work|cuteness|caffeine)|in (?:the )?(?:game|minecraft|mario|level|gym)|at the gym|trying to (?:finish|get)|over (?:this|a) (?:game|exam))/,
    },
  ),
  // Somebody else.
  of(
    'thoughts',
    '\\b(?:my|a) (?:best |close |little |older |younger |good |dear |ex |ex-)?(?:friend|brother|sister|mom|mum|mother|dad|father|son|daughter|wife|husband|partner|boyfriend|girlfriend|cousin|roommate|colleague|classmate|student|child|kid|nephew|niece|uncle|aunt|grandma|grandpa|coworker)\\b[^.!?\\n]{0,40}\\b(?:suicidal|wants? to die|wanted to die|kill (?:him|her|them) ?sel(?:f|ves)|killed (?:him|her|them) ?sel(?:f|ves)|end (?:his|her|their) (?:own )?li(?:fe|ves)|self[- ]?harm\\w{0,3}|commit(?:ted)? suicide|hurt(?:ing)? (?:him|her|them) ?sel(?:f|ves))',
    { subject: 'other' },
  ),
]

export const ENGLISH_GRAMMAR: RiskGrammar = {
  deniedBefore:
    /(?:\b(?:not|never|no longer|isn't|aren't|wasn't|weren't|ain't|don't|do not|didn't|won't|wouldn't|haven't|hasn't|cannot|would never|will never|without|nor)) (?:at all |really |actually |ever |even |currently |want(?:ed|ing)? to |wanna |going to |gonna |trying to |tried to |try to |think(?:ing)? (?:about|of) |feel(?:ing)? |been |be |plan(?:ning)? (?:to|on) |say(?:ing)? i |having |any |had (?:any )?|have (?:any )?){0,3}$|\bno $/,
  deniedWithin:
    /\b(?:not|never|no longer|isn't|wasn't|ain't|don't|do not|didn't|won't|wouldn't|haven't|hasn't)(?: (?:at all|really|actually|even|ever|currently|been|feel|feeling|want to|wanna|going to|gonna|trying to|think about|thinking about|plan to|planning to|be)){0,3} (?:suicidal|kill|end|tak|hang|die|hurt|harm|cut)/,
  deniedAfter: null,
  affirmedAfter: /^[^.!?]{0,40}\bbut (?:now|i do|lately|today|sometimes|recently)\b/,
  speaksOfOther:
    /\b(?:he|she|they|his|her|their|him|someone|somebody|(?:my|a) (?:best |close )?(?:friend|brother|sister|mom|mother|dad|father|son|daughter|wife|husband|partner|boyfriend|girlfriend|cousin|roommate|student))\b[^.!?\n]{0,40}$/,
  speaksOfSelf: /\b(?:i|i'm|im|i've|i'd|i'll|me|my|myself)\b[^.!?\n]{0,60}$/,
}

/** What is left of a text whose words were taken apart or run together. */
export const EVASIVE_RISK: readonly RiskPattern[] = [
  of(
    'wish',
    '(?:want(?:to)?|wanna|wanto|gonna|wish(?:to)?)die(?!t|d|s|sel)|dontwanttolive|dontwannalive|betteroffdead|wishiwasdead',
  ),
  of(
    'intent',
    'killmyself|endmylife|enditall(?!y)|hangmyself|commitsuicide|takemyownlife|unalivemyself|isuicidal|amsuicidal|feelsuicidal|imsuicidal',
  ),
]
