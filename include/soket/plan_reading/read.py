"""Reads the file of a plan on paper, behind the same guards as what units send."""

from __future__ import annotations

from pathlib import Path

from soket.faults import MESSAGES, fault_of
from soket.plan.model import Severity
from soket.plan_reading.paper import Paper, paper_of
from soket.reading.kinds import extension_of
from soket.reading.pool import ReaderPool
from soket.reading.reader import UnreadFileError

_EXTENSIONS = ("docx", "docm", "doc", "odt", "rtf", "pdf")
_MOST_MB = 25
_SAVE_AS_WORD = "Mở tệp bằng Word, lưu thành .docx rồi chạy lại."


class UnreadPaperError(ValueError):
    """The file gives no text to make a plan of; the message says why, and what to do."""


def read_paper(file: Path) -> Paper:
    """Return the parts of the plan in a file; raise UnreadPaperError, or OSError where the file cannot be opened."""
    extension = extension_of(file.name)
    if extension not in _EXTENSIONS:
        known = ", ".join(f".{each}" for each in _EXTENSIONS)
        raise UnreadPaperError(f"«{file}»: chỉ đọc được {known}. {_SAVE_AS_WORD}")
    if file.stat().st_size > _MOST_MB << 20:
        raise UnreadPaperError(
            f"«{file}» quá {_MOST_MB} MB. Bỏ bớt ảnh, hoặc chỉ giữ phần lời của Kế hoạch, rồi chạy lại."
        )
    try:
        with ReaderPool(1) as readers:
            content = readers.read(extension, file.read_bytes())
    except UnreadFileError as error:
        raise UnreadPaperError(
            f"«{file}»: chương trình đọc không đọc được tệp này ({error}). {_SAVE_AS_WORD}"
        ) from error
    if not content.paragraphs:
        told = [
            fault_of(each, file.name) for each in content.findings if MESSAGES[each.code].severity is not Severity.INFO
        ]
        why = told[0].message if told else "Tệp không có lời văn nào."
        raise UnreadPaperError(f"«{file}»: {why} {_SAVE_AS_WORD}")
    return paper_of(content)
