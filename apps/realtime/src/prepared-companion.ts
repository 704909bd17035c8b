import { scriptedReply } from '@bemore/core'
import type { Companion } from './chat-handler.js'

/** The companion of a deployment without a language model. */
export function createPreparedCompanion(): Companion {
  return {
    async streamReply({ language, history, emotion, onChunk }) {
      const replies = history.filter(({ role }) => role === 'assistant').length
      onChunk(scriptedReply(language, emotion === 'unknown' ? null : emotion, replies))
      return { source: 'local', reason: 'off' }
    },
  }
}
