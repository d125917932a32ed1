"""Units that owe something beside their report, to a stage and by a date of its own."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

from intake.turns import turn
from record.builders import drop, submit
from soket.board.choosing import Filters
from soket.board.views import board_of
from soket.documents.archive_lines import papers_of
from soket.intake.classify import classify, owed_kinds
from soket.notices.digests import digest_notice
from soket.notices.ladder import due
from soket.notices.ledger import Intent, read_intent, states
from soket.notices.render import write
from soket.plan.check import check, doubtful
from soket.plan.loader import load
from soket.plan.model import Duty, Plan
from soket.reading.kinds import FileKind
from soket.record.keeping import read_register
from soket.record.products import REQUEST_LETTER
from soket.record.records import Submission
from soket.stack.from_plans import folder_of

from .flow import Played, a_stage, by, write_plan

REPORTS = a_stage("bao_cao", "collect", "tuyen_giao")
DOSSIERS = a_stage("ho_so", "collect", "tuyen_giao", takes="document", **{"from": ["so_hai", "huyen"]}) | {
    "delivers": "Hồ sơ đề nghị khen thưởng"
}
DRAFT = a_stage("soan", "draft", "tuyen_giao", after=["bao_cao"])
DATES = {"bao_cao": by("01", "04"), "ho_so": by("01", "12"), "soan": by("05", "09")}


@pytest.fixture
def story(tmp_path: Path) -> Played:
    file = write_plan(tmp_path, [REPORTS, DOSSIERS, DRAFT], DATES)
    assert [str(fault) for fault in check(file)] == []
    return Played(load(file))


def test_what_is_owed_beside_a_report_is_a_line_of_its_own(story: Played) -> None:
    plan = story.plan
    assert {unit.code: (unit.name, plan.stage_of(unit).id) for unit in plan.units} == {
        "h_mot": ("Huyện Một", "bao_cao"),
        "so_hai": ("Sở Hai", "bao_cao"),
        "h_mot__ho_so": ("Huyện Một (hồ sơ đề nghị khen thưởng)", "ho_so"),
        "so_hai__ho_so": ("Sở Hai (hồ sơ đề nghị khen thưởng)", "ho_so"),
    }
    dates = {code: f"{entry.last_day:%d/%m}" for code, entry in read_register(story.desk()).units.items()}
    assert dates == {"h_mot": "04/11", "so_hai": "04/11", "h_mot__ho_so": "12/11", "so_hai__ho_so": "12/11"}
    again = Plan.model_validate_json(plan.model_dump_json())  # as the record keeps it
    assert [unit.code for unit in again.units] == [unit.code for unit in plan.units]


def test_each_goes_its_own_way_to_its_end(story: Played) -> None:
    story.run("2021-11-01 08:00")
    story.report("2021-11-03 10:00", "h_mot", "so_hai")
    for day in ("05", "06"):
        story.run(f"2021-11-{day} 08:00")
    assert story.ends() == ["bao_cao 1", "soan 1"]  # the report does not wait for the dossiers
    workspace = story.desk("2021-11-10 09:00")
    chased = {each.addressee for each in due(story.desk("2021-11-12 08:00"), read_register(workspace))}
    assert chased == {"h_mot__ho_so", "so_hai__ho_so"}
    for code in ("h_mot__ho_so", "so_hai__ho_so"):
        submit(story.desk("2021-11-12 09:00"), code)
    story.run("2021-11-12 10:00")
    assert story.ends() == ["bao_cao 1", "soan 1", "ho_so 1"]


def test_the_letter_asks_for_it_in_the_plan_s_words(story: Played) -> None:
    story.run("2021-11-01 08:00")
    paper = docx.Document(io.BytesIO(story.product("ho_so", 1, REQUEST_LETTER)))
    text = "\n".join(paper.element.itertext())
    assert "Lập hồ sơ đề nghị khen thưởng." in text
    assert "24 giờ 00, ngày 12/11/2021" in text
    assert "Đề cương" not in text


def test_the_archive_calls_the_letter_by_what_it_asks_for(story: Played) -> None:
    story.run("2021-11-01 08:00")
    there = set(story.desk.store.objects)
    named = [
        [each.title for each in papers_of(story.plan, read_register(story.desk()), story.plan.stage(stage), there)]
        for stage in ("bao_cao", "ho_so")
    ]
    assert [titles[0] for titles in named] == ["Công văn đề nghị báo cáo", "Công văn đề nghị hồ sơ đề nghị khen thưởng"]


def test_it_is_sent_into_a_folder_inside_the_unit_s_own(story: Played) -> None:
    workspace = story.desk("2021-11-02 09:00")
    key = drop(workspace, "h_mot__ho_so", "ho-so.docx")
    unit = folder_of(story.plan, workspace.campaign, "h_mot")
    assert key.startswith(unit.prefix)  # the unit's key opens it
    standings = {code: entry.standing.value for code, entry in read_register(story.desk()).units.items()}
    assert standings["h_mot__ho_so"] == "pending"
    assert standings["h_mot"] == "not_sent"


def test_it_is_judged_as_a_document_of_any_kind(story: Played) -> None:
    unit = story.plan.unit("h_mot__ho_so")
    assert unit.owes is Duty.DOCUMENT
    assert classify(story.plan, unit, "to-trinh.docx", ["Tờ trình", "không phát sinh"], 0) is Submission.DOCUMENT
    assert owed_kinds(story.plan, unit) == {FileKind.DOCUMENT}


def test_it_is_no_unit_more_where_units_are_counted(story: Played) -> None:
    story.run("2021-11-01 08:00")
    story.report("2021-11-03 10:00", "h_mot")
    workspace = story.desk("2021-11-15 08:00")
    register = read_register(workspace)
    notice = digest_notice(workspace, register)
    assert notice is not None
    mail = write(workspace, Intent(notice=notice, posted_at=workspace.now))
    board = board_of(workspace, register, Filters())
    assert "1/2 đơn vị đã gửi" in mail.text
    assert "Việc khác, ngoài 2 đơn vị phải báo cáo (2):" in mail.text
    assert mail.text.count("Huyện Một (hồ sơ đề nghị khen thưởng): chưa gửi") == 1
    assert "khen thưởng) (hồ sơ" not in mail.text
    assert (board.tally.owing, board.documents_tally.owing) == (2, 2)
    assert [row.code for row in board.documents] == ["h_mot__ho_so", "so_hai__ho_so"]


def test_the_mail_that_asks_for_it_calls_the_unit_by_its_name(story: Played) -> None:
    story.run("2021-11-01 08:00")
    workspace = story.desk("2021-11-01 09:00")
    ids = [each for each in states(workspace) if each.startswith("request.h_mot__ho_so")]
    mail = write(workspace, read_intent(workspace, ids[0]))
    assert "Kính gửi: Huyện Một\n" in mail.text
    assert "Cần gửi: hồ sơ đề nghị khen thưởng\n" in mail.text


def test_units_may_be_named_one_by_one(tmp_path: Path) -> None:
    other = a_stage("bao_cao_so", "collect", "tuyen_giao", **{"from": ["so_hai"]})
    draft = DRAFT | {"after": ["bao_cao", "bao_cao_so"]}
    dates = {"bao_cao": DATES["bao_cao"], "bao_cao_so": by("01", "03"), "soan": DATES["soan"]}
    file = write_plan(tmp_path, [REPORTS, other, draft], dates)
    plan = load(file)
    assert {unit.code: plan.stage_of(unit).id for unit in plan.units} == {"h_mot": "bao_cao", "so_hai": "bao_cao_so"}


def test_a_draft_rests_on_reports_not_on_dossiers(tmp_path: Path) -> None:
    dates = DATES | {"soan": by("05", "20")}
    found = check(write_plan(tmp_path, [REPORTS, DOSSIERS, DRAFT | {"after": ["ho_so"]}], dates))
    assert [fault.message for fault in found] == ["dự thảo «soan» không theo sau giai đoạn nhận báo cáo nào"]


def test_a_code_that_would_read_as_a_duty_is_refused(tmp_path: Path) -> None:
    file = write_plan(tmp_path, [REPORTS, DRAFT], {name: DATES[name] for name in ("bao_cao", "soan")})
    file.write_text(file.read_text(encoding="utf-8").replace("h_mot", "h__mot"), encoding="utf-8")
    assert [(fault.path, fault.message) for fault in check(file)] == [
        ("units[0].code", "mã «h__mot» có hai gạch dưới liền nhau")
    ]


@pytest.mark.parametrize(("longer", "faults"), [(0, 0), (1, 1)])
def test_codes_that_are_too_long_together_are_told(tmp_path: Path, longer: int, faults: int) -> None:
    code = "h" * (59 - len("so_hai") + longer)
    dates = {code if name == "ho_so" else name: each for name, each in DATES.items()}
    file = write_plan(tmp_path, [REPORTS, DOSSIERS | {"id": code}, DRAFT], dates)
    told = [str(fault) for fault in check(file)]
    assert len(told) == faults
    assert all("ghép với mã đơn vị «so_hai» thành 62 chữ" in each and "nhiều nhất 59 chữ" in each for each in told)
    if not told:  # as the record keeps it
        assert Plan.model_validate_json(load(file).model_dump_json()) == load(file)


def test_a_document_that_is_missing_is_called_as_the_plan_calls_it(story: Played) -> None:
    workspace = story.desk("2021-11-02 09:00")
    drop(workspace, "h_mot__ho_so", "so-lieu.csv", b"a;b\n")
    (verdict,) = turn(workspace)
    told = {fault.code: fault.message for fault in verdict.faults}
    assert told["HS-11"] == "Chưa có hồ sơ đề nghị khen thưởng: trong các tệp đã gửi không có văn bản nào."
    assert "HS-01" not in told


def test_what_is_owed_beside_is_no_second_unit_of_the_file(tmp_path: Path) -> None:
    file = write_plan(tmp_path, [REPORTS, DOSSIERS, DRAFT], DATES)
    assert not [fault for fault in doubtful(file, load(file)) if fault.path.startswith("units")]
