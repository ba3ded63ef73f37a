import type { ListedCommand } from '../command-line/command.js';

/** Every command. What one does is loaded once it is asked for, so that `--help` is quick. */
export const commands: readonly ListedCommand[] = [
  {
    name: 'init',
    description: 'Writes a config file for a folder of pictures, every setting explained.',
    load: async () => (await import('./init-command.js')).initCommand,
  },
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
    name: 'predict',
    description: 'Tells the likeliest classes of pictures.',
    load: async () => (await import('./predict-command.js')).predictCommand,
  },
  {
    name: 'embed',
    description:
      'Writes the features of pictures to a file, for search, clustering or a classifier of your own.',
    load: async () => (await import('./embed-command.js')).embedCommand,
  },
  {
    name: 'bench',
    description: 'Measures the training step and the reading of pictures on this machine, for any settings.',
    load: async () => (await import('./bench-command.js')).benchCommand,
  },
  {
    name: 'inspect',
    description: 'Tells what a run folder, a checkpoint or any safetensors file holds.',
    load: async () => (await import('./inspect-command.js')).inspectCommand,
  },
  {
    name: 'audit',
    description: 'Finds out whether a trained model is told where its patches are, and by what.',
    load: async () => (await import('./audit-command.js')).auditCommand,
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
