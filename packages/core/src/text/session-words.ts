/**
 * What has been said in a session, as far as the next utterance needs to know it, and what is made of
 * an utterance: the risk screen first, and behind a flag nothing else. Built from the events of the log
 * in any order and as often as they come; the same on every process that has seen the same events.
 */
import type { Language } from '@bemore/protocol'
import { createEvent, type NewSessionEvent, type SessionEventData } from '../session/events.js'
import type { TextEmotion } from '../session/text-events.js'
import { chooseIntervention } from './cbt/choose-intervention.js'
import { findDistortions } from './distortions/find-distortions.js'
import type { TextEmotionModel } from './emotion-model.js'
import { detectLanguage, type TextLanguage } from './language.js'
import { isPainfulTopic } from './painful-topics.js'
import { screenWithContext } from './risk/screen-risk.js'

export interface Utterance {
  readonly id: string
  readonly text: string
  readonly origin: SessionEventData<'text.utterance'>['origin']
  /** When it was taken, Unix ms. */
  readonly at: number
  readonly startedAt?: number
  readonly endedAt?: number
  readonly sttConfidence?: number
  /** What the client says it is; anything but Korean or English is left to be detected. */
  readonly lang?: string
}

export interface ChatTurn {
  readonly role: 'user' | 'assistant'
  readonly text: string
}

export interface SessionWords {
  /** Of the session. */
  readonly language: Language
  /** Somebody's life may be at risk: nothing is offered any more but who can be called. */
  readonly isRiskFlagged: boolean
  /** The chat so far, oldest first, at most `HISTORY_TURNS` of it. */
  readonly history: readonly ChatTurn[]
  /** Whether the utterance was taken before. */
  hasTaken(utteranceId: string): boolean
  /** Learns from an event, of the log or on its way there. */
  learn(event: NewSessionEvent): void
  /** The events an utterance makes, the flag first where there is one; they are not learnt from yet. */
  analyse(utterance: Utterance): NewSessionEvent[]
  /** Forgets what was said, all but that somebody is at risk and which questions were asked. */
  forget(): void
  /** The flag that a text which is no utterance (a chat message) raises, or null. */
  screen(text: string, at: number): NewSessionEvent | null
}

const HISTORY_TURNS = 40
/** An utterance cut in two is still heard as one. */
const TAIL_UTTERANCES = 3
const TAKEN_IDS = 500

const UNKNOWN_EMOTION: TextEmotion = {
  ...{ label: 'unknown', probabilities: null, valence: null, arousal: null, dominance: null },
  confidence: 0,
}

/** @param createId unguessable and unique. */
export function createSessionWords(
  model: Pick<TextEmotionModel, 'estimate'>,
  language: Language,
  createId: () => string,
): SessionWords {
  const taken = new Set<string>()
  const usedQuestions = new Set<string>()
  const history: ChatTurn[] = []
  const tail: string[] = []
  let isPainful = false
  const interventions = { count: 0, lastAt: null as number | null, utterancesSince: 0 }

  const take = (id: string): boolean => {
    if (taken.has(id)) return false
    taken.add(id)
    if (taken.size > TAKEN_IDS) taken.delete(taken.values().next().value as string)
    return true
  }
  const remember = (text: string): void => {
    isPainful ||= isPainfulTopic(text)
    tail.push(text)
    if (tail.length > TAIL_UTTERANCES) tail.shift()
  }
  const flag = (text: string, at: number, utteranceId: string | null): NewSessionEvent | null => {
    const finding = screenWithContext(tail, text)
    if (finding === null) return null
    const spoken = detectLanguage(text)
    const known = spoken === 'unknown' ? {} : { language: spoken }
    return createEvent('risk.flagged', at, {
      riskId: createId(),
      ...finding,
      ...known,
      utteranceId,
    })
  }
  const describe = (utterance: Utterance, isWithheld: boolean): NewSessionEvent[] => {
    const { id: utteranceId, at, text, origin, startedAt, endedAt, sttConfidence } = utterance
    const said = readLanguage(utterance.lang) ?? detectLanguage(text)
    // Patterns know two languages; a text of neither has none of them.
    const isSpared = isPainful || isPainfulTopic(text)
    const isJudged = !isWithheld && !words.isRiskFlagged && !isSpared && said !== 'unknown'
    const distortions = isJudged ? findDistortions(text, said) : []
    const event = createEvent('text.utterance', at, {
      ...{ utteranceId, origin, language: said, distortions },
      text: isWithheld ? null : text,
      ...(startedAt !== undefined && { startedAt }),
      ...(endedAt !== undefined && { endedAt }),
      ...(sttConfidence !== undefined && { sttConfidence }),
      emotion: isWithheld ? UNKNOWN_EMOTION : model.estimate(text, said),
    })
    const choice = isWithheld
      ? null
      : chooseIntervention(
          distortions,
          { ...interventions, usedQuestions, utterancesSince: interventions.utterancesSince + 1 },
          at,
        )
    if (choice === null) return [event]
    const { type, severity, urgency } = choice
    const offered = createEvent('cbt.intervention', at, {
      ...{ interventionId: createId(), utteranceId, type, severity, urgency },
      questionIds: [...choice.questionIds],
      taskIds: [...choice.taskIds],
    })
    return [event, offered]
  }

  const words: { -readonly [Key in keyof SessionWords]: SessionWords[Key] } = {
    language,
    isRiskFlagged: false,
    history,
    hasTaken: (id) => taken.has(id),
    learn(event) {
      switch (event.type) {
        case 'text.utterance':
          if (!take(event.data.utteranceId)) return
          interventions.utterancesSince += 1
          if (event.data.text !== null) remember(event.data.text)
          return
        case 'cbt.intervention':
          if (!take(event.data.interventionId)) return
          for (const id of event.data.questionIds) usedQuestions.add(id)
          interventions.count += 1
          interventions.lastAt = Math.max(interventions.lastAt ?? event.at, event.at)
          interventions.utterancesSince = 0
          return
        case 'risk.flagged':
          words.isRiskFlagged = true
          return
        case 'chat.message': {
          const { role, text, messageId } = event.data
          if (text === null || !take(messageId)) return
          history.push({ role, text })
          if (history.length > HISTORY_TURNS) history.shift()
          if (role === 'user') remember(text)
        }
      }
    },
    analyse(utterance) {
      const raised = flag(utterance.text, utterance.at, utterance.id)
      // What is said after a flag is kept; nothing is offered for it, and nothing is judged.
      const events = describe(utterance, raised !== null)
      const told = events.filter(({ type }) => type !== 'cbt.intervention' || !words.isRiskFlagged)
      return raised === null ? told : [raised, ...told]
    },
    forget() {
      tail.length = 0
      history.length = 0
    },
    screen(text, at) {
      const raised = flag(text, at, null)
      // Held in memory only: the other half may follow.
      if (raised === null && text !== '') remember(text)
      return raised
    },
  }
  return words
}

function readLanguage(tag: string | undefined): TextLanguage | null {
  const primary = tag?.toLowerCase().split(/[-_]/)[0]
  return primary === 'ko' || primary === 'en' ? primary : null
}
