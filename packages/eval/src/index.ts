export type { Gate } from '@bemore/testing'
export { evalMain } from './eval-main.js'
export { measureAllGates } from './measure-all-gates.js'
