"""The network of deberta.py again, written to be trained as fast as PyTorch 1.13 can; check.py holds one against the other.

What differs from the published code's order of operations, all of it for speed, none of it in the result:
- query, key and value are one product; heads are laid out (heads, batch x length, head size), so that the products with positions are
  one large product a head instead of one small a head and text;
- only the relative positions that a length reaches are projected, and the query's and key's shares of it are two slices of one product;
- while every distance has a bucket of its own (length <= position_buckets / 2) the scores by position are read as a strided view,
  without an index, whose backward is a copy; `gather`, whose backward 1.13 runs on one thread, only beyond;
- no mask where there is no padding;
- dropout compares 16 random bits an element: F.dropout draws one double an element on one thread.
Dropout is where transformers 4.46 has it: embeddings, relative positions in every layer, attention, both outputs, classifier.
"""
import math

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from deberta import relative_buckets


class Linear(nn.Linear):
    """A linear layer as a 1x1 convolution over rows: 1.13 gives convolutions to oneDNN and matrix products to OpenBLAS."""

    convolve = True

    def forward(self, x):
        if not Linear.convolve:
            return super().forward(x)
        rows = x.view(1, -1, 1, x.size(-1)).permute(0, 3, 1, 2)
        result = F.conv2d(rows, self.weight[:, :, None, None], self.bias)
        return result.permute(0, 2, 3, 1).reshape(x.size()[:-1] + (self.weight.size(0),))


