"""Editions of form: which there are, which a day's paper follows, and what is told of a faulty one at its line."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from conftest import REPOSITORY
from soket.plan.check import check
from soket.plan.edition_files import NoEditionError, edition_files, edition_named, edition_of, editions, editions_folder
from soket.plan.fault import PlanError

OWN = "id: own\ntitle: Của văn phòng\nform: state\nbased_on: nd30-2020\nsource: Văn phòng\nbody: {size: 13}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder of editions to change."""
    shutil.copytree(editions_folder(), tmp_path / "forms")
    monkeypatch.setenv("SOKET_FORMS", str(tmp_path / "forms"))
    return tmp_path / "forms"


def test_the_editions_that_there_are_have_no_fault() -> None:
    assert [str(fault) for file in edition_files() for fault in file.faults] == []
    assert {each.id for each in editions()} == {"hd36-2018", "hd05-2026", "nd30-2020"}
    assert [each.id for each in editions() if each.secondary] == ["hd05-2026"]


@pytest.mark.parametrize(
    ("form", "day", "name"),
    [
        ("party", date(2021, 10, 18), "hd36-2018"),
        ("party", date(2026, 5, 31), "hd36-2018"),
        ("party", date(2026, 6, 1), "hd05-2026"),
        ("state", date(2021, 10, 18), "nd30-2020"),
        ("state", date(2031, 1, 1), "nd30-2020"),
        ("party", date(2010, 1, 1), "hd36-2018"),  # older than every edition
    ],
)
def test_the_day_decides(form: str, day: date, name: str) -> None:
    assert edition_of(form, day).id == name  # type: ignore[arg-type]


def test_an_edition_takes_what_it_does_not_say_from_the_one_that_it_is_based_on() -> None:
    old, new = edition_named("hd36-2018"), edition_named("hd05-2026")
    assert (old.letter_abstract.begins, new.letter_abstract.begins) == ("", "về việc")
    assert new.letter_abstract.size == old.letter_abstract.size
    assert (new.margins, new.kinds) == (old.margins, old.kinds)


def test_an_office_has_its_own_only_where_it_is_named(folder: Path) -> None:
    (folder / "own.yaml").write_text(OWN, encoding="utf-8")
    assert edition_of("state", date(2031, 1, 1)).id == "nd30-2020"
    own = edition_of("state", date(2031, 1, 1), "own")
    assert (own.body.size.most, own.body.end, own.source) == (13, "./.", "Văn phòng")
    with pytest.raises(NoEditionError, match="Không có thể thức «other»"):
        edition_named("other")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (OWN.replace("id: own", "id: another"), 1, "«id» khác tên tệp «own»"),
        (OWN.replace("nd30-2020", "nd30-2021"), 4, "nd30-2021"),
        (OWN.replace("nd30-2020", "hd05-2026"), 4, "cũng dựa trên thể thức khác"),
        (OWN.replace("{size: 13}", "{size: [14, 13]}"), 6, "số đầu của khoảng lớn hơn số sau"),
        (OWN.replace("{size: 13}", "{sise: 13}"), 6, "sise"),
        (OWN + "- a", 7, ""),
        ("- a\n", 1, "thể thức phải là các mục"),
    ],
)
def test_a_fault_is_told_at_its_line(folder: Path, text: str, line: int, words: str) -> None:
    (folder / "own.yaml").write_text(text, encoding="utf-8")
    faults = [fault for file in edition_files() for fault in file.faults]
    assert [(fault.file.name, fault.line) for fault in faults] == [("own.yaml", line)]
    assert words in faults[0].message
    with pytest.raises(PlanError):
        editions()


def test_an_office_that_names_an_edition_that_there_is_none_of_is_told(tmp_path: Path) -> None:
    small = (REPOSITORY / "tests" / "plan" / "small.yaml").read_text(encoding="utf-8")
    file = tmp_path / "small.yaml"
    file.write_text(small.replace("{sign: BTG,", "{edition: hd36-2019, sign: BTG,"), encoding="utf-8")
    (fault,) = check(file)
    assert (fault.path, fault.nearest) == ("offices[0].letterhead.edition", "hd36-2018")
