"""One training step in PyTorch, as timm's `train.py` does it."""

import torch
from position_heads import AbsolutePositions, RelativePositions
from safetensors.torch import load_file
from timm_models import patch_tokens, timm_model
from torch import nn
from torch.nn.functional import cross_entropy

HEADS = {
    "none": {},
    "absolute": {"absolute": AbsolutePositions},
    "relative": {"relative": RelativePositions},
    "both": {"absolute": AbsolutePositions, "relative": RelativePositions},
}


class Objective(nn.Module):
    """Images and classes in, the sum of all losses out."""

    def __init__(self, model, labels):
        super().__init__()
        self.model = model
        self.backbone = timm_model(model)
        self.heads = nn.ModuleDict()
        if model["architecture"] == "mae":
            if labels != "none":
                raise ValueError("position labels on a masked autoencoder are not written here")
            return
        channels, side = self.backbone.num_features, model["imageSize"] // model["patchSize"]
        if model["architecture"] == "swin":
            side //= 8  # three mergings
        self.heads = nn.ModuleDict({name: head(channels, side) for name, head in HEADS[labels].items()})

    def forward(self, images, classes):
        if self.model["architecture"] == "mae":
            return self.backbone(images)
        features = self.backbone.forward_features(images)
        loss = cross_entropy(self.backbone.forward_head(features), classes)
        for head in self.heads.values():
            loss = loss + head(patch_tokens(self.model, features))
        return loss


def training_step(setting, labels, start, precision, compiled):
    """Loads the common start; returns a function that does one step and reads its loss."""
    torch.set_num_threads(setting["threads"])
    device = "cuda" if setting["device"] == "gpu" else "cpu"
    tensors = load_file(start)
    objective = Objective(setting["model"], labels)
    _load(objective, tensors)
    objective.to(device)
    tensors = {name: tensors[name].to(device) for name in ("images", "classes")}
    images = tensors["images"].permute(0, 3, 1, 2).contiguous()  # [batch, channels, height, width]
    classes = tensors["classes"].long()

    rates = setting["training"]
    groups = _groups(objective, rates["weightDecay"])
    optimiser = torch.optim.AdamW(groups, lr=rates["learningRate"], fused=True)  # its fastest
    forward = torch.compile(objective) if compiled else objective

    def step():
        with torch.autocast(device, torch.bfloat16, enabled=precision == "bf16"):
            loss = forward(images, classes)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(objective.parameters(), rates["clipNorm"])
        optimiser.step()
        return loss.item()

    return step


def _groups(objective, weight_decay):
    names = objective.backbone.no_weight_decay()
    undecayed = {id(value) for name, value in objective.backbone.named_parameters() if name in names}
    spared = [value for value in objective.parameters() if value.ndim < 2 or id(value) in undecayed]
    spared_ids = {id(value) for value in spared}
    decayed = [value for value in objective.parameters() if id(value) not in spared_ids]
    return [{"params": decayed, "weight_decay": weight_decay}, {"params": spared, "weight_decay": 0.0}]


@torch.no_grad()
def _load(objective, tensors):
    timm = {name.removeprefix("timm."): value for name, value in tensors.items() if name.startswith("timm.")}
    objective.backbone.load_state_dict(timm)
    for head, module in objective.heads.items():
        for name, value in module.mlp.named_parameters():
            ours = tensors[f"ours.heads.{head}.{name}"]
            value.copy_(ours.T if ours.ndim == 2 else ours)  # [inputs, outputs] in ours
