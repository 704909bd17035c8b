// What every command does first, so that a fresh clone needs nothing but Node and npm: check Node,
// install the dependencies with the pinned pnpm, compile. Each step is skipped or incremental, so
// a run that finds nothing to do costs a fraction of a second. By itself: `npm run build`.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packageFolders, root } from './workspace.mjs'

const INSTALL_STAMP = join(root, 'node_modules', '.bemore-installed')

/** A step that failed; the message is all there is to show. */
export class BootstrapError extends Error {}

export async function bootstrap() {
  checkNode(process.versions.node)
  await install()
  await compile()
}

/** `bootstrap`, for commands that can do nothing without it. */
export async function bootstrapOrExit() {
  try {
    await bootstrap()
  } catch (error) {
    if (!(error instanceof BootstrapError)) throw error
    console.error(error.message)
    process.exit(1)
  }
}

function checkNode(version) {
  const [major, minor] = version.split('.').map(Number)
  // crc32 of node:zlib.
  if (major > 22 || (major === 22 && minor >= 2) || (major === 20 && minor >= 15)) return
  throw new BootstrapError(
    `BeMore needs Node 22.2 or newer, or 20.15 and later of 20; this is Node ${version}. See https://nodejs.org.`,
  )
}

async function install() {
  const wanted = fingerprint()
  if (readOrNothing(INSTALL_STAMP) === wanted) return
  const pnpm = manifest().packageManager
  console.error(`Installing dependencies (${pnpm}) …`)
  // CI: never ask, even about a node_modules of another layout. NODE_ENV: production would leave
  // out the compiler.
  const env = { ...process.env, CI: 'true', NODE_ENV: 'development' }
  // Named by --package: an outer `npm exec --package` would else be inherited through the environment.
  const npm = ['exec', '--yes', '--loglevel=error', `--package=${pnpm}`, '--', 'pnpm']
  const arguments_ = [...npm, 'install', '--frozen-lockfile', '--reporter=append-only']
  const { code, output } = await run('npm', arguments_, env)
  if (code !== 0) {
    throw new BootstrapError(
      `${output}\nThe dependencies could not be installed (npm exec ${pnpm}: ${code}). If the network or a proxy is at fault, check \`npm ping\`; if a package.json was changed, \`npx ${pnpm} install\` brings the lockfile up to date; if all else fails, remove node_modules and try again.`,
    )
  }
  writeFileSync(INSTALL_STAMP, wanted)
}

async function compile() {
  // TypeScript's own bin, not a shell's: the same on every platform, and no PATH involved.
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  const { code, output } = await run(process.execPath, [tsc, '-b'], process.env)
  if (code !== 0)
    throw new BootstrapError(`${output}\nThe sources do not compile (tsc -b: ${code}).`)
}

/** Changes when an install would: with what is wanted, and with whom binaries are chosen for. */
function fingerprint() {
  const hash = createHash('sha256')
  hash.update(`${process.platform} ${process.arch} ${process.versions.modules}`)
  const files = ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml']
  for (const folder of packageFolders()) files.push(`${folder}/package.json`)
  for (const file of files) hash.update(`\0${file}\0`).update(readFileSync(join(root, file)))
  return hash.digest('hex')
}

function manifest() {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
}

function readOrNothing(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

/** Runs a program quietly: its output is for the case that it fails. */
function run(program, arguments_, env) {
  return new Promise((resolve) => {
    const child = spawn(program, arguments_, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text
      })
    }
    child.on('error', (error) => resolve({ code: error.message, output }))
    child.on('close', (code, signal) => resolve({ code: code ?? signal, output }))
  })
}

const [, program] = process.argv
if (program && realpathSync(program) === fileURLToPath(import.meta.url)) await bootstrapOrExit()
