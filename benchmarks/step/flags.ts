import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { type PeerName, peers } from './contenders.js';
import {
  architectures,
  backends,
  devices,
  type Labels,
  labelKinds,
  type Setting,
  settingOf,
} from './setting.js';

/** What the command was asked for. */
export interface Flags {
  /** One per depth. */
  readonly settings: readonly Setting[];
  readonly labels: readonly Labels[];
  readonly peers: readonly PeerName[];
  readonly rounds: number;
  readonly steps: number;
  readonly python: string;
  readonly json: boolean;
}

export const help = `Measures one training step of a ViT or a Swin side by side. Lists are separated by commas.

  --backend   native, wasm or cpu, of TensorFlow.js; native unless given
  --device    cpu or gpu, of the native engine and of PyTorch; cpu unless given
  --model     ${architectures.join(', ')}; vit unless given
  --depth     transformer blocks, of a Swin in its third stage, a list; 6 unless given
  --labels    ${labelKinds.join(', ')}; a list; none unless given
  --peers     ${Object.keys(peers).join(', ')}; all unless given
  --batch     images per step; 64 unless given, of a Swin 32
  --channels  of a token, a multiple of 3; 192 unless given, in the first stage of a Swin 96
  --rounds    5 unless given
  --steps     of each contender per round; 4 unless given
  --threads   that one operation may use; as many as there are cores unless given
  --python    with torch, timm and safetensors; python3 unless given
  --json      prints one JSON object instead of tables`;

const text = { type: 'string' } as const;

/**
 * Reads the command line; undefined where help was asked for.
 *
 * @throws on an unknown flag or value
 */
export function readFlags(words: readonly string[]): Flags | undefined {
  const { values } = parseArgs({
    args: words.filter((word) => word !== '--'), // which `pnpm benchmark -- …` hands on
    options: {
      backend: { ...text, default: 'native' },
      device: { ...text, default: 'cpu' },
      model: { ...text, default: 'vit' },
      depth: { ...text, default: '6' },
      labels: { ...text, default: 'none' },
      peers: { ...text, default: Object.keys(peers).join() },
      batch: text,
      channels: text,
      rounds: { ...text, default: '5' },
      steps: { ...text, default: '4' },
      threads: { ...text, default: String(availableParallelism()) },
      python: { ...text, default: 'python3' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return undefined;
  const backend = choice('backend', values.backend, backends);
  const device = choice('device', values.device, devices);
  const architecture = choice('model', values.model, architectures);
  const batch = values.batch === undefined ? undefined : count('batch', values.batch);
  const channels = values.channels === undefined ? undefined : count('channels', values.channels);
  const threads = count('threads', values.threads);
  return {
    settings: values.depth
      .split(',')
      .map((depth) =>
        settingOf({ backend, device, architecture, batch, channels, threads, depth: count('depth', depth) }),
      ),
    labels: values.labels.split(',').map((word) => choice('labels', word, labelKinds)),
    peers: values.peers.split(',').map((word) => choice('peers', word, Object.keys(peers) as PeerName[])),
    rounds: count('rounds', values.rounds),
    steps: count('steps', values.steps),
    python: values.python,
    json: values.json,
  };
}

function count(flag: string, word: string): number {
  if (!/^[1-9]\d*$/.test(word)) throw new Error(`--${flag} ${word}: expected a whole number from 1 up.`);
  return Number(word);
}

function choice<Name extends string>(flag: string, word: string, names: readonly Name[]): Name {
  const found = names.find((name) => name === word);
  if (found === undefined) throw new Error(`--${flag} ${word}: expected ${names.join(', ')}.`);
  return found;
}
