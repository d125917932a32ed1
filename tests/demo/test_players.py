"""What officials do with what they find in the bucket."""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT

from conftest import REPOSITORY, Desk, moment
from demo.airflow_api import Question
from demo.cleaning import clean
from demo.players import Clerks, Drafter, Units
from demo.respondent import Respondent
from demo.scenario import Drop, Scenario, load
from demo.watch import Sight
from soket.plan.model import Campaign, Plan
from soket.record.decisions import Appraisal, ConferenceFormat
from soket.record.filing import file_decision, file_stage_record
from soket.record.records import Ruling, Submission, Verdict
from soket.record.workspace import Workspace
from soket.store.store import MemoryStore

LONG = "Trong 05 năm qua, các cấp ủy, chính quyền đã lãnh đạo, chỉ đạo thực hiện Nghị quyết đạt nhiều kết quả."


@dataclass
class User:
    waiting: list[Question] = field(default_factory=list)
    answers: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    forms: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)

    def questions(self, dag: str, task: str) -> list[Question]:
        return [each for each in self.waiting if (each.dag, each.task) == (dag, task)]

    def answer(self, question: Question, option: str, fields: dict[str, str]) -> bool:
        self.waiting.remove(question)
        self.answers.append((option, fields))
        return True

    def trigger(self, dag: str, run: str, form: dict[str, str]) -> bool:
        self.forms.append((dag, run, form))
        return True


@dataclass
class Stage:
    """A world in memory."""

    desk: Desk
    scenario: Scenario
    user: User = field(default_factory=User)
    workspace: Workspace = field(init=False)

    def at(self, text: str) -> Stage:
        self.workspace = self.desk(text)
        return self

    @property
    def now(self) -> datetime:
        return self.workspace.now

    def store_of(self, _owner: str) -> MemoryStore:
        return self.desk.store

    def user_of(self, _office: str) -> User:
        return self.user

    def sight(self) -> Sight:
        sight = Sight()
        sight.look(self.workspace)
        return sight


@pytest.fixture
def stage(plan: Plan, campaign: Campaign) -> Stage:
    script = REPOSITORY / "samples" / "nq06_du_lich" / "scenario.yaml"
    return Stage(Desk(plan, campaign), load(script)).at("2021-11-07 08:00")


def file_working_draft(stage: Stage, round_number: int) -> None:
    document = Document()
    document.add_paragraph(LONG)
    row = document.add_table(rows=1, cols=3).rows[0].cells
    row[0].text, row[1].text, row[2].text = "CT01", "1.234", "5.678"
    data = BytesIO()
    document.save(data)
    key = stage.workspace.keys.stage("ubnd_draft", round_number, "du-thao.docx")
    stage.desk.store.put(key, data.getvalue())
    file_stage_record(stage.workspace, "ubnd_draft", round_number, "working", "Xong.", products=("a.xlsx", key))


def official_drafts(stage: Stage) -> list[Document]:
    folder = stage.workspace.keys.inbox_folder(stage.workspace.plan.playing("drafter")[0])
    return [Document(BytesIO(stage.desk.store.get(found.key))) for found in stage.desk.store.list(folder)]


def test_the_drafter_works_on_the_working_draft(stage: Stage) -> None:
    drafter = Drafter()
    assert not drafter.play(stage, stage.sight())
    file_working_draft(stage, 1)
    assert not drafter.play(stage, stage.sight()), "before its hour"
    stage.at("2021-11-09 03:00")
    assert not drafter.play(stage, stage.sight()), "at night"
    stage.at("2021-11-09 09:00")
    assert drafter.play(stage, stage.sight())
    assert not drafter.play(stage, stage.sight()), "once a round"
    (draft,) = official_drafts(stage)
    told = stage.scenario.officials.drafts[0]
    assert told.adds in [paragraph.text for paragraph in draft.paragraphs]
    assert [cell.text for cell in draft.tables[0].rows[0].cells] == ["CT01", "1.234", "6.678"]


