/** English, with one kind of apostrophe. Types after Burns 1980; the patterns are our own. */
import type { DistortionType } from '../../session/text-events.js'
import type { DistortionGrammar, DistortionPattern } from './distortion-pattern.js'

const p = (type: DistortionType, weight: number, source: string): DistortionPattern => ({
  type,
  weight,
  says: new RegExp(source, 'giu'),
})

const BAD =
  '(?:fail\\w*|wrong|bad|mess\\w*|ruin\\w*|screw\\w*|hurt\\w*|leav\\w*|left|abandon\\w*|reject\\w*|hat(?:e|es|ed)|dislik\\w*|judg\\w*|ignor\\w*|alone|lonely|disappoint\\w*|lose|losing|lost|cheat\\w*|betray\\w*|terrible|awful|worse|worst|unhappy|sad|miserable|stupid|useless|worthless|unlov\\w*|happen(?:s|ed)? to me|go(?:es)? (?:my way|right|well))'

export const ENGLISH_DISTORTIONS: readonly DistortionPattern[] = [
  p(
    'all_or_nothing',
    1,
    "\\b(?:if|unless) (?:i|it|this|things|we|they) [^.!?]{0,40}\\b(?:not|n't|isn't|can't|don't|fail|lose|perfect|perfectly|first|best|top|one mistake)[^.!?]{0,30}\\b(?:(?:total|complete|utter|absolute) \\w+|nothing|worthless|useless|pointless|no point|failure|not worth|why bother|might as well|it's over)",
  ),
  p(
    'all_or_nothing',
    0.9,
    '\\b(?:total|complete|completely|totally|absolute|absolutely|utter|utterly|entirely)(?: and utter)? (?:failure|waste|disaster|mess|idiot|useless|worthless|ruined|wrong|fail(?:ed)?|pointless|incompetent|unlovable|lost)',
  ),
  p(
    'all_or_nothing',
    0.9,
    "\\b(?:all or nothing|black or white|either [^.!?]{2,40} or (?:i'm|i am|nothing|it's|a|i)|perfect or|or nothing|or not at all|there(?:'s| is) no (?:middle|in between|in-between))",
  ),
  p(
    'all_or_nothing',
    0.8,
    "\\banything (?:less|short) (?:than|of)\\b|\\b(?:not|isn't|wasn't|n't) (?:good|perfect) enough,? (?:so|then)|\\bonly (?:perfect|the best|winning|first place|an a)\\b|\\bnever (?:be )?good enough\\b",
  ),
  p(
    'all_or_nothing',
    0.6,
    '\\b(?:perfect|perfectly|perfection|flawless)\\b[^.!?]{0,40}\\b(?:or|otherwise|else|must|have to|need to|has to)',
  ),
  p(
    'overgeneralization',
    1,
    `\\b(?:always|every ?time|each time|constantly|forever)\\b[^.!?]{0,30}\\b${BAD}`,
  ),
  p(
    'overgeneralization',
    1,
    '\\b(?:nobody|no one|no-one|everyone|everybody|all (?:men|women|people|my friends|guys|girls|of them)|people|they all|the whole world|the world)(?: else)?\\b[^.!?]{0,14}\\b(?:always |ever |really |just |eventually |will |would |can |only )?(?:like|likes|love|loves|care|cares|want|wants|understand|understands|listen|listens|help|helps|hate|hates|leave|leaves|judge|judges|judging|lie|lies|use|uses|laugh|laughs|reject|rejects|ignore|ignores|against|disappoint|thinks|trust|trusts|left|hurt|hurts)\\b',
  ),
  p(
    'overgeneralization',
    0.9,
    '\\b(?:never|nothing)\\b(?! mind)[^.!?]{0,30}\\b(?:find|get|be|have|go|goes|work|works|worked|succeed|right|well|happy|love|change|changes|better|good|do anything|able|learn|manage|meet|lasts?|helps?)\\b',
  ),
  p(
    'overgeneralization',
    0.8,
    "\\b(?:everything|anything|whatever|whenever|wherever) (?:i (?:do|try|touch|say|did|tried)|goes|always|in my life|is|turns)\\b|\\bstory of my life\\b|\\b(?:typical|just my luck|as usual|once again|yet again|again and again|here we go again|it's always|same thing)\\b",
  ),
  p(
    'overgeneralization',
    0.6,
    '\\b(?:always|never|every single|all the time|no matter what|not once|not a single)\\b',
  ),
  p(
    'mental_filter',
    1,
    "\\b(?:all|only|just|keep|kept|keeps|can't stop|cannot stop|couldn't stop|can't help|couldn't help) (?:i (?:can|could) )?(?:see|think(?:ing)?|remember(?:ing)?|hear(?:ing)?|focus(?:ing|ed)?|notic(?:e|ing)|dwell(?:ing)?|obsess(?:ing)?|replay(?:ing)?|about)\\b[^.!?]{0,34}\\b(?:one|mistake|mistakes|bad|wrong|negative|flaw|flaws|criticism|critical|comment|what i (?:did|said)|failure|failures|that|the worst|error|stumble)",
  ),
  p(
    'mental_filter',
    0.9,
    "\\b(?:one|single|1)\\b[^.!?]{0,20}\\b(?:mistake|comment|criticism|thing|person|error|complaint|bad|negative|question|remark|typo|frown)\\b[^.!?]{0,40}\\b(?:ruin\\w*|all i|can't stop|keeps?|whole|entire|everything|stuck|sticks?|haunt\\w*|bother\\w*|matters?|destroy\\w*|spoil\\w*)",
  ),
  p(
    'mental_filter',
    0.8,
    '\\b(?:ruin(?:ed|s)|spoil(?:ed|t|s)|destroy(?:ed|s)) (?:my |the |our )?(?:whole|entire|day|night|week|weekend|evening|party|trip|vacation|everything)\\b',
  ),
  p(
    'mental_filter',
    0.8,
    "\\b(?:despite|although|though|even though|even when|people (?:said|liked|praised)|got (?:good|great|nice))\\b[^.!?]{0,60}\\b(?:but|yet|still)? ?(?:all i|only|keep thinking|can't stop|focus\\w*|dwell\\w*|stuck on|remember)\\b",
  ),
  p(
    'mental_filter',
    0.5,
    '\\b(?:only|nothing but|all) (?:the )?(?:bad|negative|worst|wrong|failures|mistakes|flaws)\\b|\\bnothing good\\b',
  ),
  p(
    'disqualifying_positive',
    1,
    '\\b(?:just|only|pure|purely|probably|simply|must have been|was|got|due to|because of)\\b[^.!?]{0,12}\\b(?:luck|lucky|a fluke|fluke|chance|a coincidence|pity|being (?:nice|polite|kind)|saying (?:that|it|so)|easy)\\b',
  ),
  p(
    'disqualifying_positive',
    1,
    "\\b(?:doesn't|does not|don't|didn't|not|shouldn't) (?:really )?(?:count|mean (?:anything|much|a thing)|matter)\\b",
  ),
  p(
    'disqualifying_positive',
    0.9,
    '\\b(?:any ?one|anybody|everyone|everybody|a (?:child|kid|monkey)) (?:else )?(?:could|can|would|does|could have)(?: have)? ?(?:do|done|does|that|it|get|got)?\\b',
  ),
  p(
    'disqualifying_positive',
    0.9,
    "\\b(?:they|he|she|you|people|my \\w+)(?:'re| are|'s| is|re| were| was)? (?:only|just) (?:being (?:nice|polite|kind)|say(?:ing)?|said|feel(?:ing)? sorry|trying to (?:make me feel|be nice))",
  ),
  p(
    'disqualifying_positive',
    0.8,
    "\\b(?:compliment\\w*|praise[ds]?|congratulat\\w*|promot\\w*|award|won|passed|good grade|an a|succe\\w+|nice things)\\b[^.!?]{0,50}\\b(?:but|just|only|fluke|luck|lucky|pity|anyone|don't deserve|doesn't count|nothing|not really|fooled|fraud|imposter|impostor|easy|don't believe|can't believe)\\b",
  ),
  p(
    'disqualifying_positive',
    0.6,
    "\\b(?:no big deal|nothing special|not a big deal|not that impressive|i don't deserve (?:it|this|them|the|any)|fooled (?:them|everyone)|imposter|impostor|a fraud)\\b",
  ),
  p(
    'jumping_to_conclusions',
    1,
    "\\b(?:he|she|they|everyone|everybody|people|my (?:boss|friend|friends|wife|husband|boyfriend|girlfriend|partner|teacher|coworkers|family|mom|dad|therapist)|others|the (?:others|class|audience))(?:'s| is|'re| are|'ll)?(?: all)? (?:must|probably|obviously|clearly|definitely|surely|bound to|going to|gonna|will|secretly|just|might)? ?(?:be )?(?:think(?:s|ing)?|hate(?:s)?|hating|mad|angry|upset|annoyed|laugh(?:s|ing)?|judg(?:e|es|ing)|talking about|disappointed|bored|tired of|sick of|leave|dump|fire|reject|find out|ignoring|avoiding|staring)\\b[^.!?]{0,24}\\b(?:me|i'm|i am|i|my|with me|at me)\\b",
  ),
  p(
    'jumping_to_conclusions',
    0.9,
    "\\bi (?:just |already )?(?:know|knew|'m sure|am sure|bet|can tell|could tell|just know)\\b[^.!?]{0,50}\\b(?:will|won't|going to|gonna|hate[sd]?|think[s]?|fail|never|doesn't|don't|is mad|are mad|not|'ll|wrong|bad|worse|cheat\\w*|leave|reject|lose|laugh)",
  ),
  p(
    'jumping_to_conclusions',
    0.9,
    "\\b(?:i'm|i am|it's|it is|we're|they're|this is)(?: just| definitely| probably)? (?:going to|gonna|bound to|never going to|doomed to) (?:be |go |end |just |get )?(?:fail|failure|awful|terrible|horrible|bad|wrong|badly|rejected|alone|fired|mess|screw|ruin|lose|embarrass|end badly|hate|hurt|never|worse|disaster|get)",
  ),
  p(
    'jumping_to_conclusions',
    0.8,
    "\\b(?:didn't|did not|hasn't|has not|doesn't|never|not)\\b[^.!?]{0,14}\\b(?:text|texted|call|called|reply|replied|respond|responded|answer|answered|say (?:hi|hello)|smile|smiled|look at|wave|invite|invited)\\b[^.!?]{0,50}\\b(?:so|must|means?|probably|hate|mad|angry|over|done|don't (?:like|want|love)|doesn't|avoid|because)",
  ),
  p(
    'jumping_to_conclusions',
    0.7,
    "\\b(?:what if|i'm (?:afraid|scared|worried|terrified) (?:that|of|he|she|they|i)|i (?:fear|worry) (?:that )?|probably (?:thinks?|hates?|won't|never|fail|end)|i feel like (?:he|she|they|everyone|people|my))\\b",
  ),
  p(
    'magnification',
    1,
    "\\b(?:my (?:whole |entire )?(?:life|career|future|world|reputation|day|year)|everything|the world|it)(?:'s| is| was|'ll be| will be| would be) ?(?:all |completely |totally |now |basically |going to be )?(?:over|ruined|destroyed|finished|the end|falling apart|collapsing|doomed|hopeless|hell|a disaster|a nightmare)",
  ),
  p(
    'magnification',
    0.9,
    "\\b(?:catastroph\\w+|disaster(?:s|ous)?|the end of (?:the world|everything|my|me)|unbearable|can't (?:stand|bear|handle|cope|survive)|couldn't (?:stand|bear|survive)|worst (?:thing|day|person|mistake|possible)|horrible|horrific|devastat\\w+|nightmare|terrif\\w+|never recover|unforgivable|ruin(?:ed|s|ing)? my life|go(?:ing)? (?:crazy|insane|to die|homeless)|lose everything|losing my mind|heart attack)\\b",
  ),
  p(
    'magnification',
    0.7,
    '\\b(?:huge|enormous|massive|gigantic|terrible|awful|so (?:bad|badly|terrible|awful|embarrassing|humiliating)) ?(?:mistake|failure|problem|embarrass\\w*|deal|that)\\b',
  ),
  p(
    'magnification',
    0.6,
    '\\b(?:what if|then|and then)\\b[^.!?]{0,40}\\b(?:die|dies|fired|homeless|cancer|divorce|expelled|kicked out|bankrupt|alone forever|crash|brain tumou?r)',
  ),
  p(
    'emotional_reasoning',
    1,
    "\\b(?:i (?:just )?feel|i'm feeling|i felt|feels?|feeling)\\b[^.!?]{0,40}\\b(?:so (?:i|it|that|they|he|she|this)|therefore|which means|that means|must (?:be|mean|have)|it must|means (?:i|that|it)|proves?|because it's true|so it's true)\\b",
  ),
  p(
    'emotional_reasoning',
    0.9,
    "\\b(?:because|since|if) i (?:feel|felt|am|'m|was) (?:so |this |like |really |such )?(?:guilty|anxious|scared|afraid|stupid|worthless|ashamed|lonely|useless|hopeless|nervous|jealous|bad|inadequate|unloved|overwhelmed|a |like a)[^.!?]{0,40}\\b(?:must|so|then|am|is|mean|means|did|done|wrong|dangerous|true|it)\\b",
  ),
  p(
    'emotional_reasoning',
    0.8,
    '\\b(?:my gut|my heart|something inside|deep down i (?:know|feel)|i can feel it|bad feeling|gut feeling|i just feel (?:it|that))\\b',
  ),
  p(
    'emotional_reasoning',
    0.7,
    "\\bi (?:just |always |still |really |honestly |constantly )?(?:feel|felt) (?:like|as if|as though|that) (?:i'm|i am|i'll|i will|i was|i have|i can't|i don't|nobody|no one|everyone|everything|something|it's|there's|he|she|they|my)\\b",
  ),
  p(
    'emotional_reasoning',
    0.5,
    '\\bi feel (?:so |very |really |totally |completely )?(?:worthless|useless|stupid|ugly|hopeless|inadequate|unlovable|inferior|dumb|incompetent|guilty)\\b',
  ),
  p(
    'should_statements',
    1,
    "\\b(?:i|we|he|she|they|people|my \\w+|everyone|kids?|a (?:good|real) \\w+)\\b[^.!?]{0,14}\\b(?:should(?:n't| not)(?: have| be| feel)?|should(?: have|'ve| be (?!able)| always| never| know| feel)|ought(?:n't)? to|must(?:n't| not)?(?: always| never)? (?!have been|be (?:a|the|why|from))|am supposed to|'m supposed to|are supposed to|was supposed to|is supposed to|were supposed to)",
  ),
  p(
    'should_statements',
    0.6,
    '\\b(?:i|he|she|they|you|people|we) (?:have|has|had|need|needs) to (?:be|always|never|do|get|make|please|take care|work|stay|prove|keep)\\b',
  ),
  p('should_statements', 0.5, "\\b(?:shouldn't|should)\\b"),
  p(
    'labeling',
    1,
    "\\b(?:i'm|i am|im|i was|i'm just|i am just|makes? me|i've always been|i feel like|i'm such|i am such|calling myself|call myself)(?: just| such| nothing but| only| really| clearls?| basically| a complete| a total)? ?(?:a |an |the )?(?:\\w+ )?(?:failure|loser|idiot|moron|monster|freak|burden|fraud|coward|fool|screw ?up|fuck ?up|disappointment|waste|joke|mess|psycho|weirdo|slut|liar|disgrace|nobody|outcast|bad (?:person|mother|mom|father|dad|son|daughter|friend|wife|husband|parent)|terrible (?:person|mother|mom|father|friend|wife|husband|parent)|horrible (?:person|mother|friend)|crazy person|lost cause|lazy person|dummy|wimp|hopeless case)\\b",
  ),
  p(
    'labeling',
    0.9,
    "\\b(?:he|she|they|you|my (?:\\w+)|people)(?:'s| is|'re| are|s)? (?:such |just |nothing but )?(?:a |an )?(?:total |complete |real |selfish |stupid )?(?:jerk|idiots?|monster|loser|narcissist|psychopath|liar|asshole|bitch|bastard|evil|user|cheater|pig|moron|toxic|abuser)\\b",
  ),
  p(
    'labeling',
    0.8,
    "\\b(?:i'm|i am|im) (?:just |so |really |too |completely |totally |absolutely )?(?:stupid|worthless|pathetic|useless|ugly|weak|broken|unlovable|lazy|dumb|crazy|incompetent|defective|damaged|inferior|disgusting|selfish|weird|boring|hopeless|inadequate)\\b",
  ),
  p(
    'personalization',
    1,
    "\\b(?:it's|it is|it was|that's|this is|is|was|are|were|it's all|all) (?:all |entirely |totally |completely |probably |only )?(?:my fault|because of me|on me|my responsibility|my doing|down to me)\\b",
  ),
  p(
    'personalization',
    1,
    "\\b(?:blam(?:e|ed|ing) (?:my ?self|me)|my fault|because of (?:me\\b|something i|what i|my)|i(?:'m| am) (?:responsible|to blame|the (?:reason|cause|problem))|i (?:caused|made (?:him|her|them)|let (?:him|her|them|everyone|my|down)|ruined (?:his|her|their|our|my \\w+'s)|drove (?:him|her|them)))\\b",
  ),
  p(
    'personalization',
    0.9,
    "\\bif (?:only )?i(?:'d| had| hadn't| was| were| would| could)\\b[^.!?]{0,60}\\b(?:would|wouldn't|might|could|'d)(?: not| n't)?(?: have|'ve|n't have| be| still| never)",
  ),
  p(
    'personalization',
    0.7,
    "\\b(?:must (?:be|have been) (?:me|something i|my)|what did i do|did i do something|i must have (?:done|said|upset)|is it me|i did something wrong|(?:mad|upset|angry) (?:at|with) me|because i (?:wasn't|didn't|am|was|failed|did))\\b",
  ),
]

