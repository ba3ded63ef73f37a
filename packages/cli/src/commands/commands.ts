import type { ListedCommand } from '../command-line/command.js';

/** Every command. What one does is loaded once it is asked for, so that `--help` is quick. */
export const commands: readonly ListedCommand[] = [
  {
    name: 'train',
    description:
      'Trains a vision transformer on a folder of pictures, with position labels beside the classes.',
    load: async () => (await import('./train-command.js')).trainCommand,
  },
  {
    name: 'evaluate',
    description: 'Evaluates a checkpoint of a run on a split of its data; writes nothing.',
    load: async () => (await import('./evaluate-command.js')).evaluateCommand,
  },
  {
    name: 'inspect',
    description: 'Tells what a run folder, a checkpoint or any safetensors file holds.',
    load: async () => (await import('./inspect-command.js')).inspectCommand,
  },
  {
    name: 'doctor',
    description: 'Tries every backend on this machine and says why one does not work and what to do.',
    load: async () => (await import('./doctor-command.js')).doctorCommand,
  },
  {
    name: 'native install',
    description: 'Puts the native engine (TensorFlow) in place and computes with it.',
    load: async () => (await import('./native-install-command.js')).nativeInstallCommand,
  },
];
