export { evalMain } from './eval-main.js'
export type { Gate } from './gate.js'
export { measureAllGates } from './measure-all-gates.js'
