export interface Element {
  readonly tag: string
  readonly props: Readonly<Record<string, unknown>>
  readonly children: readonly (Element | string)[]
}

export function textOf(element: Element | string): string
