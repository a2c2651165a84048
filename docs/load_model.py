#!/usr/bin/python3
"""Loads what `polyphony export model ID --to DIR` writes as plain PyTorch modules: one for each (sub)network, or the
one network of a MIMO student, which answers for all of its members.

    networks = load("DIR/student.safetensors")
    logits = torch.cat([network(images) for network in networks])  # [M, N, K]; images: [N, C, H, W], pixels in [0, 1]

Needs PyTorch and NumPy. As a program it writes the logits [M, N, K] of the images in a .npy file:
load_model.py MODEL.safetensors IMAGES.npy LOGITS.npy
"""
import json
import sys

import numpy as np
import torch
import torch.nn.functional as F


class Network(torch.nn.Module):
    """Logits [1, N, K] of subnetwork m, or [M, N, K] of a MIMO network, whose members all see the same images."""

    def __init__(self, architecture, tensors, m):
        super().__init__()
        self.a, self.t = architecture, torch.nn.ParameterDict()
        self.wide = architecture.get("family", "RESNET") == "WIDE_RESNET"  # files of a ResNet do not name their family
        self.heads = architecture["members"] if architecture["kind"] == "MIMO" else 1
        for name, tensor in tensors.items():
            layer, _, kind = name.rpartition(".")
            if kind == "weight" and layer + ".r" in tensors:  # BatchEnsemble: folded in, W * (s_m r_m^T)
                factors = torch.outer(tensors[layer + ".s"][m], tensors[layer + ".r"][m])
                tensor = tensor * factors.reshape(factors.shape + (1,) * (tensor.dim() - 2))
            if kind == "bias" and tensor.dim() == 2:
                tensor = tensor[m]
            if kind not in "rs":
                self.t[name.replace(".", "_")] = torch.nn.Parameter(tensor, kind not in ("mean", "variance"))

    def conv(self, x, name, stride=1):
        kernels = self.t[name + "_weight"]
        return F.conv2d(x, kernels, stride=stride, padding=kernels.shape[-1] // 2)

    def norm(self, x, name):
        return F.batch_norm(x, *(self.t[name + "_" + part] for part in ("mean", "variance", "gamma", "beta")))

    def block(self, x, name, stride):
        h = F.relu(self.norm(self.conv(x, name + "conv1", stride), name + "bn1"))
        h = self.norm(self.conv(h, name + "conv2"), name + "bn2")
        return F.relu(h + F.pad(x[:, :, ::stride, ::stride], (0, 0, 0, 0, 0, h.shape[1] - x.shape[1])))

    def pre_activation_block(self, x, name, stride):
        h = self.conv(F.relu(self.norm(x, name + "bn1")), name + "conv1", stride)
        h = self.conv(F.relu(self.norm(h, name + "bn2")), name + "conv2")
        return h + (self.conv(x, name + "projection", stride) if name + "projection_weight" in self.t else x)

    def forward(self, images):
        mean, deviation = (torch.tensor(self.a["input"][k]).view(-1, 1, 1) for k in ("mean", "standardDeviation"))
        x = self.conv(((images - mean) / deviation).repeat(1, self.heads, 1, 1), "stem", self.a["stemStride"])
        x = x if self.wide else F.relu(self.norm(x, "stem_bn"))
        for stage in range(3):
            for i in range(self.a["depth"] // 6):  # depths are 6n+2, and 6n+4 of wide networks
                block = self.pre_activation_block if self.wide else self.block
                x = block(x, f"stage{stage + 1}_block{i}_", 2 if stage and not i else 1)
        x = F.relu(self.norm(x, "final_bn")) if self.wide else x
        logits = F.linear(x.mean((2, 3)), self.t["head_weight"], self.t["head_bias"])
        return torch.stack(logits.chunk(self.heads, 1))


def load(path):
    with open(path, "rb") as file:
        content = file.read()
    try:
        start = 8 + int.from_bytes(content[:8], "little")
        header, data = json.loads(content[8:start]), content[start:]
        architecture = json.loads(header.pop("__metadata__")["architecture"])
        tensors = {
            name: torch.from_numpy(np.frombuffer(data[slice(*t["data_offsets"])], "<f4").reshape(t["shape"]).copy())
            for name, t in header.items()
        }
    except (ValueError, TypeError, LookupError):
        raise ValueError(f"{path} is not a whole model that polyphony exported") from None
    kind, family = architecture["kind"], architecture.get("family", "RESNET")
    if kind not in ("PLAIN", "BATCH_ENSEMBLE", "MIMO") or family not in ("RESNET", "WIDE_RESNET"):
        raise ValueError(f"{path} has a network that this script does not know: {kind} of {family}")
    return [Network(architecture, tensors, m) for m in range(1 if kind == "MIMO" else architecture["members"])]


def main(model, images, logits):
    networks, pixels = load(model), torch.from_numpy(np.load(images))
    shape = [networks[0].a["input"][k] for k in ("channels", "height", "width")]
    if pixels.dtype != torch.float32 or list(pixels.shape[1:]) != shape:
        expected = "[N, {}, {}, {}]".format(*shape)
        raise ValueError(f"{images} has {pixels.dtype} {list(pixels.shape)}, expected torch.float32 {expected}")
    with torch.no_grad():
        batches = [torch.cat([network(batch) for network in networks]) for batch in pixels.split(100)]
    np.save(logits, torch.cat(batches, 1).numpy())


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit("usage: load_model.py MODEL.safetensors IMAGES.npy LOGITS.npy")
    try:
        main(*sys.argv[1:])
    except (OSError, ValueError) as mistake:
        sys.exit(f"load_model.py: {mistake}")
