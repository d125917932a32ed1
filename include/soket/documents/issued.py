"""Reads the head of an issued paper: its number with the sign, and its day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from soket.text import fold, nfc

_HEAD = 30  # lines in which number, day and title stand
_NUMBER = re.compile(r"Số\s*:?\s*(?P<number>\d+)\s*(?P<sign>[-/]\s*[A-ZĐƯ]+(?:[-/][A-ZĐƯ]+)+)")
_DAY = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE)
_DRAFT = re.compile(r"\bdu thao\b")
_NOTICE = re.compile(r"[-/]TB\b")


class NotIssuedError(ValueError):
    """A paper is not one that was issued; the message says why, to whoever sent it."""


@dataclass(frozen=True)
class IssuedHead:
    """What an issued paper is known by."""

    number: str
    day: date

    @property
    def is_notice(self) -> bool:
        """Whether it is a notice, as conclusions of conferences are."""
        return _NOTICE.search(self.number) is not None


def head_of(paragraphs: Sequence[str]) -> IssuedHead:
    """Return what an issued paper is known by; raise NotIssuedError where its head has no number or no day."""
    lines = [" ".join(nfc(each).split()) for each in paragraphs if each.strip()][:_HEAD]
    if not lines:
        raise NotIssuedError("không đọc được chữ trong tệp; gửi bản PDF ký số, hoặc bản Word kèm theo bản chụp")
    if any(line.isupper() and _DRAFT.search(fold(line)) for line in lines):
        raise NotIssuedError("đầu văn bản còn ghi “DỰ THẢO”")
    number = next((found for line in lines if (found := _NUMBER.match(line))), None)
    if number is None:
        raise NotIssuedError("đầu văn bản chưa có số và ký hiệu (ví dụ “Số 127-BC/TU”, “Số: 127/BC-UBND”)")
    day = next((found for line in lines if (found := _DAY.search(line))), None)
    if day is None:
        raise NotIssuedError("đầu văn bản chưa ghi đủ ngày, tháng, năm ban hành")
    try:
        issued_on = date(int(day[3]), int(day[2]), int(day[1]))
    except ValueError:
        raise NotIssuedError(f"không có ngày {day[1]}/{day[2]}/{day[3]}") from None
    return IssuedHead(number["number"] + "".join(number["sign"].split()), issued_on)
