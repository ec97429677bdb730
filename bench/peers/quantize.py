"""Dynamic int8 quantisation of an ONNX file, equal in effect to quantize_dynamic of ONNX Runtime, and its rehearsal in PyTorch."""
import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper
from torch import nn


def quantize(source, target, per_channel=False):
    """Rewrites products with a constant right side, and table look-ups; returns how many of each."""
    graph_file = onnx.load(source)
    graph = graph_file.graph
    weights = {tensor.name: tensor for tensor in graph.initializer}
    writer = _Writer(weights, per_channel)
    nodes = list(graph.node)
    del graph.node[:]
    for node in nodes:
        kind = node.op_type
        if kind == "MatMul" and node.input[1] in weights:
            graph.node.extend(writer.product(node))
        elif kind == "Gather" and node.input[0] in weights and len(weights[node.input[0]].dims) == 2:
            graph.node.extend(writer.look_up(node))
        else:
            graph.node.append(node)

    used = {name for node in graph.node for name in node.input}
    kept = [tensor for tensor in graph.initializer if tensor.name in used]
    del graph.initializer[:]
    graph.initializer.extend(kept + writer.made)
    onnx.save(graph_file, target)
    return writer.counts


class _Writer:
    def __init__(self, weights, per_channel):
        self.weights = weights
        self.per_channel = per_channel
        self.made = []
        self.counts = {"products": 0, "tables": 0}
        self._quantised = {}
        self._activations = {}

    def product(self, node):
        """DynamicQuantizeLinear (once an activation), MatMulInteger, Cast, and the product of both scales."""
        self.counts["products"] += 1
        x, out = node.input[0], node.output[0]
        weight, scale, zero = self._weight(node.input[1], self.per_channel)
        nodes = []
        if x not in self._activations:
            self._activations[x] = [f"{x}_{part}" for part in ("quantized", "scale", "zero_point")]
            nodes.append(helper.make_node("DynamicQuantizeLinear", [x], self._activations[x], f"{x}_QuantizeLinear"))
        x_quantised, x_scale, x_zero = self._activations[x]
        integers, floats, scales = f"{out}_integer", f"{out}_float", f"{out}_scales"
        return nodes + [
            helper.make_node("MatMulInteger", [x_quantised, weight, x_zero, zero], [integers], f"{node.name}_quant"),
            helper.make_node("Cast", [integers], [floats], f"{node.name}_cast", to=onnx.TensorProto.FLOAT),
            helper.make_node("Mul", [x_scale, scale], [scales], f"{node.name}_scales"),
            helper.make_node("Mul", [floats, scales], [out], f"{node.name}_scaled"),
        ]

    def look_up(self, node):
        """Gather over int8, then DequantizeLinear."""
        self.counts["tables"] += 1
        table, scale, zero = self._weight(node.input[0], False)
        rows = f"{node.output[0]}_quantized"
        gather = helper.make_node("Gather", [table, node.input[1]], [rows], f"{node.name}_quant")
        gather.attribute.extend(node.attribute)
        return [gather, helper.make_node("DequantizeLinear", [rows, scale, zero], [node.output[0]])]

    def _weight(self, name, per_channel):
        if name not in self._quantised:
            values = numpy_helper.to_array(self.weights[name])
            largest = np.abs(values).max(axis=0 if per_channel else None)
            scale = (np.maximum(largest, 1e-30) / 127).astype(np.float32)
            rounded = np.clip(np.rint(values / scale), -127, 127).astype(np.int8)
            parts = {"quantized": rounded, "scale": scale, "zero_point": np.zeros_like(scale, dtype=np.int8)}
            self.made += [numpy_helper.from_array(np.asarray(part), f"{name}_{key}") for key, part in parts.items()]
            self._quantised[name] = [f"{name}_{key}" for key in parts]
        return self._quantised[name]


def rehearse(model, per_channel=False):
    """Rounds a Classifier in place as the int8 file does, in float arithmetic: what the file must answer.

    The projections of the position table stay float32: the export shares their weights through an Identity, so neither
    quantize_dynamic nor quantize sees a constant there, and ONNX Runtime works them out once, when it loads the file.
    """
    deberta = model.deberta
    table = deberta["embeddings"].word_embeddings.weight.data
    table.copy_(_rounded_weight(table, False))
    for linear in deberta["encoder"].layer.modules():
        if isinstance(linear, nn.Linear):
            linear.forward = _rounded_forward(linear, per_channel, deberta["encoder"].rel_embeddings.num_embeddings)


def _rounded_forward(linear, per_channel, positions):
    rounded = _rounded_weight(linear.weight.data, per_channel)

    def forward(x):
        weight, x = (linear.weight, x) if x.size(-2) == positions else (rounded, _rounded_activation(x))
        return nn.functional.linear(x, weight, linear.bias)

    return forward


def _rounded_weight(weight, per_channel):
    scale = weight.abs().amax(1, keepdim=True) / 127 if per_channel else weight.abs().max() / 127
    return torch.clamp(torch.round(weight / scale), -127, 127) * scale


def _rounded_activation(x):
    lowest, highest = x.min().clamp(max=0), x.max().clamp(min=0)
    scale = (highest - lowest) / 255
    zero = torch.clamp(torch.round(-lowest / scale), 0, 255)
    return (torch.clamp(torch.round(x / scale) + zero, 0, 255) - zero) * scale
