import { affectOf } from './affect-summary.js'
import { h } from './element.js'

const SUDDEN = 0.5
const LOW_AROUSAL = -0.5
const SEVERITIES = {
  low: { bg: 'low', text: '낮음' },
  medium: { bg: 'medium', text: '보통' },
  high: { bg: 'high', text: '높음' },
}
const DIFFICULTIES = {
  easy: { badge: 'low', text: '쉬움' },
  medium: { badge: 'medium', text: '보통' },
  hard: { badge: 'high', text: '어려움' },
}
const URGENCIES = { immediate: '즉시', soon: '빠른 시일', routine: '일상' }

/**
 * The result of a session out of its summary and report, by the expressions of the existing client:
 * it throws on every shape on which that client's page breaks down as a whole.
 * @param isExpanded whether the questions of the exercises are shown
 */
export function resultTree(summary, report, isExpanded = true) {
  return h(
    'div',
    { className: 'result' },
    figures(summary, report),
    observations(summary),
    timelineTree(report?.vadTimeline),
    findingsTree(report?.cbtFindings, isExpanded),
  )
}

function figures(summary, report) {
  const { valence, arousal, dominance } = affectOf(summary, report)
  const figure = (name, value) => h('dl', null, h('dt', null, name), h('dd', null, value ?? '-'))
  return h(
    'section',
    { className: 'figures' },
    figure('긍정성', valence),
    figure('각성', arousal),
    figure('통제감', dominance),
    figure('주요 감정', summary?.dominantEmotion?.emotion ?? '-'),
  )
}

function observations(summary) {
  return h(
    'section',
    null,
    h('h3', null, '주요 관찰'),
    h(
      'ul',
      null,
      (summary?.keyObservations ?? []).map((each) => h('li', null, each)),
    ),
  )
}

function timelineTree(timeline) {
  const rows = (timeline || []).map((point, index, all) => {
    const before = all[index - 1]
    const isSudden =
      Math.abs((point.valence ?? 0) - (before?.valence ?? point.valence ?? 0)) > SUDDEN
    return h(
      'tr',
      null,
      h('td', null, point.t ?? point.timestamp ?? index),
      ...['valence', 'arousal', 'dominance'].map((axis) => h('td', null, point[axis]?.toFixed(3))),
      h('td', null, isSudden && '급변', point.arousal < LOW_AROUSAL && '저각성'),
    )
  })
  const head = ['시각 (ms)', '긍정성', '각성', '통제감', ''].map((name) => h('th', null, name))
  return h(
    'section',
    { className: 'timeline' },
    h('h3', null, '감정 흐름'),
    h('table', null, h('thead', null, h('tr', null, head)), h('tbody', null, rows)),
  )
}

function findingsTree(findings, isExpanded) {
  if (!Array.isArray(findings) || findings.length === 0) return null
  const found = findings.filter((finding) => finding.hasDistortions)
  const urgent = findings.filter((finding) => finding.needsIntervention)
  return h(
    'section',
    { className: 'findings' },
    h('h3', null, '생각의 습관'),
    h('p', null, `인지 왜곡 ${found.length} · 개입 필요 ${urgent.length}`),
    found.map((finding) => [
      (finding.detections ?? []).map(detectionTree),
      finding.intervention && interventionTree(finding.intervention, isExpanded),
    ]),
  )
}

function detectionTree(detection) {
  const severity = SEVERITIES[detection.severity]
  return h(
    'div',
    { className: `card ${severity.bg}` },
    h('b', null, detection.name_ko),
    ` ${severity.text} · ${Math.round(detection.confidence * 100)}%`,
    h(
      'ul',
      null,
      (detection.examples ?? []).map((example) => h('li', null, `“${example}”`)),
    ),
  )
}

function interventionTree(intervention, isExpanded) {
  const { distortionName, urgency, questions, tasks } = intervention
  return h(
    'div',
    { className: 'card' },
    h('b', null, distortionName),
    ` ${URGENCIES[urgency] ?? ''}`,
    isExpanded &&
      h(
        'ol',
        null,
        questions.map((question) => h('li', null, question)),
      ),
    tasks.map((task) =>
      h(
        'p',
        null,
        h('span', { className: `badge ${DIFFICULTIES[task.difficulty].badge}` }, task.title),
        ' ',
        task.description,
        ' · ',
        task.duration,
      ),
    ),
  )
}
