/** Makes elements of descriptions and puts them in a place, instead of what was there. */
export function show(place, ...descriptions) {
  place.replaceChildren(...descriptions.filter(Boolean).map(make))
}

function make(description) {
  if (typeof description === 'string') return document.createTextNode(description)
  const element = document.createElement(description.tag)
  for (const [name, value] of Object.entries(description.props)) {
    if (name === 'className') element.className = value
    else if (name.startsWith('on')) element.addEventListener(name.slice(2), value)
    else if (value === true) element.setAttribute(name, '')
    else if (value !== false && value !== undefined) element.setAttribute(name, value)
  }
  element.append(...description.children.map(make))
  return element
}
