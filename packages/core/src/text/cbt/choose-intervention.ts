/**
 * Which distortion is spoken to, and with what. Few words at a time, none of them twice in a session,
 * and never so often that a person feels examined.
 */
import {
  type CbtFinding,
  type DetectionView,
  type InterventionView,
  type Language,
  SEVERITIES,
  type URGENCIES,
} from '@bemore/protocol'
import type { DetectedDistortion, DistortionType } from '../../session/text-events.js'
import type { Severity } from './cbt-bank.js'
import { CBT_BANKS } from './cbt-banks.js'

export interface InterventionChoice {
  readonly type: DistortionType
  readonly severity: Severity
  readonly urgency: (typeof URGENCIES)[number]
  /** `type.q3`: the third question of its type; texts come from `viewIntervention`. */
  readonly questionIds: readonly string[]
  readonly taskIds: readonly string[]
}

export interface InterventionHistory {
  /** Questions that were asked in this session. */
  readonly usedQuestions: ReadonlySet<string>
  /** How many interventions there were. */
  readonly count: number
  /** When the last one was offered, Unix ms; null: there was none. */
  readonly lastAt: number | null
  readonly utterancesSince: number
}

/** Between two interventions; a strong thought is answered sooner. */
export const LEAST_GAP_MS = 60_000
const LEAST_GAP_WHEN_HIGH_MS = 20_000
const LEAST_UTTERANCES = 2
const QUESTIONS: Readonly<Record<Severity, number>> = { low: 1, medium: 2, high: 2 }
const TASKS = 2

/**
 * @param detections strongest first
 * @returns null where nothing was found, the last one was just now, or every question has been asked
 */
export function chooseIntervention(
  detections: readonly DetectedDistortion[],
  history: InterventionHistory,
  at: number,
): InterventionChoice | null {
  for (const { type, severity } of detections) {
    if (!isTime(severity, history, at)) continue
    const questionIds = freshQuestions(type, severity, history)
    if (questionIds.length === 0) continue
    return {
      type,
      severity,
      urgency: urgencyOf(severity),
      questionIds,
      taskIds: tasksOf(type, severity, history.count),
    }
  }
  return null
}

function isTime(severity: Severity, history: InterventionHistory, at: number): boolean {
  if (history.lastAt === null) return true
  const gapMs = severity === 'high' ? LEAST_GAP_WHEN_HIGH_MS : LEAST_GAP_MS
  return at - history.lastAt >= gapMs && history.utterancesSince >= LEAST_UTTERANCES
}

function urgencyOf(severity: Severity): InterventionChoice['urgency'] {
  if (severity === 'high') return 'immediate'
  return severity === 'medium' ? 'soon' : 'routine'
}

/** The closest-looking questions that the strength of the thought allows, gentler ones after them. */
function freshQuestions(
  type: DistortionType,
  severity: Severity,
  { usedQuestions, count }: InterventionHistory,
): string[] {
  const allowed = SEVERITIES.indexOf(severity)
  const fresh = CBT_BANKS[type].questions
    .map(({ from }, index) => ({ id: `${type}.q${index + 1}`, rank: SEVERITIES.indexOf(from) }))
    .filter(({ id, rank }) => rank <= allowed && !usedQuestions.has(id))
  const nearest = Math.max(...fresh.map(({ rank }) => rank))
  const first = fresh.filter(({ rank }) => rank === nearest)
  const rest = fresh.filter(({ rank }) => rank !== nearest)
  return [...rotate(first, count), ...rest].slice(0, QUESTIONS[severity]).map(({ id }) => id)
}

function tasksOf(type: DistortionType, severity: Severity, count: number): string[] {
  const wanted =
    severity === 'low'
      ? ['easy']
      : severity === 'medium'
        ? ['easy', 'medium']
        : ['easy', 'medium', 'hard']
  const fitting = CBT_BANKS[type].tasks
    .map(({ difficulty }, index) => ({ id: `${type}.t${index + 1}`, difficulty }))
    .filter(({ difficulty }) => wanted.includes(difficulty))
  return rotate(fitting, count)
    .slice(0, TASKS)
    .map(({ id }) => id)
}

/** Begins elsewhere each time, and always the same for the same history. */
function rotate<Item>(items: readonly Item[], by: number): Item[] {
  const start = items.length === 0 ? 0 : by % items.length
  return [...items.slice(start), ...items.slice(0, start)]
}

export function nameDistortion(type: DistortionType, language: Language): string {
  return CBT_BANKS[type].name[language]
}

/** The words of an intervention; an id of another release, whose words are gone, is left out. */
export function viewIntervention(choice: InterventionChoice, language: Language): InterventionView {
  const { type, severity, urgency } = choice
  const bank = CBT_BANKS[type]
  const pick = <Item>(items: readonly Item[], ids: readonly string[]): Item[] =>
    ids.flatMap((id) => items[Number(/\d+$/.exec(id)?.[0]) - 1] ?? [])
  return {
    distortionType: type,
    distortionName: bank.name[language],
    severity,
    urgency,
    questions: pick(bank.questions, choice.questionIds).map((each) => each[language]),
    tasks: pick(bank.tasks, choice.taskIds).map(({ title, description, difficulty, duration }) => ({
      title: title[language],
      description: description[language],
      difficulty,
      duration: duration[language],
    })),
  }
}

export function viewDetection(found: DetectedDistortion, language: Language): DetectionView {
  const { type, severity, confidence, examples } = found
  return {
    ...{ type, severity, confidence, examples: [...examples] },
    name: nameDistortion(type, language),
    name_ko: nameDistortion(type, 'ko'),
  }
}

/** What the web client shows of an utterance. */
export function viewFinding(
  detections: readonly DetectedDistortion[],
  choice: InterventionChoice | null,
  language: Language,
): CbtFinding {
  return {
    hasDistortions: detections.length > 0,
    needsIntervention: choice !== null,
    detections: detections.map((each) => viewDetection(each, language)),
    ...(choice !== null && { intervention: viewIntervention(choice, language) }),
  }
}
