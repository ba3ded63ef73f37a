"""A masked autoencoder with the official code's shape of the step, of timm's blocks."""

from functools import partial

import numpy
import torch
from torch import nn


class MaskedAutoencoder(nn.Module):
    """Images in, the loss on normalised pixels of the hidden patches out; names as in the official code."""

    def __init__(self, image_size, patch_size, channels, depth, heads, decoder, keep_ratio):
        super().__init__()
        from timm.layers import PatchEmbed
        from timm.models.vision_transformer import Block

        norm = partial(nn.LayerNorm, eps=1e-6)
        block = partial(Block, mlp_ratio=4, qkv_bias=True, norm_layer=norm)
        side, wide = image_size // patch_size, decoder["channels"]
        self.patch_size, self.kept = patch_size, int(side * side * keep_ratio)
        self.patch_embed = PatchEmbed(image_size, patch_size, 3, channels)
        self.cls_token = nn.Parameter(torch.zeros(1, 1, channels))
        self.blocks = nn.ModuleList(block(channels, heads) for _ in range(depth))
        self.norm = norm(channels)
        self.decoder_embed = nn.Linear(channels, wide)
        self.mask_token = nn.Parameter(torch.zeros(1, 1, wide))
        self.decoder_blocks = nn.ModuleList(block(wide, decoder["heads"]) for _ in range(decoder["depth"]))
        self.decoder_norm = norm(wide)
        self.decoder_pred = nn.Linear(wide, patch_size**2 * 3)
        for name, width in (("pos_embed", channels), ("decoder_pos_embed", wide)):
            self.register_buffer(name, _sine_cosine(side, width), persistent=False)

    def no_weight_decay(self):
        return {"cls_token", "mask_token"}

    def forward(self, images):
        tokens = self.patch_embed(images) + self.pos_embed[:, 1:]  # [batch, length, channels]
        batch, length, channels = tokens.shape
        noise = torch.rand(batch, length, device=tokens.device)
        shuffled = torch.argsort(noise, dim=1)
        restore = torch.argsort(shuffled, dim=1)
        kept = shuffled[:, : self.kept]
        tokens = torch.gather(tokens, 1, kept[..., None].repeat(1, 1, channels))  # [batch, kept, channels]
        mask = torch.ones(batch, length, device=tokens.device)
        mask[:, : self.kept] = 0
        mask = torch.gather(mask, 1, restore)  # 1 = hidden

        first = (self.cls_token + self.pos_embed[:, :1]).expand(batch, -1, -1)
        tokens = torch.cat((first, tokens), 1)
        for block in self.blocks:
            tokens = block(tokens)
        tokens = self.decoder_embed(self.norm(tokens))  # [batch, 1 + kept, wide]
        hidden = self.mask_token.repeat(batch, length - self.kept, 1)
        whole = torch.cat((tokens[:, 1:], hidden), 1)
        whole = torch.gather(whole, 1, restore[..., None].repeat(1, 1, whole.shape[2]))  # [batch, length, wide]
        whole = torch.cat((tokens[:, :1], whole), 1) + self.decoder_pos_embed
        for block in self.decoder_blocks:
            whole = block(whole)
        painted = self.decoder_pred(self.decoder_norm(whole))[:, 1:]  # [batch, length, pixels]

        target = self._patches(images)
        target = (target - target.mean(-1, keepdim=True)) / (target.var(-1, keepdim=True) + 1e-6) ** 0.5
        error = ((painted - target) ** 2).mean(-1)
        return (error * mask).sum() / mask.sum()

    def _patches(self, images):
        size, side = self.patch_size, images.shape[2] // self.patch_size
        patches = images.reshape(images.shape[0], 3, side, size, side, size)
        return torch.einsum("nchpwq->nhwpqc", patches).reshape(images.shape[0], side * side, size * size * 3)


def _sine_cosine(side, channels):
    omega = 1.0 / 10000 ** (numpy.arange(channels // 4) / (channels / 4))
    across, down = numpy.meshgrid(numpy.arange(side), numpy.arange(side))
    halves = [numpy.outer(place.ravel(), omega) for place in (across, down)]
    table = numpy.concatenate([part for half in halves for part in (numpy.sin(half), numpy.cos(half))], 1)
    return torch.from_numpy(numpy.concatenate([numpy.zeros((1, channels)), table])).float()[None]
