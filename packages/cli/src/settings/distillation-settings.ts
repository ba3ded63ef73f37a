import { resolve } from 'node:path';
import { choice, positive, probability, text } from './setting-kinds.js';

/** What is learned from a teacher. */
export const distillationSettings = {
  teacher: text({
    flag: 'teacher-path',
    default: 'none',
    expected: 'none, a run folder, a checkpoint, or a safetensors file of a ViT of timm',
    description:
      'a model of the same classes to learn from as well: a run folder (its best), a checkpoint, or a safetensors file of a ViT or DeiT of timm',
    absolute: (path, folder) => (path === 'none' ? path : resolve(folder, path)),
  }),
  type: choice(['hard', 'soft'], {
    flag: 'distillation-type',
    default: 'hard',
    description: "hard: the teacher's likeliest class is a label; soft: its probabilities are",
  }),
  share: probability({
    flag: 'distillation-alpha',
    default: 0.5,
    unit: 'share',
    description: 'how much the teacher counts; the labels have the rest. DeiT: 0.5 hard, 0.1 soft',
  }),
  temperature: positive({
    flag: 'distillation-tau',
    default: 3,
    description: 'of soft distillation: how much probabilities are softened',
  }),
} as const;
