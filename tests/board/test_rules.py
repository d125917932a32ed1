"""What became of each rule's word, unit by unit; a rule on trial is counted, and nobody hears of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from conftest import Desk
from intake.plans import FORM, make_plan
from intake.turns import InlineReaders, judged
from reading import corpus
from soket.board.app import create_app
from soket.board.rules import Fate, rule_table
from soket.documents.forms import form_workbook
from soket.plan.model import Plan, Severity
from soket.record.confirming import confirmation_of
from soket.record.decisions import Review
from soket.record.filing import file_decision, file_from_unit
from soket.record.keeping import read_register
from soket.record.records import Ruling
from soket.record.workspace import Workspace
from soket.stages import collect
from soket.store.keys import MAIL_SEAL

from .browser import Browser
from .conftest import an_official


@pytest.fixture(autouse=True)
def inline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read files in this process, and with no programs of the machine's."""
    monkeypatch.setattr("soket.intake.contents.ReaderPool", InlineReaders)
    monkeypatch.setattr("soket.reading.programs.office", lambda: None)
    monkeypatch.setattr("soket.reading.programs.recogniser", lambda: None)


@pytest.fixture(scope="module")
def small_plan() -> Plan:
    return make_plan()


JUMPS = corpus.table(CT01=(100, 1000, 9000), CT01__1=(80, 800, 8000), CT01__2=(20, 200, 1000))
FULL = corpus.table(CT03=(50, 60, 170))
WRONG = corpus.table(
    CT01=(-100, 1000, 9000), CT01__1=(80, 800, 8000), CT01__2=(920, 2000, 1000), CT03=(50, 60, 170), CT05=(1, 2, -3)
)
RULES = ("R-CT01", "J-CT01", "R-CT03", "R-CT05", "T-CT05", "S-CT01", "O-CT01")


def files(table: bytes) -> dict[str, bytes]:
    return {corpus.REPORT: corpus.report(), corpus.TABLE: table}


def changed(plan: Plan, change: Mapping[str, Any] | None, *codes: str) -> Plan:
    """Return a plan in which rules are otherwise; without a change, in which they are not."""

    def rules(found: tuple[Any, ...]) -> tuple[Any, ...]:
        other = ((each, each.code in codes) for each in found)
        return tuple(
            each.model_copy(update=change) if told else each for each, told in other if not told or change is not None
        )

    (form,) = (each for each in plan.forms if each.code == FORM)
    indicators = tuple(each.model_copy(update={"rules": rules(each.rules)}) for each in form.indicators)
    new = form.model_copy(update={"indicators": indicators, "rules": rules(form.rules)})
    return plan.model_copy(update={"forms": tuple(new if each.code == FORM else each for each in plan.forms)})


def lines(desk: Desk) -> dict[str, dict[Fate, int]]:
    table = rule_table(desk().plan, read_register(desk()))
    return {line.code: dict(line.fates) for line in (*table.own, *table.trial, *table.catalogue)}


def decide(desk: Desk, unit: str, outcome: str) -> None:
    told = {"account": "btg", "granted_by": "Đ/c A", "reason": "Đã xem", "decided_at": desk.now}
    file_decision(desk(), Review.model_validate({"id": unit, "unit": unit, "number": 1, "outcome": outcome, **told}))


def test_each_unit_that_a_rule_spoke_of_is_in_one_place(small_plan: Plan) -> None:
    desk = Desk(small_plan, small_plan.campaigns[0])
    for unit in ("huyen_1", "huyen_2", "huyen_3", "huyen_4"):
        judged(desk, unit, files(JUMPS))
    assert lines(desk)["J-CT01"] == {Fate.STANDING: 4}
    judged(desk, "huyen_1", files(corpus.table()), at="2021-11-01 12:00")
    decide(desk, "huyen_2", "accepted")
    asked = [each for each in read_register(desk()).units["huyen_3"].verdicts[0].faults if each.code == "J-CT01"]
    assert len(asked) == 2
    for fault in asked:
        file_from_unit(desk(), confirmation_of("huyen_3", 1, fault, at=desk.now, reason="Đúng", person="A"))
        if fault is asked[0]:
            assert lines(desk)["J-CT01"][Fate.STANDING] == 2  # one place of it is still asked about
    assert lines(desk)["J-CT01"] == dict.fromkeys(Fate, 1)


def test_what_a_person_takes_in_spite_of_a_rule_is_let_pass(small_plan: Plan) -> None:
    desk = Desk(small_plan, small_plan.campaigns[0])
    assert judged(desk, "huyen_1", files(FULL)).ruling is Ruling.RETURNED
    decide(desk, "huyen_1", "accepted")
    assert lines(desk)["R-CT03"] == {Fate.OVERRULED: 1}


