/** The rows of a statement as a plain array, without the driver's notes on it. */
export async function rowsOf<Row>(statement: PromiseLike<readonly Row[]>): Promise<Row[]> {
  return Array.from(await statement)
}

/** The ids of a statement that gives an `id`. */
export async function idsOf(statement: PromiseLike<readonly unknown[]>): Promise<string[]> {
  const rows = (await statement) as readonly { readonly id: string }[]
  return rows.map(({ id }) => id)
}
