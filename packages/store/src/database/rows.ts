/** The rows of a statement as a plain array, without the driver's notes on it. */
export async function rowsOf<Row>(statement: PromiseLike<readonly Row[]>): Promise<Row[]> {
  return Array.from(await statement)
}
