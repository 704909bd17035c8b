/** Something the demo holds the server to. */
export interface Check {
  /** Null: there was too little to judge it by, which is no failure. */
  readonly good: boolean | null
  readonly what: string
}

/** What is shown as failed, and nothing else, is a failure. */
export const hasFailed = ({ good }: Check): boolean => good === false
