#!/usr/bin/python3
"""Loads what `polyphony export model ID --to DIR` writes as plain PyTorch modules, one for each (sub)network.

    networks = load("DIR/student.safetensors")
    logits = [network(images) for network in networks]  # images: float32 [N, C, H, W], pixels in [0, 1]

Needs PyTorch and NumPy. As a program it writes the logits [M, N, K] of the images in a .npy file:
load_model.py MODEL.safetensors IMAGES.npy LOGITS.npy
"""
import json
import sys

import numpy as np
import torch
import torch.nn.functional as F


class ResNet(torch.nn.Module):
    """Subnetwork m. Its rank-one factors are folded into the shared weights: W * (s_m r_m^T)."""

    def __init__(self, architecture, tensors, m):
        super().__init__()
        self.a, self.t = architecture, torch.nn.ParameterDict()
        for name, tensor in tensors.items():
            layer, _, kind = name.rpartition(".")
            if kind == "weight" and layer + ".r" in tensors:
                ones = [1] * (tensor.dim() - 2)
                tensor = tensor * tensors[layer + ".s"][m].view(-1, 1, *ones) * tensors[layer + ".r"][m].view(1, -1, *ones)
            if kind == "bias" and tensor.dim() == 2:
                tensor = tensor[m]
            if kind not in "rs":
                self.t[name.replace(".", "_")] = torch.nn.Parameter(tensor, kind not in ("mean", "variance"))

    def conv(self, x, name, stride):
        return F.conv2d(x, self.t[name + "_weight"], stride=stride, padding=1)

    def norm(self, x, name):
        return F.batch_norm(x, *(self.t[name + "_" + part] for part in ("mean", "variance", "gamma", "beta")))

    def forward(self, images):
        mean, deviation = (torch.tensor(self.a["input"][k]).view(1, -1, 1, 1) for k in ("mean", "standardDeviation"))
        x = F.relu(self.norm(self.conv((images - mean) / deviation, "stem", self.a["stemStride"]), "stem_bn"))
        for stage in range(3):
            for block in range((self.a["depth"] - 2) // 6):
                name, stride = f"stage{stage + 1}_block{block}_", 2 if stage and not block else 1
                h = F.relu(self.norm(self.conv(x, name + "conv1", stride), name + "bn1"))
                h = self.norm(self.conv(h, name + "conv2", 1), name + "bn2")
                shortcut = x[:, :, ::stride, ::stride]
                x = F.relu(h + F.pad(shortcut, (0, 0, 0, 0, 0, h.shape[1] - x.shape[1])))
        return F.linear(x.mean((2, 3)), self.t["head_weight"], self.t["head_bias"])


def load(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
        data = file.read()
    architecture = json.loads(header.pop("__metadata__")["architecture"])
    tensors = {
        name: torch.from_numpy(np.frombuffer(data[slice(*t["data_offsets"])], "<f4").reshape(t["shape"]).copy())
        for name, t in header.items()
    }
    return [ResNet(architecture, tensors, m) for m in range(architecture["members"])]


if __name__ == "__main__":
    with torch.no_grad():
        pixels = torch.from_numpy(np.load(sys.argv[2]))
        np.save(sys.argv[3], np.stack([network(pixels).numpy() for network in load(sys.argv[1])]))
