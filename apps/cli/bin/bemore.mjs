#!/usr/bin/env node
import { existsSync } from 'node:fs'

const built = new URL('../dist/src/main.js', import.meta.url)
if (!existsSync(built)) {
  console.error('bemore is not built yet. Run: npm start (or: npm run build)')
  process.exit(78)
}
const { main } = await import(built)
process.exit(await main(process.argv.slice(2)))
