import type { Element } from './element.js'

/** @throws TypeError on what would break the page */
export function dashboardTree(data: unknown): Element
/** @throws TypeError on what would break the page */
export function historyTree(data: unknown): Element
