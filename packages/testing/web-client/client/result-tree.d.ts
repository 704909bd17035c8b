import type { Element } from './element.js'

/** @throws TypeError on what would break the page down */
export function resultTree(summary: unknown, report: unknown, isExpanded?: boolean): Element
