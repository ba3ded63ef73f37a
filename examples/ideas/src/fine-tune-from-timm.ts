// Fine-tunes a ViT of timm on your own pictures, one folder per class, at another image size than it was trained at:
//   npx --yes pnpm@12.21.0 example examples/ideas/src/fine-tune-from-timm.ts model.safetensors path/to/pictures [image size] [epochs]
// A file is what `timm.create_model('vit_tiny_patch16_224', pretrained=True)` downloads, or safetensors' `save_file` writes.
import { batches, openDataSet } from '@whereabouts/data';
import { classification } from '@whereabouts/layers';
import { openBackend } from '@whereabouts/runtime';
import { adamW, joint, layerDecay, train, warmupCosine } from '@whereabouts/trainer';
import { loadVit, vit } from '@whereabouts/vit';
import { fromTimmVit, toHostTensors } from '@whereabouts/weights';
import { readSafetensors } from '@whereabouts/weights/files';

const [file = 'model.safetensors', folder = 'pictures', size = '224', epochs = '10'] = process.argv.slice(2);
await openBackend();
const { backbone: weights } = fromTimmVit(toHostTensors((await readSafetensors(file)).tensors));

// What the model is made of can be read off the shapes of its tensors; attention heads have 64 channels in timm's ViTs.
const [inputs = 0, channels = 0] = weights['patchEmbedding.weight']?.shape ?? [];
const backbone = vit({
  imageSize: Number(size),
  patchSize: Math.sqrt(inputs / 3),
  channels,
  depth: Object.keys(weights).filter((path) => path.endsWith('.norm1.weight')).length,
  heads: channels / 64,
  dropPath: 0.1,
});
const { missing, unexpected } = loadVit(backbone, weights); // the position encoding is resized
console.log(`Loaded ${file}: ${missing.length} tensors missing, ${unexpected.length} left over.`);

const { dataSet } = await openDataSet(folder);
const { classNames: classes, normalisation } = dataSet;
const options = { batchSize: Math.min(32, dataSet.train.length), imageSize: Number(size), normalisation };
const training = batches(dataSet.train, {
  ...options,
  augmentation: { randAugment: 'rand-m9-mstd0.5-inc1', randomErasing: {} },
  mixing: { classes: classes.length, mixup: 0.8, cutmix: 1 },
});
const objective = joint(backbone, {
  classes: classification({ spec: backbone.spec, classes: classes.length, smoothing: 0.1 }),
});
const steps = Number(epochs) * training.length;
const { best } = await train({
  objective,
  batches: training,
  validation: batches(dataSet.validation, options),
  epochs: Number(epochs),
  // Layers near the input know most already, so they learn slowest.
  optimiser: adamW({ ...objective, learningRateScales: layerDecay(objective, 0.75) }),
  learningRate: warmupCosine({ peak: 5e-4, warmupSteps: Math.floor(steps / 10), steps }),
  best: { metric: 'classes.accuracy', mode: 'max' },
  checkpoints: { folder: 'fine-tuned', resume: true },
});
console.log(`Best: ${(100 * (best?.value ?? 0)).toFixed(1)} %, in fine-tuned/best.safetensors.`);
