"""Formats that units write in, and how each is read."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from intake.cases import REFERRED, RETURNED, A, Case, W
from reading import corpus, hostile
from reading.reader_files import in_tcvn3, in_vni, made


def _report(extension: str, name: str, *codes: str) -> Case:
    """A report in one format beside a good table."""
    return Case(
        f"{name} {extension}",
        lambda: {f"báo cáo.{extension}": made(f"{name}.{extension}"), corpus.TABLE: corpus.table()},
        A,
        codes,
    )


def _table(name: str, file: str, make: Callable[[], bytes], *codes: str) -> Case:
    """A table in one format beside a good report."""
    return Case(name, lambda: {corpus.REPORT: corpus.report(), file: make()}, W if "TEP-18" in codes else A, codes)


def _document(written: Callable[[str], str]) -> bytes:
    return corpus.document(
        written("Báo cáo sơ kết 05 năm thực hiện Nghị quyết"),
        *(written(line) for heading in corpus.HEADINGS for line in (heading, corpus.SENTENCE * 3)),
    )


def _workbook(written: Callable[[str], str]) -> bytes:
    return corpus.workbook(
        [[written(cell) if isinstance(cell, str) else cell for cell in row] for row in corpus.rows()]
    )


GOOD = {corpus.REPORT: corpus.report, corpus.TABLE: corpus.table}

CASES = [
    *(_report(extension, "report") for extension in ("docx", "doc", "odt", "rtf")),
    *(_report(extension, "legacy", "TEP-21") for extension in ("docx", "doc", "odt", "rtf")),
    _report("pdf", "report", "TEP-27"),
    # Beside a Word document, a PDF is its signed copy.
    Case(
        "signed copy",
        lambda: {"b.docx": made("report.docx"), "ký.pdf": made("report.pdf"), corpus.TABLE: corpus.table()},
        A,
        ("KS-14",),
    ),
    Case(
        "scan", lambda: {name: make() for name, make in GOOD.items()} | {"quét.pdf": made("scan.pdf")}, A, ("TEP-26",)
    ),
    Case(
        "picture",
        lambda: {name: make() for name, make in GOOD.items()} | {"ảnh.png": hostile.png(9, 9)},
        A,
        ("TEP-20",),
    ),
    Case(
        "picture alone",
        lambda: {"ảnh.png": hostile.png(9, 9), corpus.TABLE: corpus.table()},
        RETURNED,
        ("TEP-20", "HS-01"),
    ),
    # Of two PDFs the one with text is read, and the scan is a copy.
    Case(
        "pdf with its scan",
        lambda: {"báo cáo.pdf": made("report.pdf"), "quét.pdf": made("scan.pdf"), corpus.TABLE: corpus.table()},
        A,
        ("TEP-26", "TEP-27"),
    ),
    # Fonts are not named, so the letters tell.
    Case(
        "tcvn3 by letters", lambda: {corpus.REPORT: _document(in_tcvn3), corpus.TABLE: corpus.table()}, A, ("TEP-21",)
    ),
    Case("vni by letters", lambda: {corpus.REPORT: _document(in_vni), corpus.TABLE: corpus.table()}, A, ("TEP-21",)),
    _table("tcvn3 in cells", "số liệu.xlsx", lambda: _workbook(in_tcvn3), "TEP-21"),
    _table("vni in cells", "số liệu.xlsx", lambda: _workbook(in_vni), "TEP-21"),
    _table(
        "tcvn3 csv",
        "số liệu.csv",
        lambda: in_tcvn3(corpus.csv_table(encoding="utf-8").decode()).encode("latin-1"),
        "TEP-21",
    ),
    _table("windows-1258 csv", "số liệu.csv", lambda: corpus.csv_table(encoding="cp1258"), "TEP-18"),
    Case(
        "decomposed",
        lambda: {
            unicodedata.normalize("NFD", corpus.REPORT): _document(lambda text: unicodedata.normalize("NFD", text)),
            corpus.TABLE: _workbook(lambda text: unicodedata.normalize("NFD", text)),
        },
        A,
    ),
    # Left to a person.
    Case(
        "scan alone",
        lambda: {"báo cáo.pdf": made("scan.pdf"), corpus.TABLE: corpus.table()},
        REFERRED,
        ("TEP-23", "TEP-26"),
    ),
    Case("word 95", lambda: {"báo cáo.doc": hostile.word_95(), corpus.TABLE: corpus.table()}, REFERRED, ("TEP-25",)),
    _table("xls", "số liệu.xls", lambda: made("report.xls")),
    _table("ods", "số liệu.ods", lambda: made("report.ods")),
    _table("legacy xls", "số liệu.xls", lambda: made("legacy.xls"), "TEP-21"),
    _table("legacy ods", "số liệu.ods", lambda: made("legacy.ods"), "TEP-21"),
]
