import type { TrainingConfig } from '../settings/training-config.js';
import { statedText } from './stated-text.js';

/** What a card tells. */
export interface CardFacts {
  /** What the folder is called. */
  readonly name: string;
  readonly config: TrainingConfig;
  readonly classes: readonly string[];
  /** Pictures per split. */
  readonly pictures: Readonly<Record<string, number>>;
  readonly step: number;
  /** Of the last evaluation, by name. */
  readonly evaluation: Readonly<Record<string, number>>;
  /** Heads that were left out. */
  readonly dropped: readonly string[];
}

/** The model card of an exported folder, in Markdown with the front matter that hubs read. */
export function modelCard(facts: CardFacts): string {
  const { name, config, classes, pictures, step, evaluation, dropped } = facts;
  const { imageSize } = config.data;
  const heads = classes.length === 0 ? 'num_classes=0' : 'pretrained=True';
  const numbers = Object.entries(evaluation).filter(([metric]) => metric.endsWith('accuracy'));
  return `---
library_name: timm
tags:
${classes.length === 0 ? '- image-feature-extraction' : '- image-classification'}
- timm
- transformers
- whereabouts
---

# ${name}

${statedText(config)}, trained for ${config.training.epochs} epochs (${step} steps) on ${pictures.train ?? 0} pictures of ${imageSize} x ${imageSize} px${classes.length === 0 ? '' : ` in ${classes.length} classes: ${classes.join(', ')}`}.

${numbers.length === 0 ? '' : `On ${pictures.validation ?? 0} validation pictures: ${numbers.map(([metric, value]) => `${metric} ${(100 * value).toFixed(1)} %`).join(', ')}.\n`}${dropped.length === 0 ? '' : `\nHeads that were only needed for training are not here: ${dropped.join(', ')}.\n`}
## Use

In timm:

\`\`\`python
import timm

model = timm.create_model("local-dir:path/to/this/folder", ${heads === 'pretrained=True' ? heads : `pretrained=True, ${heads}`}).eval()
transform = timm.data.create_transform(**timm.data.resolve_model_data_config(model))
\`\`\`

In transformers, which needs timm too:

\`\`\`python
from transformers import AutoImageProcessor, ${classes.length === 0 ? 'AutoModel' : 'AutoModelForImageClassification'}

model = ${classes.length === 0 ? 'AutoModel' : 'AutoModelForImageClassification'}.from_pretrained("path/to/this/folder")
processor = AutoImageProcessor.from_pretrained("path/to/this/folder")
\`\`\`

In [Whereabouts](https://www.npmjs.com/package/whereabouts), to train on from it:

\`\`\`sh
npx whereabouts finetune --from path/to/this/folder --data pictures ${modelFlags(config)}
\`\`\`
`;
}

/** The flags that make a model of this shape. */
function modelFlags({ data, model }: TrainingConfig): string {
  const depth = model.depths.length > 0 ? `--depths ${model.depths.join(',')}` : `--depth ${model.depth}`;
  const family = model.depths.length > 0 ? `swin --window-size ${model.windowSize}` : 'vit';
  const encoding =
    model.depths.length > 0
      ? ''
      : ` --position-encoding ${model.positionEncoding} --pooling ${model.pooling}`;
  return `--model ${family} --img-size ${data.imageSize} --patch-size ${model.patchSize} --channels ${model.channels} ${depth} --heads ${model.heads}${encoding}`;
}