def test_the_second_draft_prints_the_right_figures(stage: Stage) -> None:
    drafter = Drafter()
    file_working_draft(stage, 1)
    drafter.play(stage.at("2021-11-09 09:00"), stage.sight())
    file_working_draft(stage, 2)
    assert drafter.play(stage.at("2021-11-15 09:00"), stage.sight())
    assert official_drafts(stage)[1].tables[0].rows[0].cells[2].text == "5.678"


def test_what_the_drafter_takes_out_lays_no_page_on_its_side(stage: Stage, plan: Plan) -> None:
    document = Document()
    document.add_paragraph(LONG)
    document.add_paragraph("Nội dung này: (bổ sung sau).")
    document.add_section().orientation = WD_ORIENT.LANDSCAPE
    clean(plan, document)
    assert [each.text for each in document.paragraphs if each.text] == [LONG]
    assert [each.orientation for each in document.sections] == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE]


def test_the_drafter_waits_for_the_answer_to_the_draft_before(stage: Stage) -> None:
    """A late report opens a round while the first draft lies before the appraiser."""
    drafter = Drafter()
    file_working_draft(stage, 1)
    drafter.play(stage.at("2021-11-09 09:00"), stage.sight())
    file_stage_record(stage.workspace, "vptu_appraisal", 1, "opened", "Nhận.")
    file_working_draft(stage.at("2021-11-10 15:00"), 2)
    assert not drafter.play(stage.at("2021-11-17 09:00"), stage.sight())
    record(stage, 1, "returned")
    assert not drafter.play(stage, stage.sight()), "it takes a day at the least"
    assert drafter.play(stage.at("2021-11-18 09:00"), stage.sight())
    assert len(official_drafts(stage)) == 2


def question(number: int) -> Question:
    return Question("nq06_du_lich.vptu_appraisal", f"run {number}", "appraise", -1, "Thẩm định", ())


def respondent(stage: Stage, *, reading_time: float = 0.0) -> Respondent:
    answers = stage.scenario.officials.appraisals
    return Respondent(
        stage.workspace.plan.stage("vptu_appraisal"), "appraise", answers, Appraisal, reading_time=reading_time
    )


def record(stage: Stage, round_number: int, outcome: str) -> None:
    act = {"decided_at": stage.workspace.now, "account": "vptu", "granted_by": "VPTU", "reason": "Lý do."}
    decision = {
        "id": f"appraisal-{round_number}",
        "stage": "vptu_appraisal",
        "round": round_number,
        "outcome": outcome,
        **act,
    }
    file_decision(stage.workspace, Appraisal.model_validate(decision))


def test_the_appraiser_returns_first_and_approves_then(stage: Stage) -> None:
    vptu = respondent(stage)
    file_stage_record(stage.workspace, "vptu_appraisal", 1, "opened", "Nhận.")
    stage.user.waiting = [question(1)]
    assert not vptu.play(stage.at("2021-11-10 09:00"), stage.sight()), "before its hour"
    for closed in ("2021-11-11 22:00", "2021-11-12 07:59", "2021-11-13 10:00", "2021-11-15 17:00"):
        assert not vptu.play(stage.at(closed), stage.sight()), "out of office hours"
    assert vptu.play(stage.at("2021-11-15 09:30"), stage.sight())
    record(stage, 1, "returned")
    stage.user.waiting = [question(2)]
    assert not vptu.play(stage, stage.sight()), "the next answer has its own hour"
    assert vptu.play(stage.at("2021-11-18 09:30"), stage.sight())
    assert [option for option, _ in stage.user.answers] == ["Trả lại", "Đồng ý trình"]


def test_a_question_asked_again_gets_the_same_answer_again(stage: Stage) -> None:
    vptu = respondent(stage)
    file_stage_record(stage.workspace, "vptu_appraisal", 1, "opened", "Nhận.")
    for _ in range(2):  # the first answer never reached the record
        stage.user.waiting = [question(1)]
        assert vptu.play(stage.at("2021-11-18 09:30"), stage.sight())
    assert [option for option, _ in stage.user.answers] == ["Trả lại", "Trả lại"]


def test_nobody_answers_before_having_read(stage: Stage) -> None:
    vptu = respondent(stage, reading_time=3600)
    file_stage_record(stage.workspace, "vptu_appraisal", 1, "opened", "Nhận.")
    stage.user.waiting = [question(1)]
    assert not vptu.play(stage.at("2021-11-18 09:30"), stage.sight())


