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
    name: 'pretrain',
    description:
      'Pretrains a vision transformer as a masked autoencoder, with or without labels; position labels learn beside it.',
    load: async () => (await import('./pretrain-command.js')).pretrainCommand,
  },
  {
    name: 'finetune',
    description:
      'Trains a classifier from the weights of a run or a file, all layers, the lower ones slower.',
    load: async () => (await import('./finetune-command.js')).finetuneCommand,
  },
  {
    name: 'evaluate',
    description: 'Evaluates a checkpoint of a run on a split of its data; writes nothing.',
    load: async () => (await import('./evaluate-command.js')).evaluateCommand,
  },
  {
    name: 'knn',
    description: 'Judges the features of a run by their nearest neighbours; nothing is learned.',
    load: async () => (await import('./knn-command.js')).knnCommand,
  },
  {
    name: 'probe',
    description: 'Judges the features of a run by a linear classifier on top of them, which alone learns.',
    load: async () => (await import('./probe-command.js')).probeCommand,
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
    name: 'export',
    description: 'Writes a folder that timm and transformers open, with a model card.',
    load: async () => (await import('./export-command.js')).exportCommand,
  },
  {
    name: 'convert',
    description:
      'Writes the weights of a model under the names of timm, Hugging Face or the official MAE, or ours.',
    load: async () => (await import('./convert-command.js')).convertCommand,
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
    name: 'report',
    description: 'Draws a run, or several side by side, as one HTML page: curves, results, settings.',
    load: async () => (await import('./report-command.js')).reportCommand,
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
