import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A registry that knows the packages of this repository as they would be published, and sends for others elsewhere. */
export interface PackedRegistry {
  /** For processes of npm that shall use it. */
  readonly environment: NodeJS.ProcessEnv;
  /** The file that holds a package of this name. */
  readonly tarballOf: (name: string) => string;
  readonly close: () => void;
}

/**
 * Packs packages and offers them on this machine until it is closed.
 *
 * @param folders of the packages, from the root
 */
export async function packedRegistry(folders: readonly string[]): Promise<PackedRegistry> {
  const folder = mkdtempSync(join(tmpdir(), 'whereabouts-packed-'));
  for (const each of folders)
    await run('npx', ['--yes', 'pnpm@12.21.0', 'pack', '--pack-destination', folder], { cwd: each });
  const packed = await Promise.all(readdirSync(folder).map((file) => manifestIn(join(folder, file))));
  const elsewhere = (await run('npm', ['config', 'get', 'registry'])).stdout.trim().replace(/\/$/, '');

  const server = createServer((request, response) => {
    const path = decodeURIComponent((request.url ?? '').slice(1));
    const named = packed.find(({ manifest }) => manifest.name === path);
    const filed = packed.find(({ file }) => file.endsWith(`/${path}`));
    if (filed !== undefined) response.end(readFileSync(filed.file));
    else if (named !== undefined)
      response.end(JSON.stringify(packument(named, `http://${request.headers.host}`)));
    else response.writeHead(302, { location: `${elsewhere}${request.url}` }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    environment: { ...process.env, npm_config_registry: `http://127.0.0.1:${port}/` },
    tarballOf: (name) => {
      const found = packed.find(({ manifest }) => manifest.name === name);
      if (found === undefined) throw new Error(`${name} was not packed`);
      return found.file;
    },
    close: () => {
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface PackedPackage {
  readonly file: string;
  readonly manifest: { readonly name: string; readonly version: string };
}

async function manifestIn(file: string): Promise<PackedPackage> {
  const { stdout } = await run('tar', ['-xzOf', file, 'package/package.json']);
  return { file, manifest: JSON.parse(stdout) };
}

/** What a registry says of a package that has one version. */
function packument({ file, manifest }: PackedPackage, origin: string): object {
  const { name, version } = manifest;
  const integrity = `sha512-${createHash('sha512').update(readFileSync(file)).digest('base64')}`;
  const dist = { tarball: `${origin}/${file.split('/').at(-1)}`, integrity };
  return { name, 'dist-tags': { latest: version }, versions: { [version]: { ...manifest, dist } } };
}
