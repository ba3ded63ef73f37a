import { usageError } from '../command-line/usage-error.js';

/**
 * Refuses a file of PyTorch, which can run any program while it is read, with the line that converts it.
 *
 * @throws when the name ends in .pt, .pth, .bin or .ckpt
 */
export function refusePickle(file: string): void {
  const [, stem] = /^(.*)\.(?:pth?|bin|ckpt)$/i.exec(file) ?? [];
  if (stem === undefined) return;
  throw usageError(
    `${file} is a file of PyTorch, which is not read here. This line of Python converts it:\n${conversion(file, `${stem}.safetensors`)}`,
  );
}

function conversion(from: string, to: string): string {
  const load = `w = torch.load(${JSON.stringify(from)}, map_location="cpu", weights_only=True)`;
  const unwrap = 'w = w.get("model", w.get("state_dict", w))';
  const save = `save_file({k: v.clone().contiguous() for k, v in w.items() if torch.is_tensor(v)}, ${JSON.stringify(to)})`;
  return `python -c '${['import torch', 'from safetensors.torch import save_file', load, unwrap, save].join('; ')}'`;
}
