"""Files are opened in `reading/` and nowhere else: what would read one elsewhere has no guard before it."""

from __future__ import annotations

import re
from pathlib import Path

import soket

PACKAGE = Path(soket.__file__).parent
OPENS = re.compile(
    r"\b(?:olefile|pypdfium2|python_calamine|xlrd|lxml\.etree|load_workbook|ElementTree|ZipFile\([^)]*\bBytesIO"
    r"|docx import Document|docx\.Document\(\S)"
)
# Packs again what it has made itself.
OWN_PAPERS = {"documents/framing.py", "documents/long_sheets.py", "documents/rendering.py"}


def test_files_are_opened_in_reading_alone() -> None:
    found = {str(path.relative_to(PACKAGE)) for path in PACKAGE.rglob("*.py") if OPENS.search(path.read_text("utf-8"))}
    assert {name for name in found if not name.startswith("reading/")} <= OWN_PAPERS
    assert found - OWN_PAPERS, "the pattern finds the readers"


def test_readers_know_no_bucket_and_no_plan() -> None:
    known = re.compile(r"^\s*(?:from|import) soket\.(?!reading\b|text\b)(\w+)", re.MULTILINE)
    told = {path.name: known.findall(path.read_text("utf-8")) for path in (PACKAGE / "reading").rglob("*.py")}
    assert {name: modules for name, modules in told.items() if modules} == {}
