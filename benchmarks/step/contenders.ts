import { fileURLToPath } from 'node:url';
import {
  type Architecture,
  architectures,
  backends,
  type Labels,
  labelKinds,
  type Setting,
} from './setting.js';

/** A program that trains the same model as the others. */
export interface Peer {
  readonly title: string;
  readonly architectures: readonly Architecture[];
  readonly labels: readonly Labels[];
  readonly backends: readonly Setting['backend'][];
  /** What starts it, before the words of the task. */
  readonly command: (python: string) => readonly string[];
}

const file = (path: string) => fileURLToPath(new URL(`./peers/${path}`, import.meta.url));

// With the flags of this very process, which make Node read TypeScript.
const node =
  (path: string, ...words: readonly string[]): Peer['command'] =>
  () => [process.execPath, ...process.execArgv, file(path), ...words];

const python =
  (...words: readonly string[]): Peer['command'] =>
  (interpreter) => [interpreter, file('pytorch.py'), ...words];

const paper = ['none', 'absolute', 'relative', 'both'] as const;

/** Every peer by the name that `--peers` takes, in the order of the table. */
export const peers = {
  plain: {
    title: 'TensorFlow.js, plain',
    architectures: ['vit'],
    labels: ['none'],
    backends,
    command: node('plain-tensorflowjs.ts'),
  },
  'ours-eager': {
    title: 'ours, eager',
    architectures,
    labels: labelKinds,
    backends,
    command: node('ours.ts', '--executor', 'eager'),
  },
  'ours-float32': {
    title: 'ours, compiled float32',
    architectures,
    labels: labelKinds,
    backends: ['native'],
    command: node('ours.ts', '--executor', 'compiled-float32'),
  },
  'ours-bf16': {
    title: 'ours, compiled bf16',
    architectures,
    labels: labelKinds,
    backends: ['native'],
    command: node('ours.ts', '--executor', 'compiled-bf16'),
  },
  'pytorch-float32': {
    title: 'PyTorch, float32',
    architectures,
    labels: paper,
    backends,
    command: python('--precision', 'float32'),
  },
  'pytorch-bf16': {
    title: 'PyTorch, bf16 autocast',
    architectures,
    labels: paper,
    backends,
    command: python('--precision', 'bf16'),
  },
  'pytorch-compiled': {
    title: 'PyTorch, torch.compile float32',
    architectures,
    labels: paper,
    backends,
    command: python('--precision', 'float32', '--compiled'),
  },
} as const satisfies Readonly<Record<string, Peer>>;

export type PeerName = keyof typeof peers;

/** One line of a table: a peer with the labels that it learns. */
export interface Contender {
  readonly peer: PeerName;
  readonly labels: Labels;
}

/** Such as `ours, eager + both`. */
export function nameOf({ peer, labels }: Contender): string {
  return labels === 'none' ? peers[peer].title : `${peers[peer].title} + ${labels}`;
}

/** Why a contender can't be in a setting, if so. */
export function obstacle({ peer, labels }: Contender, { backend, model }: Setting): string | undefined {
  const { labels: known, backends: possible, architectures: written }: Peer = peers[peer];
  if (!written.includes(model.architecture)) return `written for ${written.join(', ')} alone`;
  if (!possible.includes(backend)) return `runs on ${possible.join(', ')}, not on ${backend}`;
  if (!known.includes(labels)) return 'written without these labels';
  return undefined;
}
