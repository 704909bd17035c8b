import { totalmem } from 'node:os'

/** A process alone on its host leaves this much of it to the kernel and the rest. */
const SHARE_OF_HOST = 0.8

/**
 * The memory this process may take, bytes: as configured, else what its container (cgroup v1 or v2)
 * allows, else a share of the host's.
 */
export function chooseMemoryLimit(
  configuredBytes: number,
  host: { readonly containerBytes: number; readonly totalBytes: number } = readHost(),
): number {
  if (configuredBytes > 0) return configuredBytes
  const { containerBytes, totalBytes } = host
  // A container without a limit reports none, or a number beyond any memory.
  if (containerBytes > 0 && containerBytes <= totalBytes) return containerBytes
  return Math.floor(totalBytes * SHARE_OF_HOST)
}

function readHost() {
  return { containerBytes: Number(process.constrainedMemory() ?? 0), totalBytes: totalmem() }
}
