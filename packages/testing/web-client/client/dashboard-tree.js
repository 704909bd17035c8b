import { h } from './element.js'

const AXES = { valence: '긍정성', arousal: '각성', dominance: '통제감' }

/** The dashboard as the client reads it: lists that are no arrays break the page. */
export function dashboardTree({ todayAvg, trend, recommendations, recentSessions }) {
  return h(
    'div',
    { className: 'dashboard' },
    h(
      'section',
      { className: 'figures' },
      Object.entries(AXES).map(([axis, name]) => {
        const change = trend?.dayOverDay?.[axis]
        return h(
          'dl',
          null,
          h('dt', null, `오늘의 ${name}`),
          h('dd', null, todayAvg?.[axis]?.toFixed(2) ?? '-'),
          h('dd', { className: change > 0 ? 'up' : change < 0 ? 'down' : '' }, change?.toFixed(2)),
        )
      }),
    ),
    h('h3', null, '추천'),
    (recommendations ?? []).map(({ title, desc, cta }) =>
      h(
        'div',
        { className: 'card' },
        h('b', null, title),
        ' ',
        desc,
        cta && h('i', null, ` ${cta}`),
      ),
    ),
    h('h3', null, '최근 세션'),
    h(
      'ul',
      { className: 'recent' },
      (recentSessions ?? []).map(({ sessionId, createdAt }) =>
        h('li', null, `${new Date(createdAt).toLocaleString('ko-KR')} · ${sessionId.slice(0, 10)}`),
      ),
    ),
  )
}

/** The list of the history page. */
export function historyTree(data) {
  const sessions = data.recentSessions || data.recent || []
  if (sessions.length === 0) return h('p', null, '기록이 없습니다.')
  return h(
    'ul',
    { className: 'recent' },
    sessions.map(({ id, startedAt, durationMs }) =>
      h(
        'li',
        { 'data-session': id },
        `${id.slice(0, 10)} · ${new Date(startedAt).toLocaleString('ko-KR')} · ${Math.round(durationMs / 1000)}초`,
      ),
    ),
  )
}