def test_a_day_that_has_passed_becomes_tomorrow(stage: Stage) -> None:
    answers = stage.scenario.officials.conference
    vptu = Respondent(
        stage.workspace.plan.stage("conference"), "choose_format", answers, ConferenceFormat, reading_time=0.0
    )
    file_stage_record(stage.workspace, "conference", 1, "opened", "Nhận.")
    stage.user.waiting = [Question("nq06_du_lich.conference", "run", "choose_format", -1, "Hình thức", ())]
    assert vptu.play(stage.at("2021-11-30 10:00"), stage.sight())
    assert stage.user.answers[0][1]["day"] == "2021-12-01"


def test_nobody_is_asked_before_the_stage_opens(stage: Stage) -> None:
    answers = stage.scenario.officials.conference
    vptu = Respondent(
        stage.workspace.plan.stage("conference"), "choose_format", answers, ConferenceFormat, reading_time=0.0
    )
    stage.user.waiting = [question(1)]
    assert not vptu.play(stage.at("2021-11-25 09:00"), stage.sight())


def test_the_operator_enters_each_form_once(stage: Stage) -> None:
    operator = Clerks()
    assert not operator.play(stage.at("2021-11-01 08:00"), stage.sight())
    assert operator.play(stage.at("2021-11-03 14:30"), stage.sight())
    assert not operator.play(stage, stage.sight())
    ((dag, run, form),) = stage.user.forms
    assert (dag, run) == ("nq06_du_lich.actions", "demo__1")
    assert form["act"] == "extension"
    assert form["last_day"] == "2021-11-05"
    assert "at" not in form
    assert moment("2021-11-03 14:30") == stage.now


def test_each_form_is_entered_under_the_account_of_whoever_may(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    offices: list[str] = []
    monkeypatch.setattr(Stage, "user_of", lambda self, office: offices.append(office) or self.user)
    clerks, roles = Clerks(), stage.workspace.plan.roles
    clerks.play(stage.at("2021-11-12 10:00"), stage.sight())
    assert offices == [roles.operator], "nothing is returned yet, so there is no reason to postpone"
    record(stage, 1, "returned")
    assert not clerks.play(stage.at("2021-11-14 10:00"), stage.sight()), "on a Sunday"
    clerks.play(stage.at("2021-11-15 10:00"), stage.sight())
    assert offices == [roles.operator, roles.standing]
    assert stage.user.forms[1][2]["act"] == "postponement"
    assert not {"by", "once"} & set(stage.user.forms[1][2])


def test_a_form_that_had_to_wait_names_a_day_that_is_still_ahead(stage: Stage) -> None:
    clerks = Clerks()
    record(stage.at("2021-11-18 09:00"), 1, "returned")
    clerks.play(stage.at("2021-11-18 10:00"), stage.sight())
    assert [form["last_day"] for _, _, form in stage.user.forms] == ["2021-11-19", "2021-11-19"]


def verdict(unit: str, number: int) -> Verdict:
    return Verdict(
        unit=unit,
        number=number,
        kind=Submission.REPORT,
        ruling=Ruling.ACCEPTED,
        late=False,
        judged_at=moment("2021-10-24 08:00"),
        faults=(),
    )


def test_a_correction_waits_for_the_answer_to_what_it_corrects(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    corrections = {drop.owner for drop in stage.scenario.drops(stage.workspace.plan) if drop.number > 1}
    sent: list[Drop] = []
    monkeypatch.setattr("demo.players._send", lambda _, drop: sent.append(drop))
    stage.at("2021-12-01 08:00")
    with closing(Units(stage)) as units:  # type: ignore[arg-type]
        units._timekeeper.result()
        units.play(stage, Sight())
        assert {drop.number for drop in sent} == {1}
        assert not units.done
        sight = Sight(verdicts=[verdict(code, 1) for code in corrections])
        deadline = time.monotonic() + 60
        while not units.done and time.monotonic() < deadline:
            units.play(stage, sight)
    assert {drop.owner for drop in sent if drop.number > 1} == corrections
    assert len(sent) == len(set(sent))
