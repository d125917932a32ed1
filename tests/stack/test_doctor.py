from __future__ import annotations

import re
from pathlib import Path

import pytest

from soket.stack.doctor import Diagnosis, examine
from soket.stack.seaweedfs import service_client
from soket.stack.state import State


def program(folder: Path, name: str, script: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)


def told_of(subject: str, state: Path) -> Diagnosis:
    (finding,) = [each for each in examine(State(state)) if each.subject == subject]
    return finding


def test_it_says_what_is_lost_without_optional_programs_and_how_to_get_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    office, recogniser = told_of("LibreOffice", tmp_path), told_of("Tesseract", tmp_path)
    assert (office.level, recogniser.level) == ("warning", "warning")
    assert "trước 1997" in office.message
    assert "bản quét" in recogniser.message
    assert "libreoffice-writer-nogui" in office.advice
    assert "tesseract-ocr-vie" in recogniser.advice


@pytest.mark.parametrize(("languages", "level"), [("eng vie", "ok"), ("eng", "warning")])
def test_character_recognition_needs_vietnamese(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, languages: str, level: str
) -> None:
    program(tmp_path, "tesseract", f"echo List; for each in {languages}; do echo $each; done")
    program(tmp_path, "soffice", "exit 0")
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    assert told_of("Tesseract", tmp_path).level == level
    assert told_of("LibreOffice", tmp_path) == Diagnosis("LibreOffice", "ok", str(tmp_path / "soffice"))


@pytest.mark.integration
def test_it_says_how_much_the_bucket_holds(servers: State) -> None:
    client = service_client(servers)

    def held() -> list[int]:
        told = told_of("Dung lượng kho", servers.root)
        assert told.level == "ok"
        units = {"tệp": 1, "bản": 1, "B": 1, "KB": 1024, "MB": 1024**2}
        numbers = re.findall(r"(\d[\d.,]*) (\w+)", told.message)
        return [round(float(number.replace(".", "").replace(",", ".")) * units[unit]) for number, unit in numbers]

    before = held()
    for _ in range(2):
        client.put_object(Bucket="soket", Key=f"weight/{before}", Body=bytes(10**6))
    objects, old, size, on_disk = (later - earlier for earlier, later in zip(before, held(), strict=True))
    assert (objects, old) == (1, 1)
    told_to = 0.1 * 1024**2  # sizes are told to a tenth of a megabyte
    assert size == pytest.approx(2 * 10**6, abs=told_to)
    assert on_disk >= 2 * 10**6 - told_to
