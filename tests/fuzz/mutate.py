"""Changes files the way accidents and malice do: bytes at random, and inside of what is packed."""

from __future__ import annotations

import io
import random
import zipfile
import zlib

_TELLING = (
    b"\x00", b"\xff", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\x00\x00\x00\x80", b"<", b">", b"/>", b"]]>", b"&",
    b'"', b"-1", b"99999999999", b"1048576", b"{", b"}", b"\\", b"\\u-1", b"\\bin9", b"<<", b"stream\n", b"endobj",
    b"/",
)  # fmt: skip
_LARGEST = 1 << 20
_OLE, _SECTOR = b"\xd0\xcf\x11\xe0", 512


def mutated(data: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """Return a file changed in a few places; a package, more often than not, inside one of its parts or sectors."""
    if data.startswith(b"PK") and chance.random() < 0.85:
        try:
            return _in_package(data, others, chance)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError):
            pass
    if data.startswith(_OLE) and chance.random() < 0.85:
        return _in_sectors(data, others, chance)
    return _bytes(data, others, chance)


def _in_package(data: bytes, others: list[bytes], chance: random.Random) -> bytes:
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        entries = [entry for entry in source.infolist() if entry.file_size < _LARGEST][:200]
        chosen = {entry.filename for entry in chance.sample(entries, min(len(entries), chance.choice((1, 1, 2))))}
        for entry in {entry.filename: entry for entry in entries}.values():
            content = source.read(entry)
            target.writestr(entry.filename, _bytes(content, others, chance) if entry.filename in chosen else content)
    return result.getvalue()


def _in_sectors(data: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """Change a few sectors and leave all where they are: a container that is shifted is none."""
    content = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4))):
        at = chance.randrange(0, len(data), _SECTOR)
        sector = data[at : at + _SECTOR]
        content[at : at + _SECTOR] = _bytes(sector, others, chance)[: len(sector)].ljust(len(sector), b"\0")
    return bytes(content)


def _bytes(data: bytes, others: list[bytes], chance: random.Random) -> bytes:
    content = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 3, 8, 30))):
        at = chance.randrange(len(content) + 1)
        length = min(chance.choice((1, 2, 4, 16, 64, 512)), len(content) - at)
        match chance.randrange(7):
            case 0 if length:
                content[at] ^= 1 << chance.randrange(8)
            case 1:
                content[at : at + length] = chance.randbytes(length)
            case 2:
                del content[at : at + length]
            case 3:
                content[at:at] = content[at : at + length] * chance.choice((1, 2, 50))
            case 4:
                telling = chance.choice(_TELLING)
                content[at : at + chance.choice((0, len(telling)))] = telling
            case 5:
                other = chance.choice(others)
                start = chance.randrange(len(other) + 1)
                content[at:at] = other[start : start + chance.choice((8, 200, 4_000))]
            case 6 if chance.random() < 0.1:
                del content[at:]
    return bytes(content[:_LARGEST])
