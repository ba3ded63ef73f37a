import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Wheel } from './wheel.js';

const publicIndex = 'https://pypi.org/simple';
const patience = 20_000; // milliseconds

/** An address to fetch, with what to send along. */
export interface Address {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The package index that pip on this machine would ask, found without Python: `PIP_INDEX_URL`, or else `index-url` in
 * pip's configuration files, or else the public one.
 */
export function packageIndex(env: NodeJS.ProcessEnv = process.env): string {
  if (env.PIP_INDEX_URL) return env.PIP_INDEX_URL;
  const home = homedir();
  const files = [
    env.PIP_CONFIG_FILE,
    env.VIRTUAL_ENV && join(env.VIRTUAL_ENV, 'pip.conf'),
    join(env.XDG_CONFIG_HOME || join(home, '.config'), 'pip', 'pip.conf'),
    join(home, '.pip', 'pip.conf'),
    '/etc/xdg/pip/pip.conf',
    '/etc/pip.conf',
  ];
  for (const file of files) {
    if (!file || !existsSync(file)) continue;
    const url = /^\s*index-url\s*[=:]\s*(\S+)/m.exec(readFileSync(file, 'utf8'))?.[1];
    if (url !== undefined) return url;
  }
  return publicIndex;
}

/** Splits a user name and password off an address, which `fetch` refuses, into the header that carries them. */
export function addressOf(text: string): Address {
  const url = new URL(text);
  if (url.username === '') return { url: url.href, headers: {} };
  const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  url.username = '';
  url.password = '';
  return {
    url: url.href,
    headers: { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
  };
}

/** Asks a package index where a wheel can be fetched; or says why it does not tell. Reads JSON (PEP 691) and HTML. */
export async function locateWheel(
  index: string,
  wheel: Wheel,
): Promise<Address | { readonly reason: string }> {
  let shown = 'the package index';
  try {
    const { url, headers } = addressOf(`${index.replace(/\/+$/, '')}/${wheel.project}/`);
    shown = url;
    const response = await fetch(url, {
      headers: { ...headers, accept: 'application/vnd.pypi.simple.v1+json, text/html;q=0.5' },
      signal: AbortSignal.timeout(patience),
    });
    if (!response.ok) return { reason: `${shown} answers ${response.status} ${response.statusText}` };
    const type = response.headers.get('content-type') ?? '';
    const found = type.includes('json')
      ? inJson(await response.json(), wheel.file)
      : inHtml(await response.text(), wheel.file);
    if (found === undefined) return { reason: `${shown} does not list ${wheel.file}` };
    const target = new URL(found, response.url);
    const sameOrigin = target.origin === new URL(url).origin;
    return { url: target.href, headers: sameOrigin ? headers : {} };
  } catch (error) {
    return { reason: `${shown} cannot be reached (${causeOf(error)})` };
  }
}

/** The innermost message of a failed `fetch`, whose own says only "fetch failed". */
export function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? causeOf(error.cause) : error.message;
}

function inJson(listing: unknown, file: string): string | undefined {
  const { files } = listing as { files?: readonly { filename: string; url: string }[] };
  return files?.find(({ filename }) => filename === file)?.url;
}

function inHtml(page: string, file: string): string | undefined {
  const links = [...page.matchAll(/<a\s[^>]*href="([^"]+)"[^>]*>([^<]*)<\/a>/gi)];
  return links.find(([, , text]) => text?.trim() === file)?.[1]?.replaceAll('&amp;', '&');
}
