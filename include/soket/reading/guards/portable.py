"""The guard of .pdf: whether it is whole, and what in it would act when a person opens it."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator

from soket.reading.findings import FindingError

_MOST_UNPACKED = 48 << 20  # of all streams that hold no picture
_TAIL = 2_048
_STREAM, _STREAM_END = re.compile(rb"stream\r?\n"), b"endstream"
_PICTURE = re.compile(rb"/Image(?![A-Za-z])")
_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
_ACTIVE = {
    rb"JavaScript|JS": "mã JavaScript",
    rb"Launch": "lệnh mở chương trình",
    rb"EmbeddedFiles?|RichMedia": "tệp đính kèm bên trong",
    rb"SubmitForm|ImportData": "biểu gửi dữ liệu ra ngoài",
    rb"GoToR|GoToE": "đường dẫn tới tệp khác",
}
_NAMES = [(re.compile(rb"/(?:%s)(?![A-Za-z0-9_.-])" % names), words) for names, words in _ACTIVE.items()]
# What is done as the file opens, by itself or by the number of its object.
_AT_ONCE = re.compile(rb"/OpenAction\s*(?:<<((?:[^<>]|<(?!<)|>(?!>))*)>>|(\d+)\s+\d+\s+R)")
_ADDRESS = re.compile(rb"/URI(?![A-Za-z])")
_OBJECTS = re.compile(rb"/ObjStm(?![A-Za-z])")
_ENCRYPTED = re.compile(rb"/Encrypt(?![A-Za-z])")
_NOTE, _LONGEST_NOTE = b"/EmbeddedFile", 4_096
_DICTIONARY = 2_048
_PIECE = 4_096  # of a packed stream


def guard_portable(data: bytes, *, opened: bool = False) -> None:
    """Raise FindingError where a file must not be kept as it is.

    One that opens without a password, and only keeps readers from copying or changing it, is looked at as it opens.
    """
    if b"%%EOF" not in data[-_TAIL:]:
        raise FindingError("TEP-05")
    for part in _structure(data):
        plain = _HEX.sub(lambda match: bytes([int(match[1], 16)]), part)
        if _ENCRYPTED.search(plain):
            if opened:
                raise FindingError("TEP-06")
            from soket.reading.formats.portable import without_encryption

            guard_portable(without_encryption(data), opened=True)
            return
        for pattern, words in _NAMES:
            if pattern.search(plain):
                raise FindingError("TEP-24", part=words)
        if _opens_an_address(plain):
            raise FindingError("TEP-24", part="lệnh tự mở trang web")


def _opens_an_address(plain: bytes) -> bool:
    """Return whether a page of the web is opened without a click."""
    for match in _AT_ONCE.finditer(plain):
        number = match[2]
        said = re.search(rb"(?<!\d)%s\s+\d+\s+obj(.*?)endobj" % number, plain, re.DOTALL) if number else None
        if _ADDRESS.search(said[1] if said else match[1] or b""):
            return True
    return False


def _structure(data: bytes) -> Iterator[bytes]:
    """Yield what is not the content of a stream, and the objects that lie packed in streams."""
    at, left = 0, _MOST_UNPACKED
    kept = []
    while match := _STREAM.search(data, at):
        end = data.find(_STREAM_END, match.end())
        end = len(data) if end < 0 else end
        said = data[max(match.start() - _DICTIONARY, at) : match.start()]
        before = data[at : match.start()]
        if not _PICTURE.search(said):  # pictures are only unpacked to be shown
            unpacked = _unpacked(data[match.end() : end], said, left)
            left -= len(unpacked)
            if _OBJECTS.search(said):
                yield unpacked
            if _is_note(said, unpacked or data[match.end() : end]):
                before = before.replace(_NOTE, b"")
        kept.append(before)
        at = end + len(_STREAM_END)
    yield b"\n".join([*kept, data[at:]])


def _is_note(said: bytes, content: bytes) -> bool:
    """Return whether a stream is a few facts that a scanner keeps about a page: data, which nothing opens."""
    if _NOTE not in said.rpartition(b" obj")[2] or len(content) > _LONGEST_NOTE:
        return False
    try:
        return isinstance(json.loads(content), dict | list)
    except ValueError:
        return False


def _unpacked(stream: bytes, said: bytes, most: int) -> bytes:
    """Return a stream's content as far as it is packed in the common way; raise FindingError where it is a bomb."""
    packings = said.count(b"FlateDecode") + said.count(b"/Fl ")
    unpacked = _flat(stream, most) if packings else b""
    if packings > 1 or len(unpacked) >= most:
        raise FindingError("TEP-08", reason=f"giải nén quá {_MOST_UNPACKED >> 20} MB")
    return unpacked


def _flat(stream: bytes, most: int) -> bytes:
    """Return what a stream unpacks to, up to its fault: what shows a broken one goes as far, and minds no wrong sum."""
    unpacking, parts, at, step = zlib.decompressobj(), [], 0, _PIECE
    while step and most > 0 and at < len(stream) and not unpacking.eof:
        before = unpacking.copy()
        try:
            parts.append(unpacking.decompress(stream[at : at + step], most))
        except zlib.error:
            unpacking, step = before, step // 2
        else:
            at, most = at + step, most - len(parts[-1])
    return b"".join(parts)
