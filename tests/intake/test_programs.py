from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Desk
from intake.turns import codes, judged, read_out
from reading import corpus, hostile
from reading.reader_files import made
from soket.reading import programs
from soket.reading.findings import Finding
from soket.reading.process.child import read


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose programs are found before all others."""
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    return tmp_path


def program(folder: Path, name: str, script: str) -> str:
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)
    return str(folder / name)


def office(folder: Path, made_of: bytes) -> str:
    """A LibreOffice that makes the same of every file, and says how it was called."""
    (folder / "made.docx").write_bytes(made_of)
    script = f'echo "$@" > {folder}/called; mkdir made; cp {folder}/made.docx made/document.docx'
    return program(folder, "soffice", script)


def test_a_document_of_old_is_read_by_way_of_libreoffice(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command = office(folder, corpus.report())
    monkeypatch.setattr(programs, "office", lambda: command)
    content = read("doc", hostile.word_95())
    assert content.paragraphs[0] == "BÁO CÁO"
    called = (folder / "called").read_text()
    assert "-env:UserInstallation=file:///" in called
    assert "--headless" in called


def test_what_libreoffice_makes_is_guarded_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = corpus.with_relation(corpus.report(), hostile.RELATIONS, "attachedTemplate", "https://x.vn/a.dotm")
    command = office(folder, bad)
    monkeypatch.setattr(programs, "office", lambda: command)
    assert [finding.code for finding in read("doc", hostile.word_95()).findings] == ["TEP-10"]


def test_a_document_that_libreoffice_cannot_open_is_for_a_person(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command = program(folder, "soffice", "exit 1")
    monkeypatch.setattr(programs, "office", lambda: command)
    assert read("doc", hostile.word_95()).findings == (Finding("TEP-30"),)


def test_without_libreoffice_it_is_left_to_a_person() -> None:
    assert read("doc", hostile.word_95()).findings == (Finding("TEP-25"),)


def test_a_program_that_hangs_is_ended_with_all_it_started(folder: Path) -> None:
    command = program(folder, "tesseract", f"sleep 100 & echo $! > {folder}/started; wait")
    assert programs.recognised(command, b"P5 1 1 255\n\0", 0.5) == ""
    started = (folder / "started").read_text().strip()
    state = Path(f"/proc/{started}/status")
    assert not state.exists() or "\nState:\tZ" in state.read_text()


def test_a_program_gets_nothing_of_our_environment(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret-of-a-test")
    command = program(folder, "tesseract", "env")
    assert "secret-of-a-test" not in programs.recognised(command, b"", 5)


@pytest.mark.usefixtures("inline")
def test_what_a_scan_says_is_kept_for_search_and_nothing_else(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "I. Công tác lãnh đạo; CT01 Tổng lượt khách 5 5 5"
    command = program(folder, "tesseract", f"cat > {folder}/picture; echo '{said}'")
    monkeypatch.setattr(programs, "recogniser", lambda: command)
    files = {corpus.REPORT: corpus.report(), corpus.TABLE: corpus.table(), "quét.pdf": made("scan.pdf")}
    verdict = judged(desk, "huyen_1", files)
    assert codes(verdict) == ["TEP-22"]
    parsed = read_out(desk, verdict)
    assert parsed.scans == {"quét.pdf": said}
    assert said not in "".join(section.text for section in parsed.sections)
    assert {figure.value for figure in parsed.figures if figure.indicator == "CT01"} == {1000, 1200, 900}
    assert (folder / "picture").read_bytes().startswith(b"P5 ")
