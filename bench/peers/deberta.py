"""DeBERTa-v2/v3 sequence classification for PyTorch, written so that its trace has the operators of Hugging Face's own export.

Same order of operations as transformers 4.46: bucketed positions worked out in the graph, relative embeddings normed once a
pass and projected by every layer, three batched products, two gathers over expanded indices, a softmax masked before and after.
Parameter names are those of the published checkpoints.
"""
import json
import math
import struct
from dataclasses import dataclass

import numpy as np
import torch
from torch import nn


@dataclass
class Shape:
    """The numbers of config.json that decide the graph; the defaults are DeBERTa-v3-large."""

    vocab_size: int = 128_100
    hidden_size: int = 1024
    num_hidden_layers: int = 24
    num_attention_heads: int = 16
    intermediate_size: int = 4096
    max_position_embeddings: int = 512
    position_buckets: int = 256
    layer_norm_eps: float = 1e-7

    @classmethod
    def read(cls, path):
        with open(path, encoding="utf-8") as file:
            config = json.load(file)
        return cls(**{name: config[name] for name in cls.__dataclass_fields__})


class MaskedSoftmax(torch.autograd.Function):
    """Softmax over the last axis; a pair whose mask is 0 gets the lowest float before it and 0 after it."""

    @staticmethod
    def forward(ctx, scores, mask):
        hidden = ~mask.to(torch.bool)
        lowest = torch.finfo(scores.dtype).min
        return torch.softmax(scores.masked_fill(hidden, lowest), -1).masked_fill(hidden, 0)

    @staticmethod
    def symbolic(g, scores, mask):
        def constant(value, dtype):
            return g.op("Constant", value_t=torch.tensor(value, dtype=dtype))

        from torch.onnx import TensorProtoDataType as Type

        seen = g.op("Cast", mask, to_i=Type.INT64)
        hidden = g.op("Cast", g.op("Sub", constant(1, torch.int64), seen), to_i=Type.BOOL)
        lowest = constant(torch.finfo(torch.float32).min, torch.float32)
        weights = g.op("Softmax", g.op("Where", hidden, lowest, scores), axis_i=-1)
        return g.op("Where", hidden, constant(0, torch.float32), weights)


def relative_buckets(length, buckets, limit):
    """Bucket of i - j for every pair of `length` positions, shape (1, 1, length, length)."""
    places = torch.arange(0, length)
    distance = places[:, None] - places[None, :]
    middle = buckets // 2
    near = (distance < middle) & (distance > -middle)
    far = torch.where(near, torch.tensor(middle - 1).type_as(distance), torch.abs(distance))
    steps = torch.log(far / middle) / torch.log(torch.tensor((limit - 1) / middle)) * (middle - 1)
    logarithmic = torch.ceil(steps) + middle
    bucket = torch.where(far <= middle, distance.type_as(logarithmic), logarithmic * torch.sign(distance))
    return bucket.to(torch.long)[None, None]


