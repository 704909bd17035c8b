/** The first 64 bits of an IPv6 address are a customer's, who has all the others to spend. */
const CUSTOMER_GROUPS = 4
const GROUPS = 8

/**
 * What limits count by: an IPv4 address, or the /64 an IPv6 address is in.
 * @param address as Node has it; anything else is given back
 */
export function networkOf(address: string): string {
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1]
  if (mapped !== undefined || !address.includes(':')) return mapped ?? address
  const [head = '', tail] = address.toLowerCase().split('%', 1).join('').split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = Math.max(0, GROUPS - before.length - after.length)
  const groups = tail === undefined ? before : [...before, ...Array(zeros).fill('0'), ...after]
  const customer = groups.slice(0, CUSTOMER_GROUPS)
  return `${customer.map((group) => group.replace(/^0+(?=.)/, '')).join(':')}::/64`
}
