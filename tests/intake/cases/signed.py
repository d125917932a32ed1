"""Signed copies beside the documents that they are of, and the signatures on them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from demo.samples.signed import printed
from intake.cases import A, Case, W
from reading import corpus
from reading.signing import LEADER, LINES, altered, copy, office_signed, updated

_RESULT = "Toàn huyện đón {} lượt khách, doanh thu {} tỷ đồng, tăng {}% so với cùng kỳ năm trước."


def lines(*figures: str) -> tuple[str, ...]:
    """The report's lines with a sentence of figures under its second heading."""
    at = LINES.index(corpus.HEADINGS[1]) + 1
    return (*LINES[:at], _RESULT.format(*figures), *LINES[at:])


def _beside(copy_of: Callable[[], bytes], *document: str) -> Callable[[], Mapping[str, bytes]]:
    report = corpus.document(*document) if document else corpus.report()
    return lambda: {corpus.REPORT: report, corpus.TABLE: corpus.table(), "bản ký.pdf": copy_of()}


CASES = [
    Case("copy", _beside(copy), A, ("KS-01", "KS-14")),
    Case("altered", _beside(lambda: altered(copy())), W, ("KS-02", "KS-14")),
    Case("updated after it was signed", _beside(lambda: updated(copy())), W, ("KS-03", "KS-14")),
    Case("a person's", _beside(lambda: copy(by=LEADER)), W, ("KS-01", "KS-12", "KS-14")),
    Case("another unit's", _beside(copy), W, ("KS-01", "KS-11", "KS-14"), unit="huyen_2"),
    Case("not signed", _beside(lambda: printed(LINES)), A, ("KS-14",)),
    Case(
        "three other figures",
        _beside(lambda: copy(*lines("2.540", "12,5", "15,2")), *lines("2.450", "15,2", "12,5")),
        W,
        ("KS-01", "KS-20", "KS-21", "KS-21", "KS-21"),
    ),
    Case(
        "another paper",
        _beside(lambda: copy("GIẤY MỜI", "Kính mời đồng chí dự hội nghị bàn công tác chuẩn bị.")),
        A,
        ("KS-01", "KS-16"),
    ),
    Case(
        "word signed by office",
        lambda: {corpus.REPORT: office_signed(corpus.report()), corpus.TABLE: corpus.table()},
        A,
        ("KS-01",),
    ),
    Case("nothing but the copy", lambda: {"bản ký.pdf": copy(), corpus.TABLE: corpus.table()}, A, ("KS-01", "TEP-27")),
]
