"""The YAML made of a paper: the checker accepts it, it says where each part is from, and loses nothing in silence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from plan_reading.sources import NAMES, paper
from soket.plan.check import examine
from soket.plan.directory import directory_file, examined
from soket.plan.model import Plan
from soket.plan_reading.asking import from_answers
from soket.plan_reading.compose import NewPlan, new_plan, summary
from soket.plan_reading.paper import Paper, paper_of
from soket.plan_reading.yaml_text import Flow, Hole, noted, written
from soket.reading.findings import Content

TODAY = date(2026, 1, 15)
SEED = {"mo_dot": "18/10/2021", "ket_thuc_dot": "03/12/2021", "dia_danh": "Hà Tĩnh"}


def made(name: str, answers: Mapping[str, str] = {}, directory: str | None = None) -> NewPlan:
    known = examined(directory_file(directory)).made if directory else None
    return new_plan(paper(name), from_answers(answers), TODAY, known)


def accepted(new: NewPlan, folder: Path) -> Plan:
    file = folder / f"{new.id}.yaml"
    file.write_text(new.text, encoding="utf-8")
    plan, faults = examine(file)
    assert plan is not None, "\n".join(map(str, faults))
    return plan


@pytest.mark.parametrize("name", NAMES)
def test_the_checker_accepts_it_without_an_answer(name: str, tmp_path: Path) -> None:
    accepted(made(name), tmp_path)


def test_the_seed_comes_out_as_its_plan_does(plan: Plan, tmp_path: Path) -> None:
    new = accepted(made("nq06", SEED, "ha_tinh_2021"), tmp_path)
    ours, theirs = new.campaigns[0], plan.campaigns[0]
    assert (ours.opens, ours.closes) == (theirs.opens, theirs.closes)
    assert [stage.kind for stage in new.stages] == [stage.kind for stage in plan.stages]
    for mine, known in zip(new.stages, plan.stages, strict=True):
        assert (mine.owner, ours.stages[mine.id]) == (
            known.owner,
            theirs.stages[known.id].model_copy(update={"ahead": None}),
        )
    for mine, known in zip(new.stages[:3], plan.stages[:3], strict=True):  # of the conference, the paper names another
        assert mine.receiver == known.receiver
    named = {unit.code for unit in plan.units if unit.block != "ban_dang"}  # whom the paper's paragraph does not name
    assert {unit.code for unit in new.units} == named
    assert [each.replace("VPTU", "Văn phòng Tỉnh ủy") for each in new.recipients] == list(plan.recipients)
    assert new.purposes == plan.purposes
    assert len(new.goals) == len(plan.goals)
    assert (new.roles.lead, new.roles.standing) == (plan.roles.lead, plan.roles.standing)


def test_blocks_with_two_dates_hand_in_to_one_stage_each_by_its_own(tmp_path: Path) -> None:
    plan = accepted(made("bo_kinh_te_bien"), tmp_path)
    assert [stage.id for stage in plan.stages if stage.kind == "collect"] == ["bao_cao"]
    dates = plan.campaigns[0].stages["bao_cao"]
    assert (dates.before, dates.blocks["don_vi_thuoc_bo"].before) == (date(2025, 6, 30), date(2025, 6, 15))
    assert "so_dia_phuong" not in dates.blocks
    assert plan.stage("du_thao").after == ("bao_cao",)
    assert plan.stage("du_thao_2").after == ("tham_dinh",)  # what is finished after the appraisal waits for it


def test_a_block_without_a_date_of_its_own_is_told(tmp_path: Path) -> None:
    lines = [*_lines("bo_kinh_te_bien")]
    at = next(at for at, line in enumerate(lines) if line.startswith("3.2."))
    lines.insert(at, "Các bộ, cơ quan ngang bộ gửi báo cáo về Vụ Kế hoạch - Tài chính.")
    new = new_plan(paper_of(Content(paragraphs=tuple(lines))), from_answers({}), TODAY)
    accepted(new, tmp_path)
    assert any("khối bo_nganh không có thời hạn riêng" in words for words in new.asking.assumed)


@pytest.mark.parametrize("name", NAMES)
def test_what_was_asked_assumed_and_left_stands_at_its_end(name: str) -> None:
    new = made(name)
    tail = " ".join(new.text.split("# Đã hỏi")[1].replace("#", " ").split())
    for _, items in summary(new.asking, new.unmatched, new.unused):
        for item in items:
            assert " ".join(item.split()) in tail


def test_dates_quote_the_paragraph_that_says_them() -> None:
    text = made("nq06").text
    assert '# Mục II.2, gạch đầu dòng 2: "…' in text
    before = text.split("bao_cao: {opens")[0].rstrip().splitlines()
    assert before[-1].endswith('05/11/2021"') or before[-2].endswith('05/11/2021"')


def test_a_year_that_is_not_written_is_told_as_an_assumption() -> None:
    assert any("không ghi năm" in words for words in made("hai_cap").asking.assumed)


def test_what_the_directory_has_not_is_told() -> None:
    new = made("nong_thon_moi", directory="ha_tinh_2021")
    assert "Văn phòng UBND tỉnh" in new.unmatched


def test_answers_take_the_place_of_assumptions(tmp_path: Path) -> None:
    answers = {"don_vi_don_vi_thuoc_bo": "Cục Kiểm ngư; Vụ Hợp tác quốc tế", "van_hanh": "Trung tâm Chuyển đổi số"}
    plan = accepted(made("bo_kinh_te_bien", answers), tmp_path)
    assert [unit.name for unit in plan.units if unit.block == "don_vi_thuoc_bo"] == [
        "Cục Kiểm ngư",
        "Vụ Hợp tác quốc tế",
    ]
    assert plan.office(plan.roles.operator).name == "Trung tâm Chuyển đổi số"


@pytest.mark.parametrize(
    ("words", "columns"),
    [
        ("số liệu theo từng 06 tháng từ năm 2022 đến năm 2023", ["2022-H1", "2022-H2", "2023-H1", "2023-H2"]),
        ("Số liệu từng năm 2021 - 2023", [2021, 2022, 2023]),
        ("số liệu từng quý, từ năm 2025 đến hết năm 2025", ["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"]),
        ("số liệu giai đoạn 2021 - 2025", [2026]),  # one column or five: nobody can tell
        ("số liệu từng năm; so với giai đoạn 2016 - 2020", [2026]),
    ],
)
def test_figures_are_asked_of_the_years_that_the_paper_names(
    words: str, columns: list[int | str], tmp_path: Path
) -> None:
    paragraphs = ("KẾ HOẠCH", "Sơ kết Nghị quyết số 05-NQ/TU", "I. NỘI DUNG", f"1. Kết quả kinh tế số; {words}.",
                  "II. TỔ CHỨC", "1. Các sở gửi báo cáo về Sở Nội vụ trước ngày 15/9/2026.")  # fmt: skip
    plan = accepted(new_plan(paper_of(Content(paragraphs=paragraphs)), from_answers({}), TODAY), tmp_path)
    assert list(plan.forms[0].years) == columns


def test_a_stage_without_a_date_is_a_hole_that_is_listed(tmp_path: Path) -> None:
    lines = tuple(line.replace("vào trung tuần tháng 6/2026", "sau") for line in _lines("hai_cap"))
    new = new_plan(paper_of(Content(paragraphs=lines)), from_answers({}), TODAY)
    assert "# hoi_nghi:  CHƯA CÓ" in new.text
    assert any("hoi_nghi" in words for words in new.asking.open)
    assert "hoi_nghi" not in accepted(new, tmp_path).campaigns[0].stages


def _lines(name: str) -> list[str]:
    from plan_reading.sources import lines_of

    return lines_of(name)


@given(st.lists(st.text(max_size=60), max_size=12))
def test_whatever_a_paper_says_the_yaml_is_yaml(lines: list[str]) -> None:
    whole: Paper = paper_of(Content(paragraphs=("KẾ HOẠCH", *filter(str.strip, lines))))
    data = yaml.safe_load(new_plan(whole, from_answers({}), TODAY).text)
    assert data["outline"]


@given(
    st.dictionaries(
        st.from_regex(r"[a-z]{1,8}", fullmatch=True),
        st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=300),
    )
)
def test_texts_come_back_as_they_went(data: dict[str, str]) -> None:
    whole = {key: " ".join(value.split()) for key, value in data.items()}
    assert (yaml.safe_load(written(whole)) or {}) == whole


def test_notes_stand_above_and_holes_are_comments() -> None:
    text = written(
        {"a": noted("b c", "giả định: d"), "e": Hole("f"), "g": [noted({"h": 1, "i": Flow({"j": True})}, "k")]}
    )
    assert text == '# giả định: d\na: "b c"\n\n# e:  CHƯA CÓ: f\n\ng:\n  # k\n  - h: 1\n    i: {j: true}\n'
