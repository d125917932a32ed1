"""Our papers as PDF: where LibreOffice is, and where it is not; what comes of it is looked at."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Desk
from soket.documents.printing import NoOfficeError, print_papers
from soket.reading import programs

_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


@pytest.fixture
def desk(workspace: Desk) -> Desk:
    """Give a campaign with a paper of ours, a provisional draft, and a draft that people sent."""
    keys = workspace().keys
    for name in ("giay-moi.docx", "du-thao-chinh-thuc.docx", "phu-luc-so-lieu.xlsx"):
        workspace.store.put(keys.stage("conference", 1, name), b"a file")
    workspace.store.put(keys.stage("ubnd_draft", 0, "001-0a1b2c3d/ban-tong-hop-tam.docx"), b"a file")
    return workspace


def office(folder: Path, monkeypatch: pytest.MonkeyPatch, made: bytes) -> None:
    """Be a LibreOffice that makes the same of every file, and of the second only where it is alone."""
    (folder / "made.pdf").write_bytes(made)
    (folder / "soffice").write_text(
        f'#!/bin/sh\necho "$@" >> {folder}/called; mkdir made; for file in *.docx; do\n'
        f"[ $file = document1.docx ] || cp {folder}/made.pdf made/${{file%.docx}}.pdf; done\n"
    )
    (folder / "soffice").chmod(0o755)
    monkeypatch.setattr(programs, "office", lambda: str(folder / "soffice"))


def test_each_paper_of_ours_is_printed_under_a_profile_of_its_own(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office(tmp_path, monkeypatch, _PDF)
    (printed,) = print_papers(desk())
    assert (printed.key.rpartition("/")[2], printed.pdf) == ("giay-moi.docx", _PDF)
    called = (tmp_path / "called").read_text()
    assert "-env:UserInstallation=file:///" in called
    assert "--convert-to pdf" in called


def test_one_libreoffice_prints_several_and_each_that_it_left_alone(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office(tmp_path, monkeypatch, _PDF)
    keys = desk().keys
    desk.store.put(keys.stage("conference", 1, "chuong-trinh.docx"), b"a file")
    desk.store.put(keys.archive("bang-ke.docx"), b"a file")
    printed = list(print_papers(desk()))
    names = [each.key.rpartition("/")[2] for each in printed]
    assert (sorted(names), {each.pdf for each in printed}) == (
        ["bang-ke.docx", "chuong-trinh.docx", "giay-moi.docx"],
        {_PDF},
    )
    first, again = (tmp_path / "called").read_text().splitlines()
    assert (first.count(".docx"), again.count(".docx")) == (3, 1)


@pytest.mark.parametrize("made", [b"", b"no PDF", b"%PDF-1.4\nbroken"])
def test_what_is_no_pdf_that_opens_is_none(
    made: bytes, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office(tmp_path, monkeypatch, made)
    assert [each.pdf for each in print_papers(desk())] == [None]


def test_without_libreoffice_that_is_said(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "office", lambda: None)
    with pytest.raises(NoOfficeError, match="Máy này không có LibreOffice"):
        list(print_papers(desk()))
