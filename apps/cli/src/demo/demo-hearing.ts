import type { ServerMessageData } from '@bemore/protocol'
import { renderSigned } from './bar.js'
import type { DemoScreen } from './demo-screen.js'
import type { ReceivedMessage } from './demo-sockets.js'
import type { Affect, LiveWindow, TallyRecorder } from './demo-tally.js'

/** What the demo makes of what the server says; a type it does not know is let pass. */
export function hearSession(
  tally: TallyRecorder,
  screen: DemoScreen,
  isPortraitShown: () => boolean,
): (message: ReceivedMessage) => void {
  return ({ type, data }) => {
    switch (type) {
      case 'affect':
        tally.affectReceived(data as Affect, isPortraitShown())
        break
      case 'emotion_update': {
        const window = data as LiveWindow
        tally.windowReceived(window)
        screen.note(
          `window ${window.window}: ${window.emotion}, valence ${renderSigned(window.valence)}, ${window.frameCount} frames`,
        )
        break
      }
      case 'draining':
        screen.note('the server is restarting, and says so')
        break
      case 'error': {
        const { code, message } = data as ServerMessageData<'error'>
        screen.note(`the server says: ${message} (${code})`)
        break
      }
    }
  }
}
