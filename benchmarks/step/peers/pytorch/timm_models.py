"""timm's VisionTransformer and SwinTransformer, also where torchvision is not installed."""

import importlib.util
import sys
import types
from pathlib import Path


def timm_model(model):
    """The backbone with its classifier that a setting asks for."""
    stubs = [] if importlib.util.find_spec("torchvision") else _stub_torchvision()
    from timm.models.swin_transformer import SwinTransformer
    from timm.models.vision_transformer import VisionTransformer

    from masked_autoencoder import MaskedAutoencoder

    if model["architecture"] == "mae":
        sizes = [model[name] for name in ("imageSize", "patchSize", "channels", "depth", "heads")]
        made = MaskedAutoencoder(*sizes, model["decoder"], 0.25)
    for name in stubs:
        del sys.modules[name]  # nobody else shall take them for real
    if model["architecture"] == "mae":
        return made
    common = {
        "img_size": model["imageSize"],
        "patch_size": model["patchSize"],
        "embed_dim": model["channels"],
        "num_classes": model["classes"],
    }
    if model["architecture"] == "vit":
        return VisionTransformer(**common, depth=model["depth"], num_heads=model["heads"])
    heads = [model["heads"] * 2**stage for stage in range(3)]
    depths = [2, 2, model["depth"]]
    return SwinTransformer(**common, window_size=7, depths=depths, num_heads=heads, drop_path_rate=0.0)


def patch_tokens(model, features):
    """`[batch, positions, channels]` of what `forward_features` gives."""
    return features[:, 1:] if model["architecture"] == "vit" else features.flatten(1, 2)


# torchvision has no build for every build of torch, and these models need nothing of it: while timm is imported, its
# layers want the class FrozenBatchNorm2d, and its models want constants of `timm.data`, a package that imports all
# transforms.
def _stub_torchvision():
    for name in ("torchvision", "torchvision.ops", "torchvision.ops.misc"):
        sys.modules[name] = types.ModuleType(name)
    sys.modules["torchvision.ops.misc"].FrozenBatchNorm2d = type("FrozenBatchNorm2d", (), {})

    folder = Path(importlib.util.find_spec("timm").origin).parent / "data"
    spec = importlib.util.spec_from_file_location("timm.data", folder / "constants.py")
    sys.modules["timm.data"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules["timm.data"])
    return ["torchvision", "torchvision.ops", "torchvision.ops.misc", "timm.data"]
