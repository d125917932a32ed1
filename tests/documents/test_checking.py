"""Our templates pass their own check, and what an office breaks in one is told."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.shared import Mm

from conftest import REPOSITORY
from intake.turns import InlineReaders
from soket.documents.checking import TemplateFault, check_templates
from soket.documents.measuring import look_at, measure
from soket.documents.rendering import Fields, watching_fields
from soket.documents.samples import samples
from soket.documents.template_fields import filled_by_ours
from soket.folders import templates_folder
from soket.plan.edition_files import edition_named
from soket.plan.loader import load

from .builders import make_plan, make_state_plan
from .test_form import NAMES

READERS: Any = InlineReaders()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give templates to change."""
    shutil.copytree(templates_folder() / "documents", tmp_path / "documents")
    monkeypatch.setenv("SOKET_TEMPLATES", str(tmp_path))
    return tmp_path / "documents"


def faults() -> list[TemplateFault]:
    return [each for each in check_templates(READERS, make_plan()) if not each.note]


def test_there_is_a_sample_of_every_template() -> None:
    assert sorted(samples(make_plan())) == NAMES


def test_samples_are_of_the_campaign_that_has_most_stages() -> None:
    quarterly = load(REPOSITORY / "tests" / "plan" / "unlike" / "nghe_an_2_cap.yaml")
    made = samples(quarterly)
    assert {"conference_agenda", "archive_manifest"} <= made.keys()
    assert made["conference_agenda"]()
    assert made["draft_report"]()


@pytest.mark.parametrize("name", NAMES)
def test_what_our_template_fills_in_is_listed(name: str) -> None:
    asked: list[Fields] = []
    with watching_fields(asked.append):
        samples(make_plan())[name]()
    assert [each.filled - {"head"} for each in asked] == [filled_by_ours(name)]


def test_what_an_office_leaves_out_is_noted_and_what_none_needs_is_not(folder: Path) -> None:
    agenda = docx.Document(folder / "conference_agenda.docx")
    for run in (run for paragraph in agenda.paragraphs for run in paragraph.runs):
        run.text = run.text.replace("{{ time }}, ", "")
    agenda.save(folder / "conference_agenda.docx")
    assert [(each.template, each.words) for each in check_templates(READERS, make_plan()) if each.note] == [
        ("conference_agenda", "Mẫu không còn chỗ điền time.")
    ]


@pytest.mark.parametrize("make", [make_plan, make_state_plan])
def test_our_templates_have_no_fault(make: Any) -> None:
    assert [each for each in check_templates(READERS, make()) if not each.note] == []


def test_what_an_office_breaks_is_told(folder: Path) -> None:
    letter = docx.Document(folder / "coverage_request.docx")
    letter.paragraphs[-3].insert_paragraph_before("{{ no_such_field }} {% if none_either %}{% endif %}")
    letter.save(folder / "coverage_request.docx")
    transmittal = docx.Document(folder / "transmittal.docx")
    transmittal.sections[0].left_margin = Mm(40)
    transmittal.save(folder / "transmittal.docx")
    sheet = docx.Document(folder / "conference_agenda.docx")
    sheet.paragraphs[-3].insert_paragraph_before("{{ plan.no_such_word }}")
    sheet.save(folder / "conference_agenda.docx")
    outline = docx.Document(folder / "report_outline.docx")
    outline.paragraphs[-3].insert_paragraph_before("{% if plan %}")
    outline.save(folder / "report_outline.docx")
    (folder / "press_note.docx").unlink()
    (folder / "return_slip.docx").write_bytes(b"no document")
    told = [(each.template, each.words) for each in faults()]
    for template, words in (
        ("coverage_request", "Chỗ điền «no_such_field» không có."),
        ("coverage_request", "Chỗ điền «none_either» không có."),
        ("transmittal", "Lề trang: lề trái 40 mm, cần 30 mm."),
        ("press_note", "Không có tệp mẫu này."),
        ("conference_agenda", "Chỗ điền «no_such_word» không có."),
    ):
        assert (template, words) in told
    assert [words[:30] for template, words in told if template == "report_outline"] == [
        "Dấu lặp, điều kiện, chỗ điền v"
    ]
    assert len({template for template, _ in told}) == 6


@pytest.mark.parametrize("name", ["draft_report", "request_letter", "report_outline"])
def test_legal_bases_stand_each_on_a_line_of_its_own(name: str) -> None:
    paper = look_at(READERS, samples(make_plan())[name]())
    assert "bases" not in {each.rule for each in measure(paper, edition_named("hd05-2026"))}
    assert sum("Nghị quyết số 06-NQ/TU;" in each.text for each in paper.paragraphs) == 1
