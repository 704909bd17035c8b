import t from 'tap'
import {
  countSyllables,
  createVoiceWindow,
  summariseVoice,
  type VoiceWindowData,
  voiceAnalysisOf,
} from '../../src/index.js'

const EMPTY = createVoiceWindow().toData(0, 0, 10_000)

function windowOf(data: Partial<VoiceWindowData>): VoiceWindowData {
  return { ...EMPTY, ...data }
}

const talk = windowOf({
  source: 'pcm',
  heardMs: 10_000,
  soundMs: 10_000,
  speechMs: 6_000,
  pauseCount: 3,
  pauseMs: 2_000,
  longestPauseMs: 1_100,
  burstCount: 4,
  turnCount: 1,
  turnMs: 8_000,
  quality: 0.8,
})

t.test('the web client is told what it reads, and no alias of it', async (t) => {
  t.same(voiceAnalysisOf(talk, 'en'), {
    speechRatio: 0.6,
    pauseRatio: 0.25,
    averagePauseDuration: 667,
    longestPause: 1_100,
    averageSpeechBurst: 1_500,
    speechBurstCount: 4,
    pauseCount: 3,
    summary: 'Speech and pauses alternated at an even pace.',
  })
})

t.test('a ratio is never 1, which the client takes for one percent', async (t) => {
  const full = voiceAnalysisOf(windowOf({ heardMs: 9_999, speechMs: 9_998, turnMs: 9_998 }), 'ko')
  t.equal(full?.speechRatio, 0.999)
  t.equal(full?.averageSpeechBurst, 9_998, 'speech that began before is one burst')
  const still = voiceAnalysisOf(windowOf({ heardMs: 5_000, pauseMs: 3_000, pauseCount: 1 }), 'ko')
  t.match(still, { speechRatio: 0, pauseRatio: 0.999, averageSpeechBurst: 0 })
})

t.test('nothing heard is nothing told', async (t) => {
  t.equal(voiceAnalysisOf(windowOf({ mutedMs: 10_000 }), 'en'), null)
  t.equal(summariseVoice([]), null)
})

t.test('the sentence follows the share of speech in turns, in both languages', async (t) => {
  const sentence = (speechMs: number, turnMs: number, language: 'en' | 'ko' = 'en') =>
    voiceAnalysisOf(windowOf({ heardMs: 30_000, speechMs, turnMs }), language)?.summary
  const told = [
    sentence(500, 500),
    sentence(3_000, 10_000),
    sentence(5_000, 10_000),
    sentence(9_000, 10_000),
  ]
  t.equal(new Set(told).size, 4)
  t.match(sentence(9_000, 10_000, 'ko'), /말이 이어졌습니다/)
})

t.test('the summary of a session adds its windows up', async (t) => {
  const later = windowOf({ ...talk, index: 1, startMs: 10_000, endMs: 20_000, longPauseCount: 1 })
  t.match(summariseVoice([later, { ...talk, longestPauseMs: 1_900 }]), {
    speakingRatio: 0.6,
    pauseRatio: 0.25,
    meanPauseMs: 667,
    longestPauseMs: 1_900,
    longPauseCount: 1,
    meanBurstMs: 1_500,
    meanTurnMs: 8_000,
    quality: 0.8,
    responseLatencyMs: null,
    speechRate: null,
    articulationRate: null,
    rateEstimated: false,
    pitchMedian: null,
    arousal: null,
    source: 'pcm',
  })
})

t.test('the time to respond is from a prompt to the first speech before the next', async (t) => {
  const heard = windowOf({ ...talk, burstStartsMs: [500, 4_000, 9_000] })
  t.equal(summariseVoice([heard], [], [0, 3_000, 8_800])?.responseLatencyMs, 500)
  t.equal(summariseVoice([heard], [], [9_500])?.responseLatencyMs, null)
  t.equal(summariseVoice([heard], [], [0, 100])?.responseLatencyMs, 400, 'one answer, one prompt')
  const silent = [{ text: '네', startedAtMs: 2_000, endedAtMs: 2_500 }]
  t.equal(summariseVoice([EMPTY], silent, [1_200])?.responseLatencyMs, 800, 'or by the text')
})

t.test('rates are told in syllables of timed utterances only', async (t) => {
  const utterances = [
    { text: '오늘은 조금 힘들었어요.', startedAtMs: 1_000, endedAtMs: 3_000 },
    { text: '그래도 괜찮아요', startedAtMs: null, endedAtMs: 9_000 },
    { text: '네', startedAtMs: 5_000, endedAtMs: 4_000 },
  ]
  const summary = summariseVoice([talk], utterances)
  t.match(summary, { speechRate: 5, articulationRate: 6.67, rateEstimated: false })
  const english = [{ text: 'It was a little hard today', startedAtMs: 0, endedAtMs: 2_000 }]
  t.match(summariseVoice([talk], english), { speechRate: 4, rateEstimated: true })
})

t.test('syllables are counted in Korean and estimated in English', async (t) => {
  t.same(countSyllables('안녕하세요, 반갑습니다!'), { count: 10, estimated: false })
  const words: [string, number][] = [
    ['time', 1],
    ['little', 2],
    ['wanted', 2],
    ['named', 1],
    ['happy', 2],
    ['beautiful', 3],
    ['the', 1],
  ]
  for (const [word, count] of words) t.same(countSyllables(word), { count, estimated: true }, word)
  t.same(countSyllables('2026 …'), { count: 0, estimated: false })
})
