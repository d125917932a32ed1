"""What a reader writes back: the answer to one request about a file, or about the small files of one submission."""

from __future__ import annotations

import json
import struct
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from soket.reading.findings import TOOK_TOO_MUCH, Member
from soket.reading.formats.photographs import UNSOUND, bound, upright
from soket.reading.formats.signed import signatures_of
from soket.reading.formats.word_looks import looked_at
from soket.reading.process.child import OutOfTimeError, allowed_time, read, unpack
from soket.reading.signatures import UNTOLD

R = TypeVar("R")


def within_limits(do: Callable[[], R], otherwise: R) -> R:
    """Return what something comes to, or what stands for it where it takes too much."""
    try:
        return do()
    except (MemoryError, OutOfTimeError):
        return otherwise


def read_each(files: Iterable[Sequence[Any]], data: bytes) -> Iterator[dict[str, Any] | None]:
    """Yield what each of some files holds that lie one after the other; None of one that is to be read by itself.

    Each file is its extension and its length. They are of one submission: what one leaves in this process, the next
    may meet. So only what reads to its end is told.
    """
    for extension, length in files:
        own, data = data[:length], data[length:]
        try:
            with allowed_time():
                content = read(extension, own)
        except Exception:
            yield None
        else:
            stopped = content.trouble or any(each.code == TOOK_TOO_MUCH for each in content.findings)
            yield None if stopped else content.to_data()


def answer(request: dict[str, Any], data: bytes) -> Iterator[bytes]:
    """Yield what answers a request: the length of some JSON, that, and the bytes of an archive's files after it."""
    members: list[Member] = []
    try:
        if files := request.get("files"):
            said: Any = list(read_each(files, data))
        else:
            with allowed_time():
                said, members = _answer(request, data)
    except Exception:
        said = {"failed": traceback.format_exc()}
    content = json.dumps(said, ensure_ascii=False).encode("utf-8", errors="replace")
    yield struct.pack(">I", len(content)) + content
    for member in members:
        yield member.data or b""


def _answer(request: dict[str, Any], data: bytes) -> tuple[Any, list[Member]]:
    """Return what answers a request about one file, and what was made of it."""
    if limits := request.get("unpack"):
        members = unpack(request["extension"], data, *limits)
        return [[member.name, member.size, member.data is not None] for member in members], members
    if request.get("signatures"):
        return within_limits(lambda: signatures_of(request["extension"], data), [UNTOLD.to_data()]), []
    if request.get("look"):
        return within_limits(lambda: looked_at(data), {"finding": TOOK_TOO_MUCH, "facts": {}}), []
    if request.get("remark"):
        from soket.reading.formats.word_remarks import remarked

        return None, [Member("", 0, remarked(data))]
    if request.get("photograph"):
        said, made = within_limits(lambda: upright(request["extension"], data), UNSOUND)
        return said, [Member("", 0, made)]
    if request.get("bind"):
        return None, [Member("", 0, bound(data))]
    if request.get("mark"):
        from soket.reading.formats.marked_files import marked

        return None, [Member("", 0, marked(request["extension"], data))]
    return read(request["extension"], data).to_data(), []