class Dropout(nn.Module):
    """Dropout at a multiple of 1/65536 next to the rate; nothing while evaluating."""

    bits = np.random.SFC64(1)

    def __init__(self, rate):
        super().__init__()
        self.threshold = round(rate * 65536)

    def forward(self, x):
        if self.threshold == 0 or not self.training:
            return x
        raw = torch.from_numpy(Dropout.bits.random_raw((x.numel() + 3) // 4).view(np.int16))[: x.numel()]
        kept = (raw >= self.threshold - 32768).to(x.dtype).mul_(65536 / (65536 - self.threshold))
        return x * kept.view(x.shape)


class Attention(nn.Module):
    def __init__(self, shape, dropout):
        super().__init__()
        self.heads = shape.num_attention_heads
        self.width = shape.hidden_size // self.heads
        self.scale = 1 / math.sqrt(3 * self.width)
        self.projection = Linear(shape.hidden_size, 3 * shape.hidden_size)
        self.dropout = Dropout(dropout)
        self.position_dropout = Dropout(dropout)

    def split(self, x, parts):
        """(rows, parts x hidden) to `parts` of (heads, rows, head size)."""
        return x.view(-1, parts, self.heads, self.width).permute(1, 2, 0, 3).contiguous().unbind(0)

    def forward(self, hidden, reach, relative, hidden_keys):
        batch, length, _ = hidden.shape
        query, key, value = self.split(self.projection(hidden), 3)
        relative = self.position_dropout(relative)
        both = 2 * relative.size(-1)
        projected = F.linear(relative, self.projection.weight[:both], self.projection.bias[:both])
        position_query, position_key = self.split(projected, 2)

        by_text = (self.heads * batch, length, -1)
        content_to_position = torch.bmm(query, reach.flipped(position_key).transpose(1, 2))
        position_to_content = torch.bmm(key, position_query.transpose(1, 2))
        bias = reach.columns(content_to_position.view(by_text), -1) + reach.columns(position_to_content.view(by_text), 1).transpose(1, 2)
        query, key, value = query.view(by_text), key.view(by_text), value.view(by_text)
        scores = torch.baddbmm(bias, query, key.transpose(1, 2), beta=self.scale, alpha=self.scale)
        if hidden_keys is not None:
            scores = scores.view(self.heads, batch, length, length).masked_fill(hidden_keys, torch.finfo(scores.dtype).min)
            scores = scores.view(by_text)
        context = torch.bmm(self.dropout(torch.softmax(scores, -1)), value)
        return context.view(self.heads, batch * length, -1).transpose(0, 1).reshape(hidden.shape)


class Reach:
    """The relative positions that texts of one length reach, and how scores by position become scores by pair."""

    def __init__(self, length, shape):
        buckets = relative_buckets(length, shape.position_buckets, shape.max_position_embeddings)[0, 0]
        index = torch.clamp(buckets + shape.position_buckets, 0, 2 * shape.position_buckets - 1)
        self.first = index.min().item()
        self.end = index.max().item() + 1
        self.length = length
        self.linear = self.end - self.first == 2 * length - 1
        self.index = index - self.first

    def flipped(self, projected):
        """The rows in the order in which `columns` of a query's side expects them."""
        return projected.flip(1) if self.linear else projected

    def columns(self, scores, direction):
        """(n, length, reached) to (n, length, length): row i, column j has the score of position i - j (direction -1) or j - i (1)."""
        if self.linear:
            row = 2 * self.length - 1
            return scores.as_strided((scores.size(0), self.length, self.length), (self.length * row, row - 1, 1), self.length - 1)
        index = self.index if direction < 0 else self.index.t()
        return torch.gather(scores, -1, index.expand(scores.size(0), -1, -1))


class Layer(nn.Module):
    def __init__(self, shape, dropout):
        super().__init__()
        self.attention = Attention(shape, dropout)
        self.output = Linear(shape.hidden_size, shape.hidden_size)
        self.output_norm = nn.LayerNorm(shape.hidden_size, shape.layer_norm_eps)
        self.widen = Linear(shape.hidden_size, shape.intermediate_size)
        self.narrow = Linear(shape.intermediate_size, shape.hidden_size)
        self.norm = nn.LayerNorm(shape.hidden_size, shape.layer_norm_eps)
        self.dropout = Dropout(dropout)

    def forward(self, hidden, reach, relative, hidden_keys):
        attended = self.output(self.attention(hidden, reach, relative, hidden_keys))
        attended = self.output_norm(self.dropout(attended) + hidden)
        return self.norm(self.dropout(self.narrow(F.gelu(self.widen(attended)))) + attended)


class TrainingClassifier(nn.Module):
    """input_ids (batch, length) int64, and attention_mask where texts differ in length, to logits (batch, 2)."""

    def __init__(self, shape, dropout):
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(shape.vocab_size, shape.hidden_size, padding_idx=0)
        self.words_norm = nn.LayerNorm(shape.hidden_size, shape.layer_norm_eps)
        self.positions = nn.Embedding(2 * shape.position_buckets, shape.hidden_size)
        self.positions_norm = nn.LayerNorm(shape.hidden_size, shape.layer_norm_eps)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.num_hidden_layers))
        self.pooler = nn.Linear(shape.hidden_size, shape.hidden_size)
        self.classifier = nn.Linear(shape.hidden_size, 2)
        self.dropout = Dropout(dropout)
        self.reaches = {}

    def forward(self, input_ids, attention_mask=None):
        length = input_ids.size(1)
        reach = self.reaches.get(length) or self.reaches.setdefault(length, Reach(length, self.shape))
        hidden = self.words_norm(self.words(input_ids))
        hidden_keys = None
        if attention_mask is not None:
            hidden = hidden * attention_mask[:, :, None]
            hidden_keys = attention_mask[:, None, :] == 0
        hidden = self.dropout(hidden)
        relative = self.positions_norm(self.positions.weight[reach.first:reach.end])
        for layer in self.layers:
            hidden = layer(hidden, reach, relative, hidden_keys)
        return self.classifier(self.dropout(F.gelu(self.pooler(hidden[:, 0]))))

    @classmethod
    def of(cls, model, dropout):
        """The same network as `model`, a deberta.Classifier."""
        copy = cls(model.deberta["encoder"].shape, dropout)
        encoder, embeddings = model.deberta["encoder"], model.deberta["embeddings"]
        pairs = [(copy.words, embeddings.word_embeddings), (copy.words_norm, embeddings.LayerNorm),
                 (copy.positions, encoder.rel_embeddings), (copy.positions_norm, encoder.LayerNorm),
                 (copy.pooler, model.pooler["dense"]), (copy.classifier, model.classifier)]
        for mine, theirs in zip(copy.layers, encoder.layer):
            pairs += [(mine.output, theirs.attention["output"].dense), (mine.output_norm, theirs.attention["output"].LayerNorm),
                      (mine.widen, theirs.intermediate["dense"]), (mine.narrow, theirs.output.dense),
                      (mine.norm, theirs.output.LayerNorm)]
            parts = theirs.attention["self"]
            parts = [parts.query_proj, parts.key_proj, parts.value_proj]
            mine.attention.projection.weight.data = torch.cat([part.weight.data for part in parts])
            mine.attention.projection.bias.data = torch.cat([part.bias.data for part in parts])
        for mine, theirs in pairs:
            mine.load_state_dict(theirs.state_dict())
        return copy.train()
