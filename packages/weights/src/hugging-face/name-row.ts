/**
 * One kind of variable: what Hugging Face's `transformers` calls it, and what timm does. `{layer}`, `{stage}` and `{block}` stand
 * for numbers. `{part}` stands for `query`, `key` and `value`: three tensors there, one above the other in timm's `qkv`.
 */
export interface NameRow {
  readonly theirs: string;
  readonly timm: string;
}

/** The two variables of a linear layer or of a norm. */
export function weightAndBias(theirs: string, timm: string): NameRow[] {
  return ['weight', 'bias'].map((kind) => ({ theirs: `${theirs}.${kind}`, timm: `${timm}.${kind}` }));
}

/** The four linear layers and two norms of a block of ViT, whose names are the same in all of their models. */
export function blockRows(theirs: string, timm: string): NameRow[] {
  return [
    ...weightAndBias(`${theirs}.layernorm_before`, `${timm}.norm1`),
    ...weightAndBias(`${theirs}.attention.attention.{part}`, `${timm}.attn.qkv`),
    ...weightAndBias(`${theirs}.attention.output.dense`, `${timm}.attn.proj`),
    ...weightAndBias(`${theirs}.layernorm_after`, `${timm}.norm2`),
    ...weightAndBias(`${theirs}.intermediate.dense`, `${timm}.mlp.fc1`),
    ...weightAndBias(`${theirs}.output.dense`, `${timm}.mlp.fc2`),
  ];
}
