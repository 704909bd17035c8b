/** Puts an entry in, as the newest, and lets go of the oldest where there are more than `most`. */
export function keepRecent<Value>(
  map: Map<string, Value>,
  key: string,
  value: Value,
  most: number,
): void {
  map.delete(key)
  map.set(key, value)
  if (map.size > most) map.delete(map.keys().next().value as string)
}
