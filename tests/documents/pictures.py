"""Just enough PNG reading to scan a printed code back."""

import struct
import zlib

import numpy as np
import zxingcpp
from numpy.typing import NDArray

_CHANNELS = {0: 1, 2: 3, 4: 2, 6: 4}


def grey(png: bytes) -> NDArray[np.uint8]:
    """Rows of grey values of a PNG without interlacing or palette (PNG specification, clauses 9 and 11)."""
    chunks: list[tuple[bytes, bytes]] = []
    at = 8
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        chunks.append((kind, png[at + 8 : at + 8 + length]))
        at += length + 12
    width, height, depth, colour = struct.unpack(">IIBB", chunks[0][1][:10])
    packed = zlib.decompress(b"".join(content for kind, content in chunks if kind == b"IDAT"))
    channels = _CHANNELS[colour]
    step = max(1, channels * depth // 8)
    stride = (width * channels * depth + 7) // 8
    rows = np.zeros((height, stride), np.uint8)
    above = bytes(stride)
    for number in range(height):
        start = number * (stride + 1)
        above = _unfiltered(packed[start], packed[start + 1 : start + 1 + stride], above, step)
        rows[number] = np.frombuffer(above, np.uint8)
    if depth == 1:
        return np.ascontiguousarray(np.unpackbits(rows, axis=1)[:, :width] * np.uint8(255))
    return np.ascontiguousarray(rows.reshape(height, width, channels)[:, :, 0])


def scan(picture: NDArray[np.uint8]) -> zxingcpp.Barcode:
    """The only code on the picture."""
    [code] = zxingcpp.read_barcodes(picture)
    return code


def _unfiltered(kind: int, line: bytes, above: bytes, step: int) -> bytes:
    if kind in (0, 1, 2):  # whole rows at once: most rows of a paper are of these kinds
        row = np.frombuffer(line, np.uint8)
        if kind == 1:
            return np.cumsum(row.reshape(-1, step), axis=0, dtype=np.uint8).tobytes()
        return line if kind == 0 else (row + np.frombuffer(above, np.uint8)).tobytes()
    out = bytearray(line)
    for place in range(len(out)):
        left = out[place - step] if place >= step else 0
        corner = above[place - step] if place >= step else 0
        up = above[place]
        out[place] = (out[place] + ((left + up) // 2 if kind == 3 else _paeth(left, up, corner))) & 255
    return bytes(out)


def _paeth(left: int, up: int, corner: int) -> int:
    estimate = left + up - corner
    return min((left, up, corner), key=lambda value: abs(estimate - value))
