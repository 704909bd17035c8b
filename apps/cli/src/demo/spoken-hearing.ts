import type { HotlineCardView, ServerMessageData } from '@bemore/protocol'
import type { DemoScreen } from './demo-screen.js'
import type { ReceivedMessage } from './demo-sockets.js'
import { renderVoice } from './spoken-report.js'
import type { SpokenRecorder } from './spoken-tally.js'

/** What the demo makes of what the server says of voice and words. */
export function hearSpeech(
  spoken: SpokenRecorder,
  { note }: Pick<DemoScreen, 'note'>,
): (message: ReceivedMessage) => void {
  let shown = ''
  return ({ type, data }) => {
    switch (type) {
      case 'vad_analysis': {
        const analysis = data as ServerMessageData<'vad_analysis'>
        spoken.analysed(analysis)
        // Told again for a window to which sound came late: often the same.
        const line = renderVoice(analysis)
        if (line !== shown) note(line)
        shown = line
        break
      }
      case 'stt_received': {
        const { text, emotion, utteranceId } = data as ServerMessageData<'stt_received'>
        spoken.take(utteranceId)
        note(`said: "${text}" → ${emotion}`)
        break
      }
      case 'cbt_intervention': {
        const finding = data as ServerMessageData<'cbt_intervention'>
        spoken.intervene(finding)
        note(`a thought to look at: ${finding.detections.map(({ name }) => name).join(', ')}`)
        for (const question of finding.intervention?.questions ?? []) note(`  ? ${question}`)
        break
      }
      case 'risk_notice': {
        const { timestamp, ...card } = data as ServerMessageData<'risk_notice'>
        if (spoken.showCard(card, timestamp)) for (const line of renderCard(card)) note(line)
        break
      }
      case 'ai_stream_begin':
        spoken.beginReply((data as ServerMessageData<'ai_stream_begin'>).replyId)
        break
      case 'ai_stream_chunk': {
        const { replyId, chunk } = data as ServerMessageData<'ai_stream_chunk'>
        spoken.addToReply(replyId, chunk)
        break
      }
      case 'ai_stream_complete': {
        const { replyId, source, reason = null } = data as ServerMessageData<'ai_stream_complete'>
        const { text } = spoken.endReply(replyId, source, reason)
        // The card as a reply, for clients that know no notice; it was shown above.
        if (reason !== 'risk') note(`companion (${source}): ${text}`)
        break
      }
      case 'ai_stream_error':
        note(`no reply: ${(data as ServerMessageData<'ai_stream_error'>).error}`)
        break
    }
  }
}

function renderCard({ message, contacts, emergency }: HotlineCardView): string[] {
  const lines = contacts.map(({ name, phone, hours }) => `  ☎ ${phone}  ${name} (${hours})`)
  return [message, ...lines, `  ${emergency}`]
}
