// The flow of the demo: health, start, stream with a pause in it, end, report. REST calls and
// sockets each outlive a killed server by themselves; nothing here knows of restarts.
import { EXIT, ExitError } from '@bemore/ops'
import type { Language } from '@bemore/protocol'
import { listenForStop } from '../stop-signals.js'
import type { Terminal } from '../terminal.js'
import { createDemoClient } from './demo-client.js'
import { conclude, keepPage } from './demo-conclusion.js'
import { hearSession } from './demo-hearing.js'
import { phaseAt, planDemo } from './demo-plan.js'
import { createDemoScreen } from './demo-screen.js'
import { pauseAndResume, streamFrames } from './demo-stream.js'
import { createTally } from './demo-tally.js'
import { dialogueOf, type Scenario } from './dialogue.js'
import { planDialogue } from './dialogue-plan.js'
import { createFrameSource, type FrameFormat } from './frame-source.js'
import { openSessionSockets } from './session-sockets.js'
import { hearSpeech } from './spoken-hearing.js'
import { createSpokenTally } from './spoken-tally.js'
import { createStopwatch } from './stopwatch.js'
import { createTalk } from './talk.js'
import { createVoiceSource } from './voice-source.js'
import { streamVoice } from './voice-stream.js'

export interface DemoOptions {
  /** Without a trailing slash. */
  readonly baseUrl: string
  readonly seconds: number
  readonly fps: number
  readonly format: FrameFormat
  readonly language: Language
  readonly scenario: Scenario
  /** Where the report's page is written to. */
  readonly pageFile: string
  readonly printJson: boolean
}

const REST_PATIENCE_MS = 30_000
/** The web client gives its three sockets this long. */
const CONNECT_PATIENCE_MS = 5_000

/** @returns the exit code: 0 only where the report holds what was seen live */
export async function demo(options: DemoOptions, terminal: Terminal): Promise<number> {
  const signals = listenForStop(terminal)
  const atOnce = signals.insisted.then(() => EXIT.interrupted)
  try {
    return await Promise.race([play(options, terminal, signals.asked), atOnce])
  } finally {
    signals.release()
  }
}

/** @param stop ends the stream early, and the session with it */
async function play(options: DemoOptions, terminal: Terminal, stop: AbortSignal): Promise<number> {
  const { baseUrl, fps, language, scenario } = options
  const out = options.printJson ? toStderr(terminal) : terminal
  const screen = createDemoScreen(out, performance.now.bind(performance))
  const client = createDemoClient({
    baseUrl,
    patienceMs: REST_PATIENCE_MS,
    random: Math.random,
    onRetry: (call, problem) => screen.note(`${call}: ${problem}; trying again`),
  })
  const health = await client.health()
  if (health === null) {
    const message = `Nothing answers at ${baseUrl}. Start it first: npm start`
    throw new ExitError(EXIT.unavailable, message)
  }
  const plan = planDemo(options.seconds)
  const source = createFrameSource(plan, options.format, Math.random)
  const words = planDialogue(plan, dialogueOf(scenario, language))
  const tally = createTally()
  const spoken = createSpokenTally()
  const talk = createTalk(words, language, spoken)
  const sessionClock = createStopwatch()
  const streamClock = createStopwatch()

  const { sessionId, wsUrls, subprotocols } = await client.start(language)
  sessionClock.start()
  screen.note(`health ${health}, session ${sessionId}; below: face shown → expression read`)
  const ownHost = baseUrl.replace(/^http/, 'ws')
  const isPortraitShown = () => phaseAt(plan, streamClock.elapsedMs()).face === 'portrait'
  const hearFace = hearSession(tally, screen, isPortraitShown)
  const hearWords = hearSpeech(spoken, screen)
  const sockets = openSessionSockets({
    urls: (channel) => [wsUrls?.[channel], `${ownHost}/ws/${channel}/${sessionId}`],
    subprotocols,
    onMessage(message) {
      hearFace(message)
      hearWords(message)
    },
    onReopened: talk.reopened,
    note: screen.note,
  })
  try {
    await sockets.allOpenWithin(CONNECT_PATIENCE_MS)
    streamClock.start()
    const portraitMs = sessionClock.elapsedMs() + (plan.phases[0]?.toMs ?? 0)
    const pausing = pauseAndResume({ client, sessionId, plan, stop, note: screen.note })
    const { totalMs } = plan
    const stream = { totalMs, sockets, clock: streamClock, stop }
    await Promise.all([
      streamFrames({ plan, source, fps, sockets, tally, screen, clock: streamClock, stop }),
      streamVoice({ ...stream, source: createVoiceSource(words.lines), spoken }),
      talk.run(stream),
    ])
    const trouble = await pausing
    screen.end()
    if (trouble !== null) out.complain(trouble.message)
    await client.end(sessionId)
    const conclusion = await conclude(client, sessionId, { tally, portraitMs, words, spoken })
    if (options.printJson) terminal.say(JSON.stringify(conclusion.report, null, 2))
    for (const text of conclusion.texts(out.paint)) out.say(text)
    out.say(await keepPage(conclusion.page, options.pageFile))
    return conclusion.isGood ? EXIT.ok : EXIT.failure
  } finally {
    sockets.close()
    const stays = ({ message }: Error) => out.complain(`The demo's account stays: ${message}`)
    await client.leave().catch(stays)
  }
}

/** Leaves stdout to what a program is to read. */
function toStderr(terminal: Terminal): Terminal {
  const toErrors = (text: string) => terminal.complain(text.trimEnd())
  return { ...terminal, interactive: false, say: terminal.complain, write: toErrors }
}