class SelfAttention(nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.heads = shape.num_attention_heads
        self.span = shape.position_buckets
        self.scale = math.sqrt(3 * shape.hidden_size / shape.num_attention_heads)
        self.query_proj = nn.Linear(shape.hidden_size, shape.hidden_size)
        self.key_proj = nn.Linear(shape.hidden_size, shape.hidden_size)
        self.value_proj = nn.Linear(shape.hidden_size, shape.hidden_size)

    def split(self, x):
        """(batch, length, hidden) to (batch * heads, length, head size)."""
        x = x.view(x.size()[:-1] + (self.heads, -1))
        return x.permute(0, 2, 1, 3).contiguous().view(-1, x.size(1), x.size(-1))

    def forward(self, hidden, mask, buckets, relative):
        query = self.split(self.query_proj(hidden))
        key = self.split(self.key_proj(hidden))
        value = self.split(self.value_proj(hidden))
        scale = torch.tensor(self.scale)

        scores = torch.bmm(query, key.transpose(-1, -2) / scale)
        scores = scores + self.position_scores(query, key, buckets, relative, scale)
        scores = scores.view(-1, self.heads, scores.size(-2), scores.size(-1))
        weights = MaskedSoftmax.apply(scores, mask)

        context = torch.bmm(weights.view(-1, weights.size(-2), weights.size(-1)), value)
        context = context.view(-1, self.heads, context.size(-2), context.size(-1)).permute(0, 2, 1, 3).contiguous()
        return context.view(context.size()[:-2] + (-1,))

    def position_scores(self, query, key, buckets, relative, scale):
        batch = query.size(0) // self.heads
        position_query = self.split(self.query_proj(relative[None])).repeat(batch, 1, 1)
        position_key = self.split(self.key_proj(relative[None])).repeat(batch, 1, 1)
        pairs = [query.size(0), query.size(1), buckets.size(-1)]

        content_to_position = torch.bmm(query, position_key.transpose(-1, -2))
        index = torch.clamp(buckets + self.span, 0, self.span * 2 - 1).squeeze(0).expand(pairs)
        score = 0 + torch.gather(content_to_position, -1, index) / scale

        position_to_content = torch.bmm(key, position_query.transpose(-1, -2))
        index = torch.clamp(-buckets + self.span, 0, self.span * 2 - 1).squeeze(0).expand(pairs)
        return score + torch.gather(position_to_content, -1, index).transpose(-1, -2) / scale


class Residual(nn.Module):
    """A projection, added to what went in before and normed."""

    def __init__(self, width, shape):
        super().__init__()
        self.dense = nn.Linear(width, shape.hidden_size)
        self.LayerNorm = nn.LayerNorm(shape.hidden_size, shape.layer_norm_eps)

    def forward(self, x, before):
        return self.LayerNorm(self.dense(x) + before)


class Layer(nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.attention = nn.ModuleDict({"self": SelfAttention(shape), "output": Residual(shape.hidden_size, shape)})
        self.intermediate = nn.ModuleDict({"dense": nn.Linear(shape.hidden_size, shape.intermediate_size)})
        self.output = Residual(shape.intermediate_size, shape)

    def forward(self, hidden, mask, buckets, relative):
        attended = self.attention["output"](self.attention["self"](hidden, mask, buckets, relative), hidden)
        return self.output(nn.functional.gelu(self.intermediate["dense"](attended)), attended)


class Embeddings(nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.word_embeddings = nn.Embedding(shape.vocab_size, shape.hidden_size, padding_idx=0)
        self.LayerNorm = nn.LayerNorm(shape.hidden_size, shape.layer_norm_eps)

    def forward(self, input_ids, mask):
        normed = self.LayerNorm(self.word_embeddings(input_ids))
        return normed * mask.unsqueeze(2).to(normed.dtype)


class Encoder(nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.shape = shape
        self.layer = nn.ModuleList(Layer(shape) for _ in range(shape.num_hidden_layers))
        self.rel_embeddings = nn.Embedding(shape.position_buckets * 2, shape.hidden_size)
        self.LayerNorm = nn.LayerNorm(shape.hidden_size, shape.layer_norm_eps)

    def forward(self, hidden, attention_mask):
        mask = attention_mask.unsqueeze(1).unsqueeze(2)
        mask = mask * mask.squeeze(-2).unsqueeze(-1)
        buckets = relative_buckets(hidden.size(-2), self.shape.position_buckets, self.shape.max_position_embeddings)
        relative = self.LayerNorm(self.rel_embeddings.weight)
        for layer in self.layer:
            hidden = layer(hidden, mask, buckets, relative)
        return hidden


class Classifier(nn.Module):
    """input_ids and attention_mask, both (batch, length) int64, to logits (batch, 2)."""

    def __init__(self, shape):
        super().__init__()
        self.deberta = nn.ModuleDict({"embeddings": Embeddings(shape), "encoder": Encoder(shape)})
        self.pooler = nn.ModuleDict({"dense": nn.Linear(shape.hidden_size, shape.hidden_size)})
        self.classifier = nn.Linear(shape.hidden_size, 2)

    def forward(self, input_ids, attention_mask):
        hidden = self.deberta["encoder"](self.deberta["embeddings"](input_ids, attention_mask), attention_mask)
        return self.classifier(nn.functional.gelu(self.pooler["dense"](hidden[:, 0])))


def random_model(shape, seed=1):
    """Weights from N(0, 0.02), norms at 1 and 0, the same for the same seed."""
    torch.manual_seed(seed)
    with torch.no_grad():
        model = Classifier(shape)
        for module in model.modules():
            if isinstance(module, (nn.Linear, nn.Embedding)):
                module.weight.normal_(0, 0.02)
            if isinstance(module, nn.Linear):
                module.bias.normal_(0, 0.02)
    return model.eval()


def load_model(folder):
    """A model from config.json and a float32 model.safetensors."""
    model = Classifier(Shape.read(f"{folder}/config.json"))
    with open(f"{folder}/model.safetensors", "rb") as file:
        (size,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(size))
        data = file.read()
    header.pop("__metadata__", None)
    weights = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        values = np.frombuffer(data[begin:end], dtype="<f4").reshape(entry["shape"])
        weights[name] = torch.from_numpy(values.copy())
    model.load_state_dict(weights)
    return model.eval()
