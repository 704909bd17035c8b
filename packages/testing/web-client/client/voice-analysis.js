/** Names under which each measure may come; where several are there, the later one wins. */
const ALIASES = {
  speechRatio: ['speech_ratio', 'speechRate', 'speech_rate', 'sr'],
  pauseRatio: ['pause_ratio', 'pauseRate', 'silenceRate', 'pause_rate', 'silence_rate', 'pr'],
  averagePauseDuration: [
    'average_pause_duration',
    'avgSilenceDuration',
    'avg_silence_duration',
    'apd',
  ],
  longestPause: [
    'longest_pause',
    'maxPause',
    'maxSilence',
    'longestSilence',
    'maxPauseDuration',
    'lp',
  ],
  averageSpeechBurst: ['average_speech_burst', 'avgSpeechDuration', 'avg_speech_duration', 'asb'],
  speechBurstCount: ['speech_burst_count', 'speechTurnCount', 'speech_turn_count', 'sbc'],
  pauseCount: ['pause_count', 'eventCount', 'event_count', 'pc'],
}
const REQUIRED = [
  'speechRatio',
  'pauseRatio',
  'averagePauseDuration',
  'speechBurstCount',
  'pauseCount',
]
const RATIOS = ['speechRatio', 'pauseRatio']
const DURATIONS = ['averagePauseDuration', 'longestPause', 'averageSpeechBurst']
const LIKELY_SECONDS = 100

/** What the voice panel shows of a `vad_analysis`; null: it is cleared. */
export function readVoiceAnalysis(data) {
  if (typeof data !== 'object' || data === null) return null
  const flat = { ...data.timeSeries?.[0], ...data.psychological, ...data, ...data.metrics }
  const read = {}
  for (const [name, aliases] of Object.entries(ALIASES)) {
    const values = [name, ...aliases].map((key) => flat[key])
    const value = values.findLast((each) => typeof each === 'number')
    if (value !== undefined) read[name] = value
  }
  if (REQUIRED.some((name) => read[name] === undefined)) return null
  for (const name of RATIOS) if (read[name] >= 1) read[name] /= 100
  const isSeconds = DURATIONS.some(
    (name) => read[name] < LIKELY_SECONDS && !Number.isInteger(read[name]),
  )
  if (isSeconds) {
    for (const name of DURATIONS) if (read[name] < LIKELY_SECONDS) read[name] *= 1_000
  }
  return {
    ...{ longestPause: 0, averageSpeechBurst: 0 },
    ...read,
    ...(typeof flat.summary === 'string' && { summary: flat.summary }),
  }
}
