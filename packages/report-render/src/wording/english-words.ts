import { EMOTION_NAMES } from '@bemore/core'
import type { ReportWords } from './report-words.js'

const plural = (count: number, one: string, many: string) =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`

const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September'],
  ...['October', 'November', 'December'],
]

export const ENGLISH: ReportWords = {
  title: 'Session report',
  date: (iso) =>
    `${Number(iso.slice(8, 10))} ${MONTHS[Number(iso.slice(5, 7)) - 1]} ${iso.slice(0, 4)}, ${iso.slice(11, 16)} (UTC)`,
  lasted: (whole, active) =>
    whole === active ? `${whole} long` : `${whole} long, ${active} of it without the pauses`,
  interim: 'The session has not ended yet. This is how it looks until now; more will follow.',
  unknown: 'unknown',
  emotion: EMOTION_NAMES.en,
  severity: { low: 'lightly put', medium: 'clearly put', high: 'strongly put' },

  section: {
    short: 'In short',
    course: 'How the session went',
    emotions: 'What came across',
    voice: 'Speech and pauses',
    said: 'What was said',
    patterns: 'Ways of putting things',
    moments: 'Moments to look at together',
    earlier: 'Beside the earlier sessions',
    next: 'For the next time',
    basis: 'What this rests on',
  },
  call: 'Someone to talk to',
  riskTimes: (times) => `For whoever looks at this together: it came up at ${times}.`,

  courseIntro:
    'The unbroken line runs from unpleasant (below) to pleasant (above), the dashed one from calm to lively. Where nothing could be measured there is no line.',
  courseChart: 'Valence and arousal over the session',
  courseShown: (points, utterances, moments) =>
    `${plural(points, 'stretch', 'stretches')} with a measurement, ${plural(utterances, 'stretch', 'stretches')} with words, ${plural(moments, 'moment', 'moments')} in which face and words went different ways.`,
  courseNone: 'Nothing could be measured over time in this session.',
  pleasant: 'pleasant',
  unpleasant: 'unpleasant',
  lively: 'lively',
  calm: 'calm',
  valence: 'unpleasant to pleasant',
  arousal: 'calm to lively',
  pause: 'pause',
  utterance: 'words',
  incongruence: 'face and words differ',
  notMeasured: 'not measured',

  emotionsIntro: (share, emotion) =>
    `Face, voice and words together came across most often as “${emotion}”: for ${share} of the time that could be read.`,
  emotionsNone: 'Too little could be read to say which emotion stood out.',
  emotionsChart:
    'Face, voice and words together (no share of the time: the estimates of all moments, averaged)',
  faceChart: 'The face alone',
  barsShown: (first, share) => `Largest share: ${first}, ${share}.`,

  voiceNone: 'No voice was heard, so nothing is said about speech.',
  voiceChart: 'Share of speech over the session',
  voiceShown: (share) => `Speech in ${share} of the time that was heard.`,
  flow: {
    unheard: 'No speech was heard.',
    little: 'There was a little speech, too little to describe how it flowed.',
    'many-pauses': 'Speech came with many pauses. Pauses can be time to think.',
    usual: 'Speech and pauses took turns in a usual way.',
    dense: 'Speech followed closely upon speech, with few pauses.',
  },
  voiceFact: {
    heard: 'Heard',
    speaking: 'Speech',
    pauses: 'Pauses',
    meanPause: 'A pause, on average',
    longestPause: 'Longest pause',
    rate: 'Pace',
    latency: 'Before an answer',
    pitchRange: 'Range of pitch',
  },
  count: (count) => count.toLocaleString('en'),
  seconds: (seconds) => `${seconds} s`,
  syllables: (perSecond) => `${perSecond} syllables a second`,
  semitones: (semitones) => `${semitones} semitones`,
  rateEstimated: 'The pace is an estimate: some syllables could not be counted.',

  saidNone: 'Nothing was said in words, or no words were kept.',
  saidIntro: (count) => `${plural(count, 'utterance', 'utterances')}, in order of time.`,
  withheld: 'These words are not kept.',

  patternsNone: 'No thinking pattern stood out in the words.',
  patternsIntro:
    'Thoughts like these come to most people at times. They are named here so that they can be looked at with some distance.',
  patternFound: (count, severity) =>
    count === 1 ? `Appeared once, ${severity}.` : `Appeared ${count} times, at most ${severity}.`,
  offered: 'Questions and small steps that were offered',
  task: (title, duration) => `${title} (${duration})`,

  momentsNone: 'Face and words did not visibly go different ways.',
  moment: {
    'smile-with-unpleasant-words':
      'A smile came with heavier words. It can mean many things; ask rather than conclude.',
    'frown-with-pleasant-words':
      'Brighter words came with a more serious face. It can mean many things; ask rather than conclude.',
  },

  earlierNone: 'There are no earlier sessions to hold this one beside.',
  earlierIntro: (sessions, since) =>
    `Beside ${plural(sessions, 'earlier session', 'earlier sessions')} of the same person, since ${since}.`,
  figure: {
    valence: 'Pleasant side',
    arousal: 'Energy',
    speakingRatio: 'Share of speech',
    speechRate: 'Pace of speech',
    meanPauseMs: 'Length of pauses',
  },
  change: { lower: 'less than usual', similar: 'as usual', higher: 'more than usual' },

  basisIntro: 'The more there was to see and hear, the more there is to these pages.',
  coverageChart: 'When there was something to go by',
  coverageShown: (face, voice, text) =>
    `Face ${face}, voice ${voice}, words ${text} of the session.`,
  source: { face: 'face', voice: 'voice', text: 'words' },
  flag: {
    no_face_data: 'No usable face was seen.',
    low_coverage: 'The face was in view for only a small part: read what is said of it with care.',
    aspect_assumed: 'The camera’s aspect ratio was not known and taken as 4:3.',
    frames_dropped: 'Some camera frames came too fast and were left out.',
    no_voice_data: 'No voice was heard.',
    low_snr: 'The room was loud beside the voice: figures of speech are less certain.',
    voice_by_client: 'A part of the figures of speech came from the browser, not from sound.',
    gain_controlled: 'The browser levelled the volume: loudness says little.',
    no_text: 'No words were taken.',
  },
  flagOther: (flag) => `A note of the measurement: ${flag}.`,
  degraded: (what) => `Something was done in a simpler way than usual: ${what}.`,
  writtenBy: {
    local: 'The sentences were put together by fixed rules, on the server itself.',
    gemini: 'The summary was put into words by Gemini, a language model, from the figures here.',
  },
  pausedFor: (from, to) => `Paused from ${from} to ${to}.`,
  untilNow: 'now',

  asTable: 'As a table',
  column: {
    time: 'Time',
    emotion: 'Emotion',
    share: 'Share',
    valence: 'Unpleasant–pleasant',
    arousal: 'Calm–lively',
    speaking: 'Speech',
    coverage: 'Face in view',
  },
  moreWindows: (count) => `… and ${count.toLocaleString('en')} more in the CSV.`,
  moreUtterances: (count) =>
    `… and ${plural(count, 'more utterance', 'more utterances')} in the CSV.`,
  more: (count) => `… and ${count.toLocaleString('en')} more in the report as JSON.`,
  page: (page, pages) => `Page ${page} of ${pages}`,
}
