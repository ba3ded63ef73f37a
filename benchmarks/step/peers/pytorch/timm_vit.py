"""timm's VisionTransformer, also where torchvision is not installed."""

import importlib.util
import sys
import types
from pathlib import Path


def vision_transformer(**options):
    """A `timm.models.vision_transformer.VisionTransformer`."""
    stubs = [] if importlib.util.find_spec("torchvision") else _stub_torchvision()
    from timm.models.vision_transformer import VisionTransformer

    for name in stubs:
        del sys.modules[name]  # nobody else shall take them for real
    return VisionTransformer(**options)


# torchvision has no build for every build of torch, and a ViT needs nothing of it: while timm is imported, its layers
# want the class FrozenBatchNorm2d, and its models want constants of `timm.data`, a package that imports all transforms.
def _stub_torchvision():
    for name in ("torchvision", "torchvision.ops", "torchvision.ops.misc"):
        sys.modules[name] = types.ModuleType(name)
    sys.modules["torchvision.ops.misc"].FrozenBatchNorm2d = type("FrozenBatchNorm2d", (), {})

    folder = Path(importlib.util.find_spec("timm").origin).parent / "data"
    spec = importlib.util.spec_from_file_location("timm.data", folder / "constants.py")
    sys.modules["timm.data"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules["timm.data"])
    return ["torchvision", "torchvision.ops", "torchvision.ops.misc", "timm.data"]
