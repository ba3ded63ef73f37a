import { extname } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import { checkFeatures } from '@whereabouts/conformance';
import type { Backbone } from '@whereabouts/layers';
import { createJiti } from 'jiti';
import { usageError } from '../command-line/usage-error.js';

/** What the function that a module exports is called with; options of its own beside these. */
export interface BackboneOptions {
  /** Height and width of the images in pixels. */
  readonly imageSize: number;
  /** Of the first weights. */
  readonly seed: number;
  readonly [option: string]: unknown;
}

const expected =
  'Expected is `export default function ({ imageSize, seed, ... })` that hands over a backbone; docs/add-a-backbone.md shows one';

/**
 * Makes the backbone of a module of the user's and tries it on one black image.
 *
 * @param file a module in JavaScript or TypeScript, by its absolute path
 * @throws when it cannot be loaded, makes no backbone, or one that hands over something else than its spec says
 */
export async function loadBackbone(file: string, options: BackboneOptions): Promise<Backbone> {
  const make = await defaultExportOf(file);
  if (typeof make !== 'function')
    throw usageError(`The default export of ${file} is ${kindOf(make)} and no function. ${expected}.`);
  const made: unknown = await Promise.resolve()
    .then(() => make(options))
    .catch((error: unknown) => {
      throw usageError(`${file} could not make a backbone: ${messageOf(error)}`);
    });
  const flaw = flawIn(made);
  if (flaw !== undefined) throw usageError(`What ${file} makes is no backbone: ${flaw}. ${expected}.`);
  const backbone = made as Backbone;
  const { imageSize } = options;
  const image = tf.zeros<tf.Rank.R4>([1, imageSize, imageSize, 3]);
  try {
    await checkFeatures(backbone, image, { batchSize: 1 });
  } catch (error) {
    throw usageError(
      `The backbone of ${file} does not fit images of ${imageSize} x ${imageSize} px: ${messageOf(error)}`,
    );
  } finally {
    image.dispose();
  }
  return backbone;
}

async function defaultExportOf(file: string): Promise<unknown> {
  try {
    const { href } = pathToFileURL(file);
    const isTypescript = ['.ts', '.mts'].includes(extname(file));
    const loaded = isTypescript
      ? await createJiti(href, { fsCache: false, interopDefault: false }).import<object>(file)
      : await import(href);
    return (loaded as { default?: unknown }).default;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const remedy = code === 'ERR_MODULE_NOT_FOUND' ? ' Install what it imports beside it.' : '';
    throw usageError(`${file} cannot be loaded: ${messageOf(error)}${remedy}`);
  }
}

function flawIn(made: unknown): string | undefined {
  if (!isObject(made)) return `it is ${kindOf(made)}`;
  const { spec, variables, apply } = made as Partial<Record<keyof Backbone, unknown>>;
  if (!isObject(spec)) return `its \`spec\` is ${kindOf(spec)} and no object`;
  const { stages, contract } = spec as { readonly stages?: unknown; readonly contract?: unknown };
  if (contract !== 1)
    return `its \`spec.contract\` is ${String(contract)}, and this version knows contract 1`;
  if (!Array.isArray(stages)) return `its \`spec.stages\` is ${kindOf(stages)} and no list`;
  if (!isObject(variables))
    return `its \`variables\` is ${kindOf(variables)} and no object of variables by path`;
  if (typeof apply !== 'function') return `its \`apply\` is ${kindOf(apply)} and no function`;
  return undefined;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

function kindOf(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  return Array.isArray(value) ? 'a list' : `${/^[aeiou]/.test(typeof value) ? 'an' : 'a'} ${typeof value}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
