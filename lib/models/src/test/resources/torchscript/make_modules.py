#!/usr/bin/python3
"""Makes the small modules beside it: PyTorch 1.13 or newer, no arguments. Images are [B, 1, 28, 28], 10 classes."""
import io
import json
import math
import os
import sys
import zipfile

import torch
import torch.nn.functional as F

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../../../../../../docs"))
import load_model  # noqa: E402

IMAGES = torch.linspace(0, 1, 3 * 784).reshape(3, 1, 28, 28)
INPUT = {"channels": 1, "height": 28, "width": 28, "classes": 10, "mean": [0.2858], "standardDeviation": [0.353]}


class Net(torch.nn.Module):
    def __init__(self, channels: int = 1, classes: int = 10):
        super().__init__()
        self.conv = torch.nn.Conv2d(channels, 4, 5, stride=4)
        self.norm = torch.nn.BatchNorm2d(4)
        self.dropout = torch.nn.Dropout(0.5)
        self.head = torch.nn.Linear(4, classes)
        torch.nn.init.uniform_(self.norm.running_mean, -0.5, 0.5)
        torch.nn.init.uniform_(self.norm.running_var, 0.5, 1.5)

    def forward(self, x):
        x = F.relu(self.norm(self.conv(x)))
        return self.head(self.dropout(x.mean((2, 3))))


class Changed(torch.nn.Module):
    """A network whose answer has something wrong with it."""

    def __init__(self, fault: str):
        super().__init__()
        self.net, self.fault = Net().eval(), fault

    def forward(self, x):
        if self.fault == "no-gradient":
            x = x.detach()
        y = self.net(x)
        if self.fault == "nan":
            y = y * float("nan")
        if self.fault == "zero-gradient":
            y = y * 0 + 1
        if self.fault == "three-axes":
            y = y.unsqueeze(0)
        return y


class Pair(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.net = Net().eval()

    def forward(self, x):
        y = self.net(x)
        return y, y


class FixedBatch(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.head = torch.nn.Linear(784, 10)

    def forward(self, x):
        return self.head(x.view(3, 784))


def save(module, name):
    """Without the records that say which line of which file on this machine each operation comes from."""
    whole = io.BytesIO()
    torch.jit.save(module, whole)
    writer = torch._C.PyTorchFileWriter(os.path.join(HERE, name + ".pt"))
    with zipfile.ZipFile(whole) as source:
        for entry in source.namelist():
            record = entry.split("/", 1)[1]
            if record != "version" and not record.endswith(".debug_pkl"):
                writer.write_record(record, source.read(entry), source.getinfo(entry).file_size)
    writer.write_end_of_file()


def traced(module, images=IMAGES):
    return torch.jit.trace(module, images, check_trace=False)


def shapes(width):
    """Parameters and statistics of a resnet-8, in their order."""
    yield "stem.weight", (width, 1, 3, 3)
    yield from normalisation("stem.bn", width)
    inputs = width
    for stage in range(3):
        outputs, prefix = width << stage, f"stage{stage + 1}.block0."
        yield prefix + "conv1.weight", (outputs, inputs, 3, 3)
        yield from normalisation(prefix + "bn1", outputs)
        yield prefix + "conv2.weight", (outputs, outputs, 3, 3)
        yield from normalisation(prefix + "bn2", outputs)
        inputs = outputs
    yield "head.weight", (10, inputs)
    yield "head.bias", (10,)


def normalisation(name, width):
    return [(f"{name}.{kind}", (width,)) for kind in ("gamma", "beta", "mean", "variance")]


def native(name, width):
    """The same network twice: as a model file of Polyphony, and traced."""
    architecture = {"kind": "PLAIN", "depth": 8, "width": width, "stemStride": 2, "members": 1, "input": INPUT}
    header = {"__metadata__": {"format": "polyphony-model-1", "architecture": json.dumps(architecture)}}
    data, tensors = b"", {}
    for key, shape in shapes(width):
        spread = 0.3 if len(shape) == 1 else (2 / math.prod(shape[1:])) ** 0.5
        positive = key.endswith(("gamma", "variance"))
        tensors[key] = torch.rand(shape) + 0.5 if positive else torch.randn(shape) * spread
        end = len(data) + tensors[key].numel() * 4
        header[key] = {"dtype": "F32", "shape": shape, "data_offsets": [len(data), end]}
        data += tensors[key].numpy().astype("<f4").tobytes()
    text = json.dumps(header).encode()
    with open(os.path.join(HERE, name + ".safetensors"), "wb") as file:
        file.write(len(text).to_bytes(8, "little") + text + data)
    save(traced(load_model.ResNet(architecture, tensors, 0)), name)


torch.manual_seed(1)
net = Net().eval()
save(traced(net), "traced")
save(torch.jit.script(net), "scripted")
save(torch.jit.freeze(torch.jit.script(net)), "frozen")
net.train()
save(torch.jit.script(net), "scripted-training")
save(traced(net), "traced-training")
torch.save(net.state_dict(), os.path.join(HERE, "state-dict.pt"))
torch.save(net.state_dict(), os.path.join(HERE, "old-state-dict.pt"), _use_new_zipfile_serialization=False)
for wrong in ("no-gradient", "nan", "zero-gradient", "three-axes"):
    save(traced(Changed(wrong)), wrong)
save(traced(Pair()), "pair")
save(traced(FixedBatch()), "fixed-batch")
save(traced(Net(classes=11).eval()), "eleven-classes")
save(traced(Net(channels=3).eval(), IMAGES.repeat(1, 3, 1, 1)), "three-channels")
save(traced(Net().eval().double(), IMAGES.double()), "double")
native("native-0", 4)
native("native-1", 3)
