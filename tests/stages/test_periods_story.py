"""Plans whose figures are of quarters, and plans without any table, each played from the letters to the appraisal."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
import yaml

from plan.school import SCHOOL, school_plan
from record.builders import parsed_report
from soket.plan.check import check
from soket.plan.loader import load
from soket.plan.model import Plan
from soket.plan.periods import head_of
from soket.record.products import APPRAISAL_REPORT, FIGURES, REQUEST_LETTER, WORKING_DRAFT

from .flow import SMALL, Played, a_stage, by, write_plan

STAGES = [
    a_stage("thu", "collect", "tuyen_giao"),
    a_stage("soan", "draft", "tuyen_giao", after=["thu"]),
    a_stage("duyet", "appraise", after=["soan"]),
]
DATES = {"thu": by("01", "04"), "soan": by("05", "09"), "duyet": by("10", "16")}


def played(folder: Path, **changes: Any) -> Played:
    file = write_plan(folder, STAGES, DATES, **changes)
    assert [str(fault) for fault in check(file)] == []
    played = Played(load(file))
    played.run("2021-11-01 08:00")
    played.report("2021-11-03 10:00")
    for day in ("05", "06", "10", "11"):
        played.run(f"2021-11-{day} 08:00")
    assert played.ends() == ["thu 1", "soan 1", "duyet 1"]
    return played


def text_of(played: Played, stage: str, name: str) -> str:
    return "\n".join(docx.Document(io.BytesIO(played.product(stage, 1, name))).element.itertext())


def test_a_plan_of_quarters(tmp_path: Path) -> None:
    data = yaml.safe_load(SMALL.read_text(encoding="utf-8"))
    data["forms"][0]["years"] = ["quý I/2021", "quý II/2021", "6 tháng đầu năm 2021"]
    data["forms"][1]["years"] = ["lũy kế đến 30/6/2021"]
    story = played(tmp_path, forms=data["forms"])
    draft = text_of(story, "soan", WORKING_DRAFT)
    assert "; 06 tháng đầu năm 2021 đạt" in draft
    assert "Số hội nghị lũy kế đến 30/06/2021 đạt" in draft
    annex = openpyxl.load_workbook(io.BytesIO(story.product("soan", 1, FIGURES)))
    heads = [cell.value for cell in annex["Tổng hợp"][3]]
    assert heads[5:9] == ["Quý I/2021", "Lũy kế đến 30/06/2021", "Quý II/2021", "06 tháng đầu năm 2021"]
    sheet = text_of(story, "duyet", APPRAISAL_REPORT)
    assert "Đã đối chiếu 13 số trong bảng (khớp: 13)" in sheet


def played_school(plan: Plan) -> Played:
    story = Played(plan)
    story.run("2026-05-05 08:00")
    story.report("2026-06-10 10:00")
    for day in ("06-15", "06-16", "07-10", "07-13"):
        story.run(f"2026-{day} 08:00")
    return story


@pytest.mark.parametrize(
    ("plan", "asked", "compared"),
    [
        (
            SCHOOL,
            "các năm học 2023-2024, 2024-2025, 2025-2026",
            "năm học 2025-2026 (số ước) đều tăng so với năm học 2023-2024.",
        ),
        (
            school_plan("giai đoạn 2016-2020", "2025", "giai đoạn 2021-2025"),
            "giai đoạn 2016-2020, năm 2025, giai đoạn 2021-2025",
            "giai đoạn 2021-2025 (số ước) đều tăng so với giai đoạn 2016-2020.",
        ),
        (
            school_plan("tháng 4/2025", "tháng 3/2026", "tháng 4/2026"),
            "các tháng 4/2025, 3/2026, 4/2026",
            "tháng 4/2026 (số ước) đều tăng so với tháng 4/2025.",
        ),
    ],
    ids=["school years", "spans", "months"],
)
def test_a_plan_of_rare_periods(plan: Plan, asked: str, compared: str) -> None:
    story = played_school(plan)
    assert f"Ghi số liệu {asked} vào tệp Excel" in text_of(story, "bao_cao", REQUEST_LETTER)
    assert compared in text_of(story, "du_thao", WORKING_DRAFT)
    annex = openpyxl.load_workbook(io.BytesIO(story.product("du_thao", 1, FIGURES)))
    heads = [cell.value for cell in annex["Tổng hợp"][3]]
    assert heads[5:8] == [head_of(each) for each in plan.forms[0].years]
    sheet = text_of(story, "tham_dinh", APPRAISAL_REPORT)
    assert "Đã đối chiếu 16 số trong bảng (khớp: 16) và số liệu trong lời văn của dự thảo (không có số lệch)" in sheet


def test_a_plan_without_a_table(tmp_path: Path) -> None:
    story = played(tmp_path, forms=[])
    assert parsed_report(story.plan, "h_mot").figures == ()
    letter = text_of(story, "thu", REQUEST_LETTER)
    assert "biểu số liệu" not in letter
    assert "h_mot" not in letter
    assert "Huyện Một đã thực hiện tốt I" in text_of(story, "soan", WORKING_DRAFT)
    files = [Path(each.key).name for each in story.desk.store.list(story.desk().keys.stage("thu", 1))]
    assert not [name for name in files if name.endswith(".xlsx")]
    assert load(tmp_path / "flow.yaml").forms == ()
