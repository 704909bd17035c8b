export type { Command } from './command.js'
export { COMMANDS, main } from './main.js'
export type { Terminal } from './terminal.js'
