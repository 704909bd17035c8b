import { EMOTION_NAMES } from './emotion-names.js'
import type { ReportWording } from './report-wording.js'

const times = (count: number) => (count === 1 ? 'once' : `${count} times`)
const moments = (count: number) => (count === 1 ? 'At one moment' : `At ${count} moments`)

const sayMinutes = (minutes: number): string => {
  if (minutes === 0) return 'less than a minute'
  return minutes === 1 ? 'about a minute' : `about ${minutes} minutes`
}

export const ENGLISH: ReportWording = {
  notice:
    'This report describes what a camera and a microphone picked up and what was said in words. It is not a diagnosis and does not replace the judgement of a professional.',
  emotion: EMOTION_NAMES.en,
  source: { face: 'face', voice: 'voice', text: 'words' },
  list: (names) =>
    names.length < 2
      ? names.join('')
      : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`,

  nothing: 'Nothing was seen, heard or said in this session, so there is nothing to describe.',
  noFace: 'No usable face was seen, so nothing can be said about expressions.',
  tooLittle: 'Too little could be read to say which emotion stood out.',
  voiceOnly: 'There was only a voice to go by, so this describes how speech went and no more.',
  dominantFace: (emotion, percent) =>
    `The expression seen most was “${emotion}”: it led for ${percent} % of the usable time.`,
  dominantWords: (emotion, percent) =>
    `The words read most often as “${emotion}”, in ${percent} % of what could be read.`,
  dominantTogether: (sources, emotion, percent) =>
    `Taken together, ${sources} read most often as “${emotion}”, for ${percent} % of the usable time.`,
  faceAlone: (emotion) => `Of the expressions alone, “${emotion}” was seen most.`,
  pleasant: 'On the whole this leaned to the pleasant side.',
  unpleasant: 'On the whole this leaned to the unpleasant side.',
  lively: 'On the whole there was a good deal of energy in it.',
  calm: 'On the whole it was quiet, with little movement.',
  changes: (count) => `What stood out changed ${times(count)}.`,
  lighter: 'The last part of the session came across as lighter than the first.',
  heavier: 'The last part of the session came across as heavier than the first.',

  littleSpeech: 'There was only a little speech, too little to describe how it flowed.',
  spoke: (percent) => `There was speech in ${percent} % of the time that was heard.`,
  pauses: (seconds) => `A pause took ${seconds} s on average.`,

  trend: {
    valence: {
      lower: 'Beside the earlier sessions, this one leaned less to the pleasant side.',
      higher: 'Beside the earlier sessions, this one leaned more to the pleasant side.',
    },
    arousal: {
      lower: 'Beside the earlier sessions, this one was quieter.',
      higher: 'Beside the earlier sessions, there was more energy in this one.',
    },
    speakingRatio: {
      lower: 'Beside the earlier sessions, there was less speech.',
      higher: 'Beside the earlier sessions, there was more speech.',
    },
    speechRate: {
      lower: 'Beside the earlier sessions, speech was slower.',
      higher: 'Beside the earlier sessions, speech was faster.',
    },
    meanPauseMs: {
      lower: 'Beside the earlier sessions, pauses were shorter.',
      higher: 'Beside the earlier sessions, pauses were longer.',
    },
  },
  trendSteady: 'Beside the earlier sessions, this one was much the same.',

  pattern: (name, count) =>
    `A way of putting things that is called “${name}” appeared ${times(count)}.`,
  patternsAreCommon:
    'Thoughts like these come to most people at times; looking at one of them with some distance can help.',
  smileWithUnpleasantWords: (count) =>
    `${moments(count)} a smile came with heavier words. It can mean many things; it may be worth looking at together.`,
  frownWithPleasantWords: (count) =>
    `${moments(count)} brighter words came with a more serious face. It can mean many things; it may be worth looking at together.`,

  coverage: (percent) => `A usable face was in view for ${percent} % of the session.`,
  lowCoverage: 'The face was in view for only a small part of the session: read this with care.',
  aspectAssumed:
    'The camera’s aspect ratio was not known and taken as 4:3; fine distinctions may suffer.',
  noVoice: 'No voice was heard, so nothing is said about speech.',
  lowSnr: 'The room was loud beside the voice, so what is said of speech is less certain.',
  voiceByClient:
    'A part of the figures of speech came from the browser and was not measured from sound.',

  opening: (minutes, sources) =>
    `This session ran for ${sayMinutes(minutes)}, with ${sources} to go by.`,
  openingWithoutSources: (minutes) => `This session ran for ${sayMinutes(minutes)}.`,
  closing: 'All of these are observations to look at together, and none of them is a verdict.',

  riskKeptShort:
    'The rest of this report is kept short on purpose: talking with a person comes first.',
  contact: (name, phone, hours) => `${name}: ${phone} (${hours})`,
  adviseRisk:
    'Please talk with someone today: one of the numbers above, your counsellor, or a person you trust.',

  adviseCamera:
    'For a fuller picture next time: face the camera, with light from the front and the whole face in view.',
  adviseMicrophone:
    'Next time a quieter place, or a microphone closer by, would make speech clearer.',
  adviseTask: (title, duration) => `If you like, something small to try: ${title} (${duration}).`,
  adviseThoughts:
    'If one of the thoughts from this session stays with you, it can help to write it down as you would tell it to a friend.',
  adviseMoments:
    'The moments in which face and words went different ways can be a good place to begin next time.',
  adviseTalk: 'Look at the moments that stand out together with your counsellor.',
}
