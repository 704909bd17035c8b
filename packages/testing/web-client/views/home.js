import { dashboardTree, historyTree } from '../client/dashboard-tree.js'
import { h } from '../client/element.js'
import { show } from '../dom.js'

async function showFetched(place, title, fetchIt, treeOf) {
  show(place, h('h2', null, title), h('p', { className: 'loading' }, '불러오는 중…'))
  try {
    const data = await fetchIt()
    show(place, h('h2', null, title), treeOf(data))
  } catch (error) {
    show(place, h('h2', null, title), h('p', { className: 'problem' }, error.message))
  }
}

export const dashboardView = (place, { api }) =>
  showFetched(place, '오늘의 마음', api.dashboard, dashboardTree)

export const historyView = (place, { api }) =>
  showFetched(place, '세션 기록', api.history, historyTree)

const CHOICES = {
  fontScale: ['글자 크기', { sm: '작게', md: '보통', lg: '크게', xl: '아주 크게' }],
  layoutDensity: ['화면 밀도', { compact: '촘촘하게', spacious: '넉넉하게' }],
  language: ['언어', { ko: '한국어', en: 'English' }],
}

export function settingsView(place, { preferences }) {
  const current = preferences.get()
  show(
    place,
    h(
      'div',
      { className: 'panel' },
      h('h2', null, '설정'),
      Object.entries(CHOICES).map(([name, [label, choices]]) =>
        h(
          'label',
          null,
          label,
          h(
            'select',
            { name, onchange: ({ target }) => preferences.change({ [name]: target.value }) },
            Object.entries(choices).map(([value, text]) =>
              h('option', { value, selected: current[name] === value }, text),
            ),
          ),
        ),
      ),
      h(
        'label',
        { className: 'check' },
        h('input', {
          name: 'notificationsOptIn',
          type: 'checkbox',
          checked: current.notificationsOptIn,
          onchange: ({ target }) => preferences.change({ notificationsOptIn: target.checked }),
        }),
        '알림 받기',
      ),
    ),
  )
}
