"""An independent reader and writer of safetensors, from the format's description alone.

    safetensors_peer.py read FILE     a line for each tensor: name, type, shape, bytes in hexadecimal
    safetensors_peer.py write FILE    a file that is right, but not as Lanewise would write it
"""

import json
import struct
import sys


def read(path):
    with open(path, "rb") as file:
        content = file.read()
    (length,) = struct.unpack_from("<Q", content)
    header = json.loads(content[8 : 8 + length].decode("utf-8"))
    data = content[8 + length :]
    assert (8 + length) % 8 == 0, "the data are not aligned"
    for key, word in sorted(header.pop("__metadata__", {}).items()):
        print(f"metadata {key} {word}")
    covered = 0
    for name, tensor in sorted(header.items(), key=lambda each: each[1]["data_offsets"]):
        begin, end = tensor["data_offsets"]
        assert begin == covered, f"{name} begins at {begin}, not at {covered}"
        covered = end
        shape = ",".join(str(dim) for dim in tensor["shape"])
        values = data[begin:end]
        letter = {"F32": "f", "F64": "d"}[tensor["dtype"]]
        assert len(values) == struct.calcsize(letter) * product(tensor["shape"])
        print(f"{name} {tensor['dtype']} [{shape}] {values.hex()}")
    assert covered == len(data), "there are data that belong to no tensor"


def product(numbers):
    result = 1
    for number in numbers:
        result *= number
    return result


def write(path):
    data = struct.pack("<4f", 1.5, -0.0, float("inf"), 1e-45) + struct.pack("<3d", 0.1, -2, 5e-324)
    header = {
        "zweiter": {"shape": [3], "dtype": "F64", "data_offsets": [16, 40]},
        "__metadata__": {"format": "pt", "wer": "\u00e9"},
        "leer": {"shape": [0, 7], "dtype": "F32", "data_offsets": [40, 40]},
        "erster": {"data_offsets": [0, 16], "dtype": "F32", "shape": [2, 2]},
    }
    text = json.dumps(header, indent=1).encode("utf-8")
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


{"read": read, "write": write}[sys.argv[1]](sys.argv[2])