export const ENGLISH_GRAMMAR: DistortionGrammar = {
  sentence: /[^.!?\n]+[.!?\n]*/giu,
  quotation:
    /\b(?:said|says|told me|tells me|telling me|yelled|shouted|wrote|texted)[^"]{0,16}"[^"]{2,200}"/giu,
  distance:
    /\b(?:not (?:always|everyone|everything|everybody|all|necessarily|that bad|the end)|i (?:know|realize|realise|learned|understand) (?:that )?(?:it's|that's|this is|it isn't|i'm|that i'm|not|isn't|one)|i used to (?:think|feel|believe)|(?:he|she|they|my \w+|someone|people) (?:said|says|told me|called me|calls me|kept saying)|(?:insulin|medication|medicine|meds|doctor|appointment|prescription)|doesn't mean (?:i|that i|it|they)|might be wrong|maybe i'm wrong|i'm learning|it's (?:ok|okay|alright|fine)|that's (?:ok|okay|alright|fine)|nobody's perfect|nobody is perfect)\b/iu,
  aboutOthers:
    /\b(?:movie|film|show|episode|game|match|recipe|weather|traffic|book|song)\b|^\s*(?:he|she|they|my (?:\w+ )?(?:friend|brother|sister|mom|mother|dad|father|son|daughter|wife|husband|boss|teacher|partner|boyfriend|girlfriend|neighbou?r|coworker))\b/iu,
  aboutSelf: /\b(?:i|i'm|im|i've|i'd|i'll|me|my|mine|myself|we|us|our)\b/iu,
  hypothetical:
    /^\s*(?:do|does|did|is|are|can|could|should|how|what|when|where|who)\b[^.!]*\?\s*$/iu,
  negative: new RegExp(
    `\\b(?:${BAD.slice(3, -1)}|not|n't|never|no|nobody|nothing|can't|don't|won't|hopeless|anxious|depress\\w*|afraid|scared|guilt\\w*|asham\\w*|pathetic|ugly|fault|cry\\w*|pain|stress\\w*|problem\\w*|panic\\w*)|n't\\b`,
    'iu',
  ),
}
