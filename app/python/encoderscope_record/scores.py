# SPDX-License-Identifier: GPL-3.0-or-later
"""Which scores made a model's attention weights, as far as the recorded numbers say."""
import math

import torch
from torch import nn

from . import distributed
from .layers import leaf, of_cross_attention

# Softmax of the scores is so close to the weights that the model used. Other scores are further away even where weights
# are still initial ones.
TOLERANCE = 1e-5
# Of tables of position biases: those that the file of a trace may have.
LEAST_BUCKETS, MOST_BUCKETS = 4, 511


def relative_tables(model):
    """The tables of position biases as T5 and MPNet have them, [buckets x heads] each: one, which all layers share, or one
    for each layer, in their order; none where they have several shapes or are not in memory."""
    tables = [distributed.whole(module.weight.detach()) for name, module in model.named_modules()
              if leaf(name) == "relative_attention_bias" and isinstance(module, nn.Embedding)
              and not of_cross_attention(name)]
    alike = len({table.shape for table in tables}) == 1
    return tables if alike and not any(table.is_meta for table in tables) else []


def relative_rows(n, buckets, greatest):
    """The row of such a table for query i and key j [n x n]: half of the buckets for each direction, half of those for a
    distance each; the others share, logarithmically up to `greatest` ("Exploring the Limits of Transfer Learning with a
    Unified Text-to-Text Transformer", section 2.1)."""
    place = torch.arange(n)
    ahead = place[None] - place[:, None]  # of the key
    half, away = buckets // 2, ahead.abs()
    exact = half // 2
    grown = torch.log(away.clamp(min=1).float() / exact) / math.log(greatest / exact) * (half - exact)
    row = torch.where(away < exact, away, (exact + grown.long()).clamp(max=half - 1))
    return row + half * (ahead > 0)


class Scores:
    """q·k, divided by √d_k or not, with a table of position biases or without: what of this gives the weights of all layers."""

    def __init__(self, model, n):
        self.n = n
        self.tables = relative_tables(model)
        greatest = getattr(getattr(model, "config", None), "relative_attention_max_distance", None)
        self.greatest = greatest if isinstance(greatest, int) and greatest > 0 else 128  # as those of T5 and MPNet
        self.agreeing = []  # of each layer: the pairs (divided, biased) that agree

    def add(self, query, key, weights, heads):
        """The next layer: [n x heads · d_k] twice, and [heads x n x n]; None where something is not there."""
        agreeing = set()
        if query is not None and key is not None and weights is not None:
            d_k = query.shape[1] // heads
            query, key = (one.float().reshape(self.n, heads, d_k).transpose(0, 1).to(weights.device)
                          for one in (query, key))
            products = query @ key.transpose(1, 2)
            bias = self.bias(len(self.agreeing), heads)
            for divided in (True, False):
                scores = products / math.sqrt(d_k) if divided else products
                for biased in (False, True) if bias is not None else (False,):
                    found = torch.softmax(scores + bias.to(scores.device) if biased else scores, dim=-1)
                    if float((found - weights).abs().max()) <= TOLERANCE:
                        agreeing.add((divided, biased))
        self.agreeing.append(agreeing)

    def bias(self, layer, heads):
        """[heads x n x n], or None."""
        if not self.tables:
            return None
        table = self.tables[0 if len(self.tables) == 1 else min(layer, len(self.tables) - 1)].float()
        buckets = table.shape[0]
        if table.shape[1] != heads or not LEAST_BUCKETS <= buckets <= MOST_BUCKETS or self.greatest <= buckets // 4:
            return None
        return table[relative_rows(self.n, buckets, self.greatest).to(table.device)].permute(2, 0, 1)

    def said(self):
        """What the file's configuration says of them, and the tables one below the other; None, None where nothing is
        known, or where divided and undivided scores agree alike (as with a single token)."""
        common = set.intersection(*self.agreeing) if self.agreeing else set()
        if len({divided for divided, _ in common}) != 1:
            return None, None
        divided = next(iter(common))[0]
        said = {} if divided else {"divides_scores": False}
        if (divided, False) in common:
            return said, None
        several = len(self.tables) > 1
        if several and len(self.tables) != len(self.agreeing):
            return None, None
        said.update(relative_buckets=self.tables[0].shape[0], relative_greatest=self.greatest)
        if several:
            said["relative_bias_by_layer"] = True
        return said, torch.cat([table.float() for table in self.tables])
