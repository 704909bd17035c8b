import { ConfigError, type ConfigFault, readApiConfig, readRealtimeConfig } from '@bemore/ops'
import { Fault } from '../fault.js'
import { localized, verbatim } from '../localized.js'
import type { Step } from '../step.js'
import type { HostEvidence } from './host-evidence.js'

/** All that either process would refuse, at once. */
export const CONFIGURATION_STEP: Step<HostEvidence> = {
  id: 'configuration',
  title: localized('Configuration', '설정'),
  weight: 1,
  needs: [],
  async run(evidence) {
    const faults = new Map<string, ConfigFault>()
    const collect = <Config>(read: () => Config): Config | undefined => {
      try {
        return read()
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error
        for (const fault of error.faults) faults.set(fault.variable, fault)
        return undefined
      }
    }
    const api = collect(() => readApiConfig(evidence.env))
    const realtime = collect(() => readRealtimeConfig(evidence.env))
    if (api !== undefined && realtime !== undefined) {
      Object.assign(evidence, { api, realtime })
      return {
        detail: localized('every variable is well formed', '모든 환경 변수가 올바름'),
      }
    }
    const list = (expected: string) =>
      [...faults.values()]
        .map((fault) => `${fault.variable}: ${fault.problem}; ${expected} ${fault.expected}`)
        .join(' · ')
    throw new Fault('CONFIG_INVALID', localized(list('expected'), list('필요:')))
  },
}

const NODE_VERSIONS = '20 (from 20.9), 22+'

export const NODE_STEP: Step<HostEvidence> = {
  id: 'node',
  title: localized('Node.js', 'Node.js'),
  weight: 1,
  needs: [],
  async run() {
    const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
    const isSupported = (major === 20 && minor >= 9) || major >= 22
    if (isSupported) return { detail: verbatim(process.version) }
    const detail = localized(
      `${process.version}; needed: ${NODE_VERSIONS}`,
      `${process.version}; 필요 버전: ${NODE_VERSIONS}`,
    )
    throw new Fault('CONFIG_INVALID', detail)
  },
}
