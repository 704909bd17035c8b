/** What was brought up, to be taken down in the opposite order. */
export interface Teardown {
  /** @param kill for a hurry: must not wait */
  add(name: string, stop: () => Promise<void> | void, kill?: () => void): void
  /** A step that fails is told and does not keep the others from running. */
  run(): Promise<void>
  kill(): void
}

interface Step {
  readonly name: string
  readonly stop: () => Promise<void> | void
  readonly kill: () => void
}

export function createTeardown(onTrouble: (name: string, error: unknown) => void): Teardown {
  const steps: Step[] = []
  return {
    add(name, stop, kill = () => {}) {
      steps.push({ name, stop, kill })
    },
    async run() {
      for (const { name, stop } of [...steps].reverse()) {
        try {
          await stop()
        } catch (error) {
          onTrouble(name, error)
        }
      }
    },
    kill() {
      for (const { kill } of steps) kill()
    },
  }
}
