/**
 * Plain words for feelings, which comments on the web hold less of than counselling does: people there
 * praise and scold, and seldom say that they are lonely. Our own list; a word that is denied counts
 * against its label.
 */
import { EMOTIONS, type Emotion } from '@bemore/protocol'

interface EmotionWords {
  readonly words: Readonly<Partial<Record<Emotion, RegExp>>>
  /** Begins right where a word ends, or ends right where it begins: it is denied. */
  readonly deniedAfter: RegExp | null
  readonly deniedBefore: RegExp | null
}

const KOREAN: EmotionWords = {
  words: {
    happy:
      /행복(?:하|했|한|해)|기쁘|기뻤|기뻐|즐거|즐겁|뿌듯|설레|설렜|신나|신났|반가|고마웠|고맙|감사(?:하|했|해)|마음이 놓|홀가분|편안(?:하|했|해)|웃음이 나|기분(?:이)? (?:참 |정말 |너무 )?좋/gu,
    sad: /슬프|슬펐|슬퍼|우울|외로|외롭|눈물|울었|울어|울고|울컥|서럽|서러|괴롭|괴로|절망|허전|공허|쓸쓸|비참|무기력|지쳤|지쳐|지치|마음(?:이|도)? ?(?:너무 |참 |많이 )?(?:아프|아파|무거|무겁)|속상|그리워|상실|죄책감|미안(?:하|해|했)|실패|망쳤|돌아가셨|잃었|잃고|학대|폭행|성폭|때려|때리|맞았|굶|못 먹|망했|서운|후회|힘들|힘든|힘들어/gu,
    angry:
      /화(?:가|를)? ?(?:나|났|내|냈|난)|짜증|분노|억울|열받|열 받|미칠 것 같이 화|지긋지긋|욕이 나|분하/gu,
    anxious:
      /불안|걱정|초조|긴장|조마조마|두근거|떨려|떨렸|막막|안절부절|답답|부담|공황|스트레스/gu,
    fearful: /무서|무섭|두렵|두려|겁(?:이|나|났)|공포|소름|끔찍/gu,
    surprised: /놀랐|놀라|깜짝|충격|믿기지|헉/gu,
    disgusted: /역겨|역겹|혐오|징그|더럽|구역질|토할/gu,
  },
  deniedAfter:
    /^.{0,3}(?:지(?:는|도|가)? ?않|지 못|지(?:는|도)? 못|(?:건|게) 아니|(?:은|는|이|가)? ?없)/u,
  deniedBefore: /(?:안|별로|전혀 안|하나도 안) ?$/u,
}

const ENGLISH: EmotionWords = {
  words: {
    happy:
      /\b(?:happy|happier|joy|joyful|glad|delighted|grateful|thankful|proud|relieved|excited|content|wonderful|enjoyed|enjoying|hopeful)\b/gu,
    sad: /\b(?:sad|sadness|lonely|loneliness|depress\w*|cry|cried|crying|tears|heartbroken|grief|grieving|hopeless|empty|miserable|hurt|hurts|ashamed|guilty|exhausted|down|unhappy|worthless|numb)\b/gu,
    angry:
      /\b(?:angry|anger|furious|mad at|rage|resent\w*|annoyed|frustrat\w*|irritat\w*|pissed)\b/gu,
    anxious:
      /\b(?:anxious|anxiety|worr\w+|nervous|stress\w*|panic\w*|overwhelmed|on edge|restless|tense)\b/gu,
    fearful: /\b(?:afraid|scared|fear|terrified|frightened|dread\w*)\b/gu,
    surprised: /\b(?:surprised|shocked|astonished|stunned)\b/gu,
    disgusted: /\b(?:disgust\w*|revolt\w*|repuls\w*|gross)\b/gu,
  },
  deniedAfter: null,
  deniedBefore:
    /\b(?:not|never|no|isn't|wasn't|aren't|don't|didn't|doesn't|without|no longer)(?: (?:very|really|so|that|feeling|feel|been|too|any|at all|as)){0,2} $/u,
}

const MOST_NAMED = 2

/** How often each label of EMOTIONS is named, less how often it is denied: -2 to 2. */
export function countEmotionWords(text: string, language: 'ko' | 'en'): Float64Array {
  const { words, deniedAfter, deniedBefore } = language === 'ko' ? KOREAN : ENGLISH
  const counts = new Float64Array(EMOTIONS.length)
  EMOTIONS.forEach((emotion, i) => {
    const pattern = words[emotion]
    if (pattern === undefined) return
    let balance = 0
    for (const match of text.matchAll(pattern)) {
      const end = match.index + match[0].length
      const before = text.slice(Math.max(0, match.index - 24), match.index)
      const isDenied = deniedBefore?.test(before) || deniedAfter?.test(text.slice(end, end + 12))
      balance += isDenied ? -1 : 1
      if (Math.abs(balance) === MOST_NAMED) break
    }
    counts[i] = balance
  })
  return counts
}
