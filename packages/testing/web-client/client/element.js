/**
 * A description of an element, refusing as a child what React refuses, so that a reply of a wrong shape
 * throws here as it does there.
 */
export function h(tag, props, ...children) {
  return { tag, props: props ?? {}, children: children.flat(Number.POSITIVE_INFINITY).map(asChild) }
}

function asChild(child) {
  if (child === null || child === undefined || typeof child === 'boolean') return ''
  if (typeof child === 'object' && 'tag' in child) return child
  if (typeof child === 'object') {
    throw new TypeError(
      `Objects are not valid as a React child (found: object with keys {${Object.keys(child).join(', ')}})`,
    )
  }
  return String(child)
}

/** All text of a description. */
export function textOf(element) {
  return typeof element === 'string' ? element : element.children.map(textOf).join(' ')
}
