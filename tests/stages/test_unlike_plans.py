"""Plans of other shapes, and the first one, each played from its opening to its archive by one player of all kinds.

No code is of any of them: what they have, the model says.
"""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from html import escape
from io import BytesIO

import pytest

from board.browser import Browser
from board.conftest import an_official
from conftest import REPOSITORY
from record.builders import reopen
from soket.board.app import create_app
from soket.clock import VIETNAM
from soket.notices.ledger import read_intent, states
from soket.notices.notice import Kind, Notice
from soket.plan.check import check, doubtful
from soket.plan.loader import load
from soket.plan.model import Campaign, Duty, Plan, StageKind, Unit
from soket.plan.schedule import ladder_moments
from soket.record.products import MANIFEST
from soket.stages import monitor
from soket.stages.actions import record_act
from soket.stages.refusing import Actor, ActRefusedError
from soket.stages.what_if import what_if

from .flow import Played

UNLIKE = sorted((REPOSITORY / "tests" / "plan" / "unlike").glob("*.yaml"))
FILES = {file.stem: file for file in (REPOSITORY / "include" / "plans" / "nq06_du_lich.yaml", *UNLIKE)}
STORIES = [(name, campaign.code) for name, file in FILES.items() for campaign in load(file).campaigns]

CONSOLE = Actor("root", console=True)
PROMISED = {StageKind.DRAFT: Kind.DRAFT, StageKind.CONFER: Kind.INVITATION}  # mail of another round

MOST_UNITS = 2  # of a block: with a hundred, a campaign goes the same way


def few_units(plan: Plan) -> Plan:
    """Return a plan with the first units of each block and duty."""
    seen: Counter[tuple[str, Duty]] = Counter()
    few = []
    for unit in plan.units:
        seen[unit.block, unit.owes] += 1
        if seen[unit.block, unit.owes] <= MOST_UNITS:
            few.append(unit)
    return plan.model_copy(update={"units": tuple(few)})


class Story:
    """A campaign: one unit of each block stays silent, and whoever appraises last sends the draft back once."""

    def __init__(self, plan: Plan, campaign: Campaign) -> None:
        self.played = Played(plan, campaign)
        self.campaign = campaign
        self.plan = self.played.plan
        self.played.returns[self.plan.stages_of(StageKind.APPRAISE)[-1].id] = 1
        owing = [unit for unit in self.plan.units if unit.owes not in (Duty.COVERAGE_PLAN, Duty.EXEMPT)]
        self.silent = list({unit.block: unit for unit in owing}.values())
        self.reporting = [unit for unit in owing if unit not in self.silent]

    def live(self) -> None:
        self.played.run(self.campaign.start + timedelta(hours=8))
        reported = False
        for moment in self._moments():
            if not reported and moment >= self._reports_come:
                self.played.report(self._reports_come, *(unit.code for unit in self.reporting))
                reported = True
            monitor.chase(self.played.desk(max(moment, self.played.desk.now)))
            if moment.time() == time(8):
                self.played.run(self.played.desk.now)

    def again(self) -> Played:
        """Return the campaign as it is in the end, on a bucket of its own."""
        played = Played(self.plan, self.campaign)
        played.desk.store.objects.update(self.played.desk.store.objects)
        played.run(self.played.desk.now + timedelta(minutes=5))
        return played

    @property
    def _reports_come(self) -> datetime:
        return self.campaign.start + timedelta(days=2, hours=10)

    def _moments(self) -> list[datetime]:
        """Return the mornings on which something opens or ends, and when the monitor has somebody to remind."""
        days = {day for dates in self.campaign.stages.values() for day in (dates.opens, dates.last_day)}
        days |= {day + timedelta(days=1) for day in days} | {self.campaign.closes}
        mornings = {datetime.combine(day, time(8), VIETNAM) for day in days if day <= self.campaign.closes}
        chasing = {each.date() for each in ladder_moments(self.plan, self.campaign)}
        return sorted(mornings | {datetime.combine(day, time(8, 30), VIETNAM) for day in chasing})

    def mail(self) -> Iterator[Notice]:
        workspace = self.played.desk()
        for name in states(workspace):
            yield read_intent(workspace, name).notice

    def deadline(self, unit: Unit) -> datetime:
        return self.plan.deadline_of(self.campaign, self.plan.stage_of(unit), unit).moment


@pytest.fixture(scope="module", params=STORIES, ids=lambda each: " ".join(each))
def story(request: pytest.FixtureRequest) -> Story:
    name, code = request.param
    plan = few_units(load(FILES[name]))
    told = Story(plan, plan.campaign(code))
    told.live()
    return told


@pytest.mark.parametrize("name", FILES)
def test_the_plan_has_no_fault(name: str) -> None:
    assert [str(fault) for fault in check(FILES[name])] == []
    doubts = [str(doubt) for doubt in doubtful(FILES[name], load(FILES[name]))]
    assert [doubt for doubt in doubts if "chưa có số điện thoại" not in doubt] == []


