/** The corpora the model is trained and measured on. Real people's words: read, and never shown. */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { EMOTIONS, type Emotion } from '@bemore/protocol'

export interface Comment {
  readonly text: string
  /** Whether each label of EMOTIONS was given. */
  readonly labels: readonly boolean[]
  /** Only pleasant labels, or only unpleasant ones; null for both or neither. */
  readonly isPleasant: boolean | null
}

export interface Corpus {
  readonly language: 'ko' | 'en'
  readonly train: readonly Comment[]
  readonly test: readonly Comment[]
}

type Mapping = Readonly<Partial<Record<Emotion, readonly string[]>>>

/** emotion-engine.md §3.5. */
const KOTE: Mapping = {
  happy: ['즐거움/신남', '기쁨', '행복', '뿌듯함', '감동/감탄', '흐뭇함(귀여움/예쁨)', '고마움'],
  sad: ['슬픔', '절망', '서러움', '패배/자기혐오', '힘듦/지침'],
  angry: ['화남/분노', '짜증', '지긋지긋'],
  anxious: ['불안/걱정', '부담/안_내킴', '당황/난처'],
  fearful: ['공포/무서움'],
  surprised: ['놀람', '경악'],
  disgusted: ['역겨움/징그러움', '증오/혐오'],
  neutral: ['없음'],
}

/** Our own; labels without a plain counterpart (confusion, desire, embarrassment, …) map to none. */
const GOEMOTIONS: Mapping = {
  happy: [
    ...['joy', 'amusement', 'excitement', 'love', 'gratitude', 'pride', 'optimism'],
    ...['admiration', 'relief'],
  ],
  sad: ['sadness', 'grief', 'disappointment', 'remorse'],
  angry: ['anger', 'annoyance'],
  anxious: ['nervousness'],
  fearful: ['fear'],
  surprised: ['surprise', 'realization'],
  disgusted: ['disgust'],
  neutral: ['neutral'],
}

const UNPLEASANT: readonly Emotion[] = ['sad', 'angry', 'anxious', 'fearful', 'disgusted']

export const readKote = (): Corpus => ({
  language: 'ko',
  train: readComments('kote', 'val', KOTE, [1, 2]),
  test: readComments('kote', 'test', KOTE, [1, 2]),
})

export const readGoEmotions = (): Corpus => ({
  language: 'en',
  train: readComments('goemotions', 'train', GOEMOTIONS, [0, 1]),
  test: readComments('goemotions', 'test', GOEMOTIONS, [0, 1]),
})

/** Every comment of both halves of KOTE, for what is measured on all of them. */
export function readKoteTexts(): string[] {
  const { train, test } = readKote()
  return [...train, ...test].map(({ text }) => text)
}

function readComments(
  corpus: string,
  part: string,
  mapping: Mapping,
  [textAt, labelsAt]: readonly [number, number],
): Comment[] {
  const folder = new URL(`../../corpora/${corpus}/`, import.meta.url)
  const names = readFileSync(new URL('labels.txt', folder), 'utf8').trim().split('\n')
  const wanted = EMOTIONS.map(
    (emotion) => new Set(mapping[emotion]?.map((name) => names.indexOf(name))),
  )
  const lines = gunzipSync(readFileSync(new URL(`${part}.tsv.gz`, folder)))
    .toString('utf8')
    .trim()
    .split('\n')
  return lines.map((line) => {
    const columns = line.split('\t')
    const given = (columns[labelsAt] ?? '').split(',').map(Number)
    const labels = wanted.map((indices) => given.some((index) => indices.has(index)))
    return { text: columns[textAt] ?? '', labels, isPleasant: polarityOf(labels) }
  })
}

function polarityOf(labels: readonly boolean[]): boolean | null {
  const isPleasant = labels[EMOTIONS.indexOf('happy')] === true
  const isUnpleasant = UNPLEASANT.some((emotion) => labels[EMOTIONS.indexOf(emotion)])
  return isPleasant === isUnpleasant ? null : isPleasant
}
