import type { Channel } from '@bemore/protocol'

/** The channels whose frames may be numbered, and so acknowledged and resumed. */
export const FRAME_CHANNELS = ['landmarks', 'voice'] as const satisfies readonly Channel[]
export type FrameChannel = (typeof FRAME_CHANNELS)[number]