def test_a_rule_that_only_tells_has_no_fate_to_show(small_plan: Plan) -> None:
    desk = Desk(small_plan, small_plan.campaigns[0])
    judged(desk, "huyen_1", files(corpus.table(CT05=(100, 100, 100))))
    (line,) = (each for each in rule_table(desk().plan, read_register(desk())).own if each.code == "T-CT05")
    assert line.fired == 1
    assert {line.cell(fate) for fate in Fate} == {None}


def test_a_rule_that_the_plan_has_no_more_is_still_counted(small_plan: Plan) -> None:
    desk = Desk(small_plan, small_plan.campaigns[0])
    judged(desk, "huyen_1", files(JUMPS))
    table = rule_table(changed(small_plan, None, "J-CT01"), read_register(desk()))
    assert [(each.code, each.fired) for each in table.own if "không còn" in each.words] == [("J-CT01", 1)]
    tried = Desk(changed(small_plan, {"trial": True}, "J-CT01"), small_plan.campaigns[0])
    judged(tried, "huyen_1", files(JUMPS))
    table = rule_table(changed(small_plan, None, "J-CT01"), read_register(tried()))
    assert [(each.code, each.fired) for each in table.trial] == [("J-CT01", 1)]


@pytest.mark.parametrize("code", RULES)
def test_a_rule_on_trial_leaves_nothing_but_its_code_in_the_verdict(small_plan: Plan, code: str) -> None:
    """All else in the bucket, papers, slips and runs of checks too, is as if the rule were not there."""
    found = []
    for change in (None, {"trial": True, "severity": Severity.WARNING}, {"trial": True}):
        desk = Desk(changed(small_plan, change, code), small_plan.campaigns[0])
        desk.store.put(MAIL_SEAL, bytes(32))
        collect.open_stage(desk("2021-10-18 08:00"), desk.plan.stage("unit_reports"))
        judged(desk, "huyen_1", files(WRONG))
        verdict = desk().keys.report("huyen_1", 1, "verdict.json")
        told = json.loads(desk.store.get(verdict))
        assert told.pop("on_trial") == ([code] if change else [])
        besides = (verdict, desk().keys.register, *(each.key for each in desk.store.list(desk().keys.editions)))
        kept = [
            each for each in desk.store.list("") if not each.key.endswith(".eml")
        ]  # which mark off their parts anew
        others = {each.key: each.etag for each in kept if each.key not in besides}
        found.append((told, others, form_workbook(desk.plan, desk.plan.forms[0])))
    for told, others, form in found[1:]:
        assert (told, form) == (found[0][0], found[0][2])
        assert {key for key, etag in others.items() if found[0][1].get(key) != etag} == set()
        assert others.keys() == found[0][1].keys()


def test_a_rule_on_trial_is_counted_on_its_page_alone() -> None:
    plan = changed(make_plan(), {"trial": True}, "J-CT01", "R-CT03")
    desk = Desk(plan, plan.campaigns[0])
    judged(desk, "huyen_1", files(FULL))
    verdict = judged(desk, "huyen_2", files(JUMPS))
    assert verdict.ruling is Ruling.ACCEPTED
    judged(desk, "huyen_1", files(corpus.table()), at="2021-11-01 12:00")
    table = rule_table(desk().plan, read_register(desk()))
    assert [(each.code, dict(each.fates)) for each in table.trial] == [
        ("J-CT01", {Fate.STANDING: 1}),
        ("R-CT03", {Fate.CORRECTED: 1}),
    ]
    assert not {"J-CT01", "R-CT03"} & {each.code for each in table.own}
    browser, home = Browser(create_app(lambda *_: desk(), lambda: ([plan], []), an_official)), f"/{plan.id}/2021"
    pages = {path: browser.get(f"{home}{path}").text for path in ("", "/rules", "/units/huyen_2", "/stages")}
    assert "Quy tắc đang thử" in pages["/rules"]
    assert {path for path, page in pages.items() if "J-CT01" in page} == {"/rules"}
    assert f'href="{home}/rules"' in pages[""]


def test_of_whom_something_was_judged_is_told_with_the_press_apart(workspace: Workspace) -> None:
    plan, register = workspace.plan, read_register(workspace)
    owing, press = register.reporting(plan), register.press(plan)
    judged_of = [sum(bool(each.verdicts) for each in entries) for entries in (owing, press)]
    told = f"{judged_of[0]}/{len(owing)} đơn vị phải báo cáo và {judged_of[1]}/{len(press)} cơ quan báo chí"
    assert rule_table(plan, register).judged == told
    assert judged_of[0] > 0
    assert len(press) > 0
