"""The reader's process: reads a file after another from its standard input, under limits, and answers each as JSON.

A request is two lengths (4 bytes each), a JSON header and the file's bytes; an answer one length and JSON and, for an
archive to unpack, one length and bytes for each of its files. It knows nothing of the bucket and is given no
credentials. The first answer says that it is ready.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import struct
import sys
from typing import BinaryIO

from soket.intake.findings import Content, Finding, FindingError, Member
from soket.intake.guard import ATTACHMENT, DELIMITED, WORD, guard
from soket.intake.kinds import ARCHIVE_EXTENSIONS

_MOST_MEMORY = 1 << 30  # bytes of address space
_MOST_SECONDS = 20  # CPU seconds a file


def read(extension: str, data: bytes) -> Content:
    """Return what a file holds, or why it was not read."""
    try:
        if extension in ARCHIVE_EXTENSIONS:
            from soket.intake.reading.archive import read_archive

            return Content(findings=tuple(read_archive(extension, data)))
        kind, findings = guard(extension, data)
        if kind == ATTACHMENT:
            return Content(findings=tuple(findings))
        if kind == WORD:
            from soket.intake.reading.word import read_word

            return Content(paragraphs=read_word(data), findings=tuple(findings))
        if kind == DELIMITED:
            from soket.intake.reading.delimited import read_delimited

            sheet, more = read_delimited(data)
            return Content(sheets=(sheet,), findings=(*findings, *more))
        from soket.intake.reading.workbook import read_workbook

        return Content(sheets=read_workbook(data), findings=tuple(findings))
    except FindingError as stopped:
        return Content(findings=(stopped.finding,))
    except MemoryError:
        return Content(findings=(Finding("TEP-14"),))
    except Exception:
        return Content(findings=(Finding("TEP-15"),))


def unpack(extension: str, data: bytes, files: int, size: int) -> list[Member]:
    """Return the files of an archive; none where `read` has a reason not to open it."""
    from soket.intake.reading import archive

    try:
        return archive.unpack(extension, data, files=files, size=size)
    except (FindingError, MemoryError):
        return []


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests until there are no more."""
    _send(answers, {"ready": True})
    while lengths := requests.read(8):
        header_length, length = struct.unpack(">II", lengths)
        header = json.loads(requests.read(header_length))
        data = requests.read(length)
        _allow_cpu(_MOST_SECONDS)
        if limits := header.get("unpack"):
            members = unpack(header["extension"], data, *limits)
            _send(answers, [[member.name, member.size, member.data is not None] for member in members])
            for member in members:
                if member.data is not None:
                    _send_bytes(answers, member.data)
        else:
            _send(answers, read(header["extension"], data).to_data())


def _send(answers: BinaryIO, answer: object) -> None:
    _send_bytes(answers, json.dumps(answer, ensure_ascii=False).encode("utf-8", errors="replace"))


def _send_bytes(answers: BinaryIO, answer: bytes) -> None:
    answers.write(struct.pack(">I", len(answer)))
    answers.write(answer)
    answers.flush()


def _allow_cpu(seconds: int) -> None:
    """Let this process use so many CPU seconds more; the kernel ends it after that."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = int(usage.ru_utime + usage.ru_stime) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (used + seconds, resource.RLIM_INFINITY))


def main() -> None:
    """Serve on standard input and output, under limits; whatever a library prints goes to standard error."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(BrokenPipeError):  # our parent is gone, and with it the need
        serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
