import { h } from '../client/element.js'
import { resultTree } from '../client/result-tree.js'
import { show } from '../dom.js'

const RATINGS = [1, 2, 3, 4, 5]

/** Gives the reader a Blob under a name, as the client does. */
function save(blob, name) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 1_000)
}

export function resultView(place, { api, storage, id, summary, report }) {
  const state = { rating: 5, thanks: false, problem: null }

  const download = (text, fetchIt, name) =>
    h(
      'button',
      {
        'data-file': name,
        onclick: () => fetchIt().then((blob) => save(blob, name), fail),
      },
      text,
    )
  const fail = (error) => {
    state.problem = error.message
    draw()
  }
  const send = async (event) => {
    event.preventDefault()
    const note = new FormData(event.target).get('note')
    try {
      await api.feedback(id, state.rating, note)
      storage.removeItem('bemore_last_session')
      state.thanks = true
      draw()
    } catch (error) {
      fail(error)
    }
  }

  const feedback = () =>
    state.thanks
      ? h('p', { id: 'thanks' }, '의견을 보내 주셔서 감사합니다.')
      : h(
          'form',
          { className: 'feedback', onsubmit: send },
          h('b', null, '오늘 세션은 어땠나요?'),
          h(
            'span',
            null,
            RATINGS.map((rating) =>
              h(
                'label',
                { className: 'star' },
                h('input', {
                  type: 'radio',
                  name: 'rating',
                  value: rating,
                  checked: rating === state.rating,
                  onchange: () => {
                    state.rating = rating
                  },
                }),
                rating,
              ),
            ),
          ),
          h('textarea', { name: 'note', rows: 2, placeholder: '의견 (선택)' }),
          h('button', { type: 'submit', 'data-act': 'feedback' }, '보내기'),
        )

  const draw = () =>
    show(
      place,
      h('h2', { 'data-session': id }, '세션 완료'),
      state.problem && h('p', { className: 'problem' }, state.problem),
      feedback(),
      resultTree(summary, report),
      h(
        'div',
        { className: 'buttons' },
        download('VAD CSV', () => api.csv(id, 'vad'), `vad-timeline-${id}.csv`),
        download('감정 CSV', () => api.csv(id, 'emotion'), `emotion-timeline-${id}.csv`),
        download('PDF', () => api.pdf(id), `bemore-report-${id}.pdf`),
      ),
    )
  draw()
}
