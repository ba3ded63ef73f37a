"""PyTorch's data path as timm sets it up: PIL, timm's training transform, DataLoader, timm's Mixup. Prints one JSON object.

python timm_loader.py '{"files": [...], "images": 1280, "warmup": 128, "batch": 64, "size": 224, "workers": 2, "full": true}'"""

import json
import os
import resource
import sys
import time

try:
    import PIL
    import timm
    import torch
    import torchvision
    from PIL import Image, ImageOps
    from timm.data import Mixup, create_transform
except ImportError as missing:
    print(json.dumps({'unavailable': f'{missing} in {sys.executable}'}))
    sys.exit()

# timm 1.0.29 asks for 0 bits now and then, which Pillow 13 refuses.
posterize = ImageOps.posterize
ImageOps.posterize = lambda image, bits: posterize(image, max(1, bits))

task = json.loads(sys.argv[1])
files, batch, classes = task['files'], task['batch'], 10
augmented = {'auto_augment': 'rand-m9-mstd0.5-inc1', 're_prob': 0.25, 're_mode': 'pixel'} if task['full'] else {}
transform = create_transform(task['size'], is_training=True, interpolation='random', color_jitter=None, **augmented)
mixup = Mixup(mixup_alpha=0.8, cutmix_alpha=1.0, num_classes=classes) if task['full'] else None


class Photographs(torch.utils.data.Dataset):
    def __len__(self):
        return task['images'] + task['warmup']

    def __getitem__(self, index):
        return transform(Image.open(files[index % len(files)]).convert('RGB')), index % classes


def cpu_seconds():
    """Of this process and of workers that have ended."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


if __name__ == '__main__':
    loader = torch.utils.data.DataLoader(Photographs(), batch_size=batch, shuffle=True, drop_last=True, num_workers=task['workers'])
    asked, seen = time.perf_counter(), 0
    for images, labels in loader:
        if mixup:
            images, labels = mixup(images, labels)
        seen += len(images)
        if seen == batch:
            first = time.perf_counter() - asked
        if seen == task['warmup']:
            started = time.perf_counter()
    seconds = time.perf_counter() - started
    engine = f'torchvision {torchvision.__version__}, timm {timm.__version__}, Pillow {PIL.__version__}'
    print(json.dumps({
        'engine': engine,
        'imagesPerSecond': (seen - task['warmup']) / seconds,
        'cpuMilliseconds': cpu_seconds() * 1000 / seen,
        'firstBatch': first * 1000,
    }))
