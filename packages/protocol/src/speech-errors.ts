/** What can go wrong with words: said, sent as audio, or asked for. */
import { entry } from './error-entry.js'

export const SPEECH_ERRORS = {
  UTTERANCE_TOO_LONG: entry(
    413,
    false,
    'The text is too long.',
    '글이 너무 깁니다.',
    'An utterance or chat message is longer than UTTERANCE_MAX_CHARS.',
    'Send it in parts: nothing of it was stored or looked at.',
  ),
  SESSION_PAUSED: entry(
    409,
    false,
    'The session is paused.',
    '세션이 일시 정지되어 있습니다.',
    'What is said in a pause is neither stored nor analysed.',
    'Resume the session, then send it again.',
  ),
  CHAT_BUSY: entry(
    429,
    true,
    'A reply is still being written.',
    '아직 답변을 작성하고 있습니다.',
    'A session has one reply at a time.',
    'Ask again when `ai_stream_complete` has come.',
  ),
  STT_UNAVAILABLE: entry(
    503,
    true,
    'Speech recognition is not available.',
    '음성 인식을 사용할 수 없습니다.',
    'No Gemini key is configured, its service does not answer, or its breaker is open; there is no local recogniser.',
    'Recognise speech in the browser and send `stt_text`; an operator sets GEMINI_API_KEY and looks at /health.',
  ),
  AUDIO_NOT_UNDERSTOOD: entry(
    422,
    false,
    'The audio could not be recognised.',
    '음성을 인식하지 못했습니다.',
    'The recogniser refused the audio, or heard no words in it.',
    'Send speech as webm, ogg, mp3, mp4, aac, flac or wav.',
  ),
} as const
