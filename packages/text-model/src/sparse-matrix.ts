/** Rows of features as one array after another (compressed sparse rows). */
export interface SparseMatrix {
  readonly columns: number
  /** Where each row begins; one more than there are rows. */
  readonly starts: Uint32Array
  readonly indices: Uint32Array
  readonly values: Float64Array
}

export type SparseRow = readonly (readonly [column: number, value: number])[]

export function createSparseMatrix(rows: readonly SparseRow[], columns: number): SparseMatrix {
  const size = rows.reduce((sum, row) => sum + row.length, 0)
  const starts = new Uint32Array(rows.length + 1)
  const indices = new Uint32Array(size)
  const values = new Float64Array(size)
  let at = 0
  rows.forEach((row, r) => {
    for (const [column, value] of row) {
      indices[at] = column
      values[at++] = value
    }
    starts[r + 1] = at
  })
  return { columns, starts, indices, values }
}
