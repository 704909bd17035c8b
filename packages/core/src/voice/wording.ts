/**
 * How a stretch of speech is put into one sentence. It tells what was heard and no more: that pauses
 * mean something about a person is true of groups at best (r .2 to .4), and never of this one.
 */

export type SpeechFlow = 'unheard' | 'little' | 'many-pauses' | 'usual' | 'dense'

const WORDING: Readonly<Record<'en' | 'ko', Readonly<Record<SpeechFlow, string>>>> = {
  en: {
    unheard: 'Nothing was heard in this stretch.',
    little: 'There was only a little speech in this stretch, too little to describe it.',
    'many-pauses': 'Speech came in short stretches, with time taken between them.',
    usual: 'Speech and pauses alternated at an even pace.',
    dense: 'Speech flowed with few pauses.',
  },
  ko: {
    unheard: '이 구간에서는 들린 소리가 없습니다.',
    little: '이 구간에는 말소리가 적어 말의 흐름을 설명하기 어렵습니다.',
    'many-pauses': '사이사이 여유를 두며 짧게 나누어 말했습니다.',
    usual: '말과 쉼이 고르게 이어졌습니다.',
    dense: '쉼이 많지 않게 말이 이어졌습니다.',
  },
}

export function describeFlow(flow: SpeechFlow, language: 'en' | 'ko'): string {
  return WORDING[language][flow]
}
