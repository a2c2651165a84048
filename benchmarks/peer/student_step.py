#!/usr/bin/python3
"""One distillation step of a BatchEnsemble ResNet in PyTorch for Python.

The peer of benchmarks' StudentStep: same network, same minibatch, same arithmetic (member weights folded into the
convolutions, one shared batch normalisation, clean and perturbed forward, one optimiser step on rank-one and shared
weights), written as a Python user would. Prints one JSON object: milliseconds per step of each timed step.

Usage: student_step.py --threads 2 --steps 20 [--channels-last]
"""
import argparse
import json
import math
import time

import torch
import torch.nn.functional as F


class BatchEnsembleConv(torch.nn.Module):
    def __init__(self, members, c_in, c_out, stride):
        super().__init__()
        self.members, self.stride = members, stride
        self.weight = torch.nn.Parameter(torch.randn(c_out, c_in, 3, 3) * math.sqrt(2 / (c_out * 9)))
        self.r = torch.nn.Parameter(1 + 0.5 * torch.randn(members, c_in))
        self.s = torch.nn.Parameter(1 + 0.5 * torch.randn(members, c_out))

    def forward(self, x):
        outputs = []
        for m, rows in enumerate(x.chunk(self.members)):
            folded = self.weight * self.s[m].view(-1, 1, 1, 1) * self.r[m].view(1, -1, 1, 1)
            outputs.append(F.conv2d(rows, folded, stride=self.stride, padding=1))
        return torch.cat(outputs)


class Block(torch.nn.Module):
    def __init__(self, members, c_in, c_out, stride):
        super().__init__()
        self.conv1 = BatchEnsembleConv(members, c_in, c_out, stride)
        self.bn1 = torch.nn.BatchNorm2d(c_out)
        self.conv2 = BatchEnsembleConv(members, c_out, c_out, 1)
        self.bn2 = torch.nn.BatchNorm2d(c_out)
        self.stride, self.padding = stride, c_out - c_in

    def forward(self, x):
        h = F.relu(self.bn1(self.conv1(x)))
        h = self.bn2(self.conv2(h))
        shortcut = x
        if self.padding:
            shortcut = F.pad(x[:, :, :: self.stride, :: self.stride], (0, 0, 0, 0, 0, self.padding))
        return F.relu(h + shortcut)


class ResNet(torch.nn.Module):
    def __init__(self, depth, width, stem_stride, members, channels, classes):
        super().__init__()
        self.members = members
        self.stem = BatchEnsembleConv(members, channels, width, stem_stride)
        self.bn = torch.nn.BatchNorm2d(width)
        blocks, c_in = [], width
        for stage in range(3):
            c_out = width << stage
            for block in range((depth - 2) // 6):
                blocks.append(Block(members, c_in, c_out, 2 if stage and not block else 1))
                c_in = c_out
        self.blocks = torch.nn.Sequential(*blocks)
        self.weight = torch.nn.Parameter(torch.randn(classes, c_in) * math.sqrt(2 / classes))
        self.r = torch.nn.Parameter(1 + 0.5 * torch.randn(members, c_in))
        self.s = torch.nn.Parameter(1 + 0.5 * torch.randn(members, classes))
        self.bias = torch.nn.Parameter(torch.zeros(members, classes))

    def forward(self, x):
        h = x.repeat(self.members, 1, 1, 1)
        h = self.blocks(F.relu(self.bn(self.stem(h)))).mean((2, 3))
        h = h.view(self.members, -1, h.shape[1]) * self.r[:, None]
        return ((h @ self.weight.t()) * self.s[:, None] + self.bias[:, None]).flatten(0, 1)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--depth", type=int, default=8)
    parser.add_argument("--width", type=int, default=16)
    parser.add_argument("--stem-stride", type=int, default=2)
    parser.add_argument("--members", type=int, default=4)
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--size", type=int, default=28)
    parser.add_argument("--channels", type=int, default=1)
    parser.add_argument("--channels-last", action="store_true")
    a = parser.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(1)
    net = ResNet(a.depth, a.width, a.stem_stride, a.members, a.channels, 10)
    images = torch.rand(a.batch, a.channels, a.size, a.size)
    if a.channels_last:
        net = net.to(memory_format=torch.channels_last)
        images = images.contiguous(memory_format=torch.channels_last)
    perturbed = (images + 0.01 * torch.randn_like(images)).clamp(0, 1)
    labels = torch.randint(10, (a.batch,)).repeat(a.members)
    teacher = torch.randn(a.members * a.batch, 10)
    rank_one = [p for n, p in net.named_parameters() if n.split(".")[-1] in "rs"]
    shared = [p for n, p in net.named_parameters() if n.split(".")[-1] not in "rs"]
    optimiser = torch.optim.SGD(
        [{"params": shared, "weight_decay": 4e-4}, {"params": rank_one, "lr": 0.05}], lr=0.1, momentum=0.9)
    alpha, tau, milliseconds = 0.9, 4.0, []
    for _ in range(a.steps):
        start = time.perf_counter()
        optimiser.zero_grad()
        loss = (1 - alpha) * F.cross_entropy(net(images), labels)
        divergence = F.kl_div(F.log_softmax(net(perturbed) / tau, 1), F.softmax(teacher / tau, 1), reduction="batchmean")
        loss = loss + alpha * tau * tau * divergence
        loss.backward()
        optimiser.step()
        loss.item()
        milliseconds.append(1000 * (time.perf_counter() - start))
    print(json.dumps({"torch": torch.__version__, "threads": a.threads, "milliseconds": milliseconds}))


if __name__ == "__main__":
    main()
