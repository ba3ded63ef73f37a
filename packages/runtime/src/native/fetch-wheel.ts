import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { megabytes, secondsSince } from './amounts.js';
import { download } from './download.js';
import { locateWheel, packageIndex } from './package-index.js';
import { downloadWithPip, findPip } from './pip.js';
import { sha256 } from './sha256.js';
import type { Wheel } from './wheel.js';

/** A way to get the wheel: with pip, or from the package index by HTTPS. */
export type WheelSource = 'pip' | 'index';

/** A wheel on the disk whose hash was compared, and where it came from. */
export interface FetchedWheel {
  readonly file: string;
  readonly source: WheelSource;
}

/**
 * Gets the wheel in the first way that works, and compares its SHA-256 with the one written down in this package.
 *
 * @returns the wheel, or why none of the ways is open on this machine
 * @throws when a wheel came that is not the one expected, or the download broke off
 */
export async function fetchWheel(
  wheel: Wheel,
  folder: string,
  sources: readonly WheelSource[],
  log: (line: string) => void,
): Promise<FetchedWheel | { readonly reason: string }> {
  mkdirSync(folder, { recursive: true });
  const ways = { pip: withPip, index: fromIndex };
  const reasons: string[] = [];
  for (const source of sources) {
    const begin = performance.now();
    const file = await ways[source](wheel, folder, log);
    if (typeof file !== 'string') {
      log(`not by ${source === 'pip' ? 'pip' : 'HTTPS'}: ${file.reason}`);
      reasons.push(file.reason);
      continue;
    }
    const hash = await sha256(file);
    if (hash !== wheel.sha256)
      throw new Error(
        `${wheel.file} is not the file that this package knows: its SHA-256 is ${hash} instead of ${wheel.sha256}. It was not used. A package index or a cache on the way handed over something else.`,
      );
    log(
      `downloaded ${wheel.file}, ${megabytes(wheel.size)}, and compared its SHA-256 (${secondsSince(begin)})`,
    );
    return { file, source };
  }
  return { reason: reasons.join('; ') };
}

type Way = (
  wheel: Wheel,
  folder: string,
  log: (line: string) => void,
) => Promise<string | { readonly reason: string }>;

const withPip: Way = async (wheel, folder, log) => {
  const pip = await findPip();
  if ('reason' in pip) return pip;
  log(`downloading ${wheel.project} ${wheel.version} with ${pip.version}, ${megabytes(wheel.size)} …`);
  return downloadWithPip(pip, wheel, folder);
};

const fromIndex: Way = async (wheel, folder, log) => {
  const address = await locateWheel(packageIndex(), wheel);
  if ('reason' in address) return address;
  log(`downloading ${wheel.file} from ${new URL(address.url).host}, ${megabytes(wheel.size)} …`);
  const file = join(folder, wheel.file);
  await download(address, file, wheel.size, log);
  return file;
};