def test_every_stage_comes_to_its_end_behind_what_it_follows(story: Story) -> None:
    trail, plan = story.played.trail, story.plan
    done = {stage.id: f"{stage.id} {story.played.round_of(stage)} done" for stage in plan.stages}
    assert [stage for stage, end in done.items() if end not in trail] == []
    for stage in plan.stages:
        for before in stage.after:
            assert trail.index(done[before]) < trail.index(done[stage.id]), (before, stage.id, trail)


def test_what_was_sent_back_is_approved_in_a_second_round(story: Story) -> None:
    appraisals = story.plan.stages_of(StageKind.APPRAISE)
    assert {each.id: story.played.round_of(each) for each in appraisals} == dict.fromkeys((e.id for e in appraisals), 2)


def test_everybody_is_asked_once_and_only_the_silent_are_urged_by_their_own_date(story: Story) -> None:
    mail = list(story.mail())
    asked = Counter(each.addressee for each in mail if each.kind is Kind.REQUEST)
    assert asked == Counter(unit.code for unit in story.plan.units if unit.owes is not Duty.EXEMPT)
    urged = {each.addressee for each in mail if each.kind is Kind.ESCALATION}
    assert not urged.intersection(unit.code for unit in story.reporting)
    assert urged.intersection(unit.code for unit in story.silent)


def test_what_the_preview_of_a_reopening_promises_comes_true(story: Story) -> None:
    """Of every kind of stage, after the archive: another round with its mail, or a refusal that is right."""
    reopened = set()
    for stage in story.plan.stages:
        played = story.again()
        number, mail = played.round_of(stage), set(states(played.desk()))
        form = {"act": "reopening", "stage": stage.id, "reason": "Sửa sai", "granted_by": "Đồng chí A"}
        try:
            told, *left = what_if(played.desk(), form, CONSOLE).afterwards
        except ActRefusedError:
            reopen(played.desk(), stage.id)
            played.run(played.desk.now + timedelta(minutes=1))
            assert (stage.id, played.round_of(stage)) == (stage.id, number)
            assert set(states(played.desk())) == mail
            continue
        record_act(played.desk(), form=form, entry="again", actor=CONSOLE)
        played.run(played.desk.now + timedelta(minutes=1))
        assert told.startswith(f"Khi chạy: mở vòng {number + 1}, ")
        assert "tệp lập từ nay không khớp bảng kê" in told
        assert [each for each in left if not each.endswith("theo dự thảo trước, không tự lập lại.")] == []
        assert not left or stage.kind is StageKind.DRAFT
        assert played.round_of(stage) == number + 1
        posted = {read_intent(played.desk(), name).notice.kind for name in set(states(played.desk())) - mail}
        assert PROMISED[stage.kind] in posted
        appraisals = [each for each in story.plan.stages_of(StageKind.APPRAISE) if story.plan.draft_of(each) == stage]
        assert {played.round_of(each) for each in appraisals} <= {number + 1}  # as who would appraise anew is told
        reopened.add(stage.kind)
    assert reopened == {stage.kind for stage in story.plan.stages} & set(PROMISED)


def test_papers_and_mails_are_of_the_plans_own_form_and_words(story: Story) -> None:
    store, keys = story.played.desk.store, story.played.desk().keys
    papers = {key: words(store.get(key)) for key in store.objects if key.startswith(keys.stages) and key.endswith("x")}
    assert papers
    texts = {**papers, **{each.id: f"{each.context}" for each in story.mail()}}
    if story.plan.form == "state":
        assert [name for name, text in texts.items() if "ĐẢNG CỘNG SẢN" in text or "TỈNH ỦY" in text] == []
    if story.plan.review_word != "sơ kết":
        assert [name for name, text in texts.items() if "sơ kết" in text.casefold()] == []


def words(document: bytes) -> str:
    with zipfile.ZipFile(BytesIO(document)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml"))


def test_the_board_shows_every_stage_as_done(story: Story) -> None:
    workspace = story.played.desk()
    browser = Browser(create_app(lambda *_: workspace, lambda: ([workspace.plan], []), an_official))
    home = f"/{workspace.plan.id}/{workspace.campaign.code}"
    pages = {path: browser.get(f"{home}{path}") for path in ("", "/stages", "/notices", "/decisions")}
    assert {path: page.status_code for path, page in pages.items()} == dict.fromkeys(pages, 200)
    assert [stage.title for stage in workspace.plan.stages if escape(stage.title) not in pages["/stages"].text] == []


def test_the_archive_lists_what_every_stage_made(story: Story) -> None:
    workspace = story.played.desk()
    listed = workspace.store.get(workspace.keys.archive(MANIFEST)).decode()
    made = [stage for stage in story.plan.stages if stage.kind is not StageKind.PUBLISH]
    assert [stage.id for stage in made if workspace.keys.stage(stage.id, 1) not in listed] == []
