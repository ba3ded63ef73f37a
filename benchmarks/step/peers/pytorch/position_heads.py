"""The position labels of Zhang & Gong (AAAI 2023) as one would write them from the paper: every pair's logits at once."""

from collections import OrderedDict

import torch
from torch import nn
from torch.nn.functional import cross_entropy


def _mlp(inputs, first, second, classes):
    return nn.Sequential(
        OrderedDict(
            hidden=nn.Linear(inputs, first),
            activation=nn.GELU(),
            feature=nn.Linear(first, second),
            classes=nn.Linear(second, classes),
        )
    )


class AbsolutePositions(nn.Module):
    def __init__(self, channels, side):
        super().__init__()
        self.half = channels // 2
        self.mlp = _mlp(self.half, self.half, channels // 4, side**2)
        self.register_buffer("labels", torch.arange(side**2))

    def forward(self, tokens):  # [batch, positions, channels]
        logits = self.mlp(tokens[..., : self.half])  # [batch, positions, positions]
        return cross_entropy(logits.flatten(0, 1), self.labels.repeat(len(tokens)))


class RelativePositions(nn.Module):
    def __init__(self, channels, side):
        super().__init__()
        self.half = channels // 2
        self.mlp = _mlp(channels, self.half, self.half, (2 * side - 1) ** 2)
        rows, columns = torch.arange(side**2) // side, torch.arange(side**2) % side
        down, right = rows[:, None] - rows[None, :], columns[:, None] - columns[None, :]
        self.register_buffer("labels", ((down + side - 1) * (2 * side - 1) + right + side - 1).flatten())

    def forward(self, tokens):  # [batch, positions, channels]
        length = tokens.shape[1]
        queries = tokens[:, :, None, : self.half].expand(-1, -1, length, -1)
        keys = tokens[:, None, :, -self.half :].expand(-1, length, -1, -1)
        logits = self.mlp(torch.cat([queries, keys], -1))  # [batch, positions, positions, offsets]
        return cross_entropy(logits.flatten(0, 2), self.labels.repeat(len(tokens)))
