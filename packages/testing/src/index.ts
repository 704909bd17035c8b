export {
  type ConsoleBlock,
  type ConsoleCommand,
  type ConsoleDocument,
  findDeviation,
  parseConsoleDocument,
} from './console-document.js'
export { type DocsSection, readDocsSection } from './docs-section.js'
export {
  createFakeGemini,
  FAKE_GEMINI_MODES,
  type FakeGemini,
  type FakeGeminiBehaviour,
  type FakeGeminiMode,
  type FakeGeminiOptions,
  type FakeGeminiRequest,
} from './fake-gemini.js'
export { type Gate, least, most } from './gate.js'
export {
  createResumingClient,
  type ResumingClient,
  type ResumingClientCounts,
  type ResumingClientOptions,
} from './resuming-client.js'
export {
  createSimulatedFace,
  type FacePose,
  type SimulatedFace,
  type SimulatedFaceOptions,
} from './simulated-face.js'
export {
  createFaceScript,
  EXPRESSION_PROTOTYPES,
  type FaceScript,
  type FaceScriptOptions,
  type ScriptSegment,
  type SimulatedExpression,
} from './simulated-face-script.js'
export { CANONICAL_VERTICES } from './simulated-face-vertices.js'
export {
  createSimulatedVoice,
  type SimulatedVoice,
  type SimulatedVoiceOptions,
} from './simulated-voice.js'
export type { VoiceSegment } from './simulated-voice-script.js'
export { createTcpProxy, type TcpProxy } from './tcp-proxy.js'
export {
  createTestDatabase,
  prepareTestTemplate,
  TEST_SERVER_SETTINGS,
  TEST_SERVER_VARIABLE,
  type TestContext,
  type TestDatabase,
} from './test-database.js'
export { measureVoiceGates } from './voice-gates.js'
export {
  type ApiClient,
  type ClientError,
  type ClientStorage,
  createApiClient,
  createEndpoints,
  createMemoryStorage,
  dashboardTree,
  type Endpoints,
  historyTree,
  LANDMARKS_FRAME_FILE,
  openSessionSockets,
  readEmotionUpdate,
  readVoiceAnalysis,
  resultTree,
  type SessionSockets,
  type SignInKeys,
  textOf,
  userMessageOf,
  WEB_CLIENT_FOLDER,
} from './web-client.js'
