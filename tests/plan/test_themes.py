"""A plan's lexicon is checked with the plan, line by line, and its faults stop drafts only."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import REPOSITORY
from soket.plan.check import check, doubtful, examine
from soket.plan.fault import PlanError
from soket.plan.loader import load
from soket.plan.themes import lexicon_of

SMALL = REPOSITORY / "tests" / "plan" / "small.yaml"
SOUND = """\
id: chung
title: Chủ đề
sections:
  ket_qua:
    - {code: K1, name: Hạ tầng, keywords: [tuyến đường, bến xe]}
    - {code: K2, name: Văn hóa, keywords: [lễ hội]}
"""


@pytest.fixture
def plan_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOKET_THEMES", str(tmp_path))
    file = tmp_path / "plan.yml"  # no lexicon of the folder
    file.write_text(SMALL.read_text(encoding="utf-8") + "\nthemes: chung\n", encoding="utf-8")
    return file


def write(plan_file: Path, text: str) -> Path:
    file = plan_file.parent / "chung.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_plan_without_a_lexicon_has_none() -> None:
    assert lexicon_of(load(SMALL)) is None
    assert check(SMALL) == []


def test_the_lexicon_that_a_plan_names_is_read(plan_file: Path) -> None:
    write(plan_file, SOUND)
    assert check(plan_file) == []
    lexicon = lexicon_of(load(plan_file))
    assert lexicon
    assert [each.code for each in lexicon.sections["ket_qua"]] == ["K1", "K2"]


def test_a_name_of_no_lexicon_is_a_fault_of_the_plan(plan_file: Path) -> None:
    (plan_file.parent / "chungg.yaml").write_text(SOUND, encoding="utf-8")
    (fault,) = check(plan_file)
    assert (fault.file, fault.nearest) == (plan_file, "chungg")
    assert "không có bộ chủ đề «chung»" in fault.message


@pytest.mark.parametrize(
    ("before", "after", "line", "message"),
    [
        ("code: K2", "code: K1", 6, "mã chủ đề «K1» dùng hai lần"),
        ("keywords: [lễ hội]", "keywords: []", 6, "ít nhất"),
        ("keywords: [lễ hội]", "keyword: [lễ hội]", 6, "keyword"),
        ("id: chung", "id: khac", 1, "khác tên tệp"),
    ],
)
def test_faults_of_a_lexicon_have_its_file_and_line(
    plan_file: Path, before: str, after: str, line: int, message: str
) -> None:
    file = write(plan_file, SOUND.replace(before, after))
    fault = check(plan_file)[0]
    assert (fault.file, fault.line) == (file, line)
    assert message in fault.message
    plan, faults = examine(plan_file)  # the campaign goes on
    assert plan
    assert not faults
    with pytest.raises(PlanError, match=r"chung\.yaml"):
        lexicon_of(plan)


def test_phrases_of_two_themes_and_headings_of_no_outline_are_doubtful(plan_file: Path) -> None:
    write(plan_file, SOUND.replace("[lễ hội]", "[lễ hội, Ben Xe]") + "  la_lung: []\n")
    told = [each.message for each in doubtful(plan_file, load(plan_file)) if each.file.name == "chung.yaml"]
    assert any("«Ben Xe» thuộc cả K1 và K2" in each for each in told)
    assert any("không có mục đề cương «la_lung»" in each for each in told)


def test_a_mended_lexicon_is_read_anew(plan_file: Path) -> None:
    file = write(plan_file, SOUND)
    plan = load(plan_file)
    assert lexicon_of(plan)
    file.write_text(SOUND.replace("Văn hóa", "Lễ hội"), encoding="utf-8")
    lexicon = lexicon_of(plan)
    assert lexicon
    theme = lexicon.theme("ket_qua", "K2")
    assert theme
    assert theme.name == "Lễ hội"


def test_the_shipped_lexicon_has_nothing_odd(plan: object) -> None:
    file = REPOSITORY / "include" / "plans" / "nq06_du_lich.yaml"
    assert check(file) == []
    assert not [each for each in doubtful(file, load(file)) if each.file.parent.name == "themes"]
