"""What a set of files amounts to."""

from __future__ import annotations

from itertools import repeat

from intake.cases import RETURNED, A, Case, W
from reading import corpus

_PLAN = corpus.document("KẾ HOẠCH", "Tổ chức sơ kết 05 năm thực hiện Nghị quyết", "Nội dung. " * 50)
_REVIEW = corpus.report("Kết quả tổ chức sơ kết 05 năm thực hiện Nghị quyết")

CASES = [
    Case("whole", lambda: {corpus.REPORT: corpus.report(), corpus.TABLE: corpus.table()}, A),
    Case("no table", lambda: {corpus.REPORT: corpus.report()}, RETURNED, ("HS-02",)),
    Case("no document", lambda: {corpus.TABLE: corpus.table()}, RETURNED, ("HS-01",)),
    Case("no plan of coverage", lambda: {corpus.TABLE: corpus.table()}, RETURNED, ("HS-11",), unit="bao_ht"),
    Case("nil return", lambda: {corpus.REPORT: corpus.nil_return()}, W, ("HS-04",)),
    Case("nil return where it is owed", lambda: {corpus.REPORT: corpus.nil_return()}, A, unit="so_tp"),
    Case(
        "nil return and figures",
        lambda: {corpus.REPORT: corpus.nil_return(), corpus.TABLE: corpus.table()},
        RETURNED,
        ("HS-03",),
    ),
    Case("own review announced", lambda: {"kế hoạch.docx": _PLAN}, A, ("HS-05",)),
    Case("own review held", lambda: {"báo cáo.docx": _REVIEW, corpus.TABLE: corpus.table()}, A),
    Case("coverage plan", lambda: {"a.docx": _PLAN}, A, unit="bao_ht"),
    Case(
        "the same bytes twice",
        lambda: (
            dict(zip(("a.docx", "b.docx"), repeat(corpus.report())))
            | dict(zip(("c.xlsx", "d.XLSX"), repeat(corpus.table())))
        ),  # made twice they differ by their moment
        A,
        ("HS-10", "HS-10"),
    ),
    Case(
        "five hundred files",
        lambda: (
            {f"{n:03}.docx": corpus.report(str(n)) for n in range(4)}
            | {f"{n:03}.jpg": b"\xff\xd8\xff%d" % n for n in range(4, 500)}
        ),
        RETURNED,
        ("TEP-16",),
        unit="so_vh",
    ),
]
