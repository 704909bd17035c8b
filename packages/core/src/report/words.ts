/**
 * What was said in a session and what was offered for it, put in order: each utterance once, however
 * many processes took it, and of the interventions those that said anything new. What a risk flag
 * covers is taken out here, before anything is counted, also where the flag reached the log later than
 * the words did.
 */
import type { SessionEvent, SessionEventData } from '../session/events.js'
import type { TextEmotion } from '../session/text-events.js'

type EventOf<Type extends SessionEvent['type']> = Extract<SessionEvent, { type: Type }>
export type InterventionEvent = EventOf<'cbt.intervention'>

export interface TakenUtterance extends Omit<SessionEventData<'text.utterance'>, 'emotion'> {
  /** Unix ms, of the process that took it; a client's clock may be anywhere. */
  readonly at: number
  readonly emotion: TextEmotion
}

export interface Words {
  /** In order of time. */
  readonly utterances: readonly TakenUtterance[]
  readonly interventions: readonly InterventionEvent[]
  /** When somebody's life may have been at risk, Unix ms, in order. */
  readonly riskTimes: readonly number[]
}

const UNKNOWN_EMOTION: TextEmotion = {
  ...{ label: 'unknown', probabilities: null, valence: null, arousal: null, dominance: null },
  confidence: 0,
}

export function foldWords(events: Iterable<SessionEvent>): Words {
  const taken = new Map<string, EventOf<'text.utterance'>>()
  const risks = new Map<string, number>()
  const flagged = new Set<string>()
  const offered: InterventionEvent[] = []
  for (const event of events) {
    switch (event.type) {
      case 'text.utterance': {
        const { utteranceId } = event.data
        const known = taken.get(utteranceId)
        if (known === undefined || precedes(event, known)) taken.set(utteranceId, event)
        break
      }
      case 'risk.flagged': {
        const { utteranceId, riskId } = event.data
        if (utteranceId !== null) flagged.add(utteranceId)
        const key = utteranceId ?? riskId
        risks.set(key, Math.min(risks.get(key) ?? event.at, event.at))
        break
      }
      case 'cbt.intervention':
        offered.push(event)
    }
  }
  const riskTimes = [...risks.values()].sort((a, b) => a - b)
  const riskAt = riskTimes[0] ?? Number.POSITIVE_INFINITY
  const utterances = [...taken.values()]
    .map((event) => toUtterance(event, flagged, riskAt))
    .sort((a, b) => a.at - b.at || compare(a.utteranceId, b.utteranceId))
  const withheld = new Set(flagged)
  for (const { text, utteranceId } of utterances) if (text === null) withheld.add(utteranceId)
  return {
    utterances,
    riskTimes,
    interventions: dropRepeated(
      offered.filter(({ at, data }) => at < riskAt && !withheld.has(data.utteranceId)),
    ),
  }
}

/** Of two takings of one utterance the one without its words counts, then the earlier one. */
function precedes(event: EventOf<'text.utterance'>, known: EventOf<'text.utterance'>): boolean {
  const withheld = Number(known.data.text === null) - Number(event.data.text === null)
  if (withheld !== 0) return withheld < 0
  if (event.at !== known.at) return event.at < known.at
  return compare(JSON.stringify(event.data), JSON.stringify(known.data)) < 0
}

/** After a flag nothing is looked for in words any more. */
function toUtterance(
  { at, data }: EventOf<'text.utterance'>,
  flagged: ReadonlySet<string>,
  riskAt: number,
): TakenUtterance {
  const isWithheld = data.text === null || flagged.has(data.utteranceId)
  if (isWithheld) return { ...data, at, text: null, emotion: UNKNOWN_EMOTION, distortions: [] }
  return { ...data, at, distortions: at < riskAt ? data.distortions : [] }
}

/** Two processes may choose at the same time; a question is asked once. */
function dropRepeated(offered: readonly InterventionEvent[]): InterventionEvent[] {
  const asked = new Set<string>()
  return [...offered]
    .sort((a, b) => a.at - b.at || compare(a.data.interventionId, b.data.interventionId))
    .filter(({ data }) => {
      const isNew = data.questionIds.some((id) => !asked.has(id))
      for (const id of data.questionIds) asked.add(id)
      return isNew
    })
}

/** By code units: the same on every machine. */
function compare(left: string, right: string): number {
  return left === right ? 0 : left < right ? -1 : 1
}
