/** A scheme, the longest host, a port: a longer text only keeps patterns with several `*` busy. */
const MOST_CHARS = 270

/**
 * Decides whether a browser's origin is one of ours. In a pattern `*` stands for letters, digits and
 * hyphens within one host label, never for a dot: `https://app*.example.org` lets preview deployments
 * in, and `https://app.evil.example.org.attacker.net` stays out.
 */
export function createOriginMatcher(patterns: readonly string[]): (origin: string) => boolean {
  const exact = new Set(patterns.filter((pattern) => !pattern.includes('*')))
  const wild = patterns.filter((pattern) => pattern.includes('*')).map(toExpression)
  return (origin) =>
    origin.length <= MOST_CHARS &&
    (exact.has(origin) || wild.some((expression) => expression.test(origin)))
}

function toExpression(pattern: string): RegExp {
  const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`^${pattern.split('*').map(literal).join('[a-z0-9-]*')}$`, 'i')
}
