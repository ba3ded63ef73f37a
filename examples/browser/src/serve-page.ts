import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { buildPage } from './build-page.js';

/** A page that is being served. */
export interface ServedPage {
  readonly address: string;
  readonly stop: () => Promise<void>;
}

/**
 * Builds the page and serves it to this machine alone.
 *
 * @param port the next one that is free after 8000 unless given
 */
export async function servePage(port?: number): Promise<ServedPage> {
  const folder = await mkdtemp(join(tmpdir(), 'whereabouts-page-'));
  await buildPage(folder);
  const context = await esbuild.context({});
  const served = await context.serve({
    servedir: folder,
    host: '127.0.0.1',
    ...(port === undefined ? {} : { port }),
  });
  return {
    address: `http://127.0.0.1:${served.port}/`,
    stop: async () => {
      await context.dispose();
      await rm(folder, { recursive: true });
    },
  };
}
