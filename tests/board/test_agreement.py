"""The board, the register and the bucket say the same after whatever can happen in a campaign."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from html import unescape
from typing import Any, get_args

import pytest

from conftest import Desk, moment
from record.builders import ODD, ask_for_time, drop, judge, list_proposal, receive, submit, take_back
from soket.board.access import Campaigns
from soket.board.app import create_app
from soket.intake.withdrawing import withdraw
from soket.plan.changes import Amendment, ChangeKind
from soket.record.attendance import Attending, Channel, Reply, reply_id
from soket.record.confirming import confirmation_of
from soket.record.day_tree import trees_to_seal
from soket.record.decisions import Decision
from soket.record.filing import file_day_tree, file_decision, file_from_unit, file_stage_record
from soket.record.keeping import Snapshot, read_register
from soket.record.messages import message_of
from soket.record.records import Attempt, Ruling, Verdict
from soket.record.refusals import RefusedAct, id_of_refusal
from soket.record.register import Register
from soket.record.tally import Progress
from soket.store.keys import Keys
from soket.text import format_date

from .browser import Browser
from .campaigns import a_plan
from .conftest import an_official
from .recount import Recount, UnitCount

ACTS = get_args(get_args(Decision)[0])
RECORDS = {
    get_args(field.annotation)[1]
    for name, field in Snapshot.model_fields.items()
    if name not in ("plan", "campaign", "etags", "decisions")
} | {RefusedAct}

HANDS_IN, SENT_BACK, ASKS, LATER, NIL, FREED, PLANS, CALLED = (f"huyen_uy_{number:02}" for number in range(1, 9))
FAILED, LATE, SILENT, AMENDS, SPARED = (f"huyen_uy_{number:02}" for number in range(9, 14))
TAKES_BACK = "dang_uy_01"
PRESS = "bao_chi_01"


def act(kind: str, **fields: Any) -> Callable[[Desk], None]:
    """Let an official decide something."""
    (made,) = (each for each in ACTS if each.model_fields["kind"].default == kind)

    def done(desk: Desk) -> None:
        common = {"account": "vptu", "granted_by": "Đ/c Chánh Văn phòng", "reason": "Mưa lũ", "decided_at": desk.now}
        name = f"{kind}-{desk.now:%m%d%H%M}"
        file_decision(desk(), made.model_validate({"id": name, **common, **fields}))

    return done


def undo(kind: str) -> Callable[[Desk], None]:
    """Let an official take back the latest of a kind."""

    def done(desk: Desk) -> None:
        latest = [each for each in read_register(desk(), keep=False).decisions if each.kind == kind][-1]
        act("undo", undoes=latest.id)(desk)

    return done


def says(unit: str, text: str, *, asks: bool) -> Callable[[Desk], None]:
    return lambda desk: void(
        file_from_unit(desk(), message_of(unit, text, at=desk().now, source="page", asks=asks, person="Lê Thị B"))
    )


def sends(unit: str, number: int = 1, ruling: Ruling = Ruling.ACCEPTED) -> Callable[[Desk], None]:
    return lambda desk: void(submit(desk(), unit, number, ruling))


def drops(unit: str, data: bytes = b"moi") -> Callable[[Desk], None]:
    return lambda desk: void(drop(desk(), unit, data=data))


def is_received(unit: str, number: int = 1) -> Callable[[Desk], None]:
    return lambda desk: void(receive(desk(), unit, number))


def is_judged(unit: str) -> Callable[[Desk], None]:
    def done(desk: Desk) -> None:
        judge(desk(), read_register(desk(), keep=False).units[unit].receipts[-1])

    return done


def announces(desk: Desk) -> None:
    """Let a unit hand in the plan of its own review, or say that it has nothing to report."""
    for unit, kind in ((PLANS, "own_review_plan"), (SPARED, "nil_return")):
        drop(desk(), unit)
        receipt = receive(desk(), unit)
        told = {"unit": unit, "number": 1, "kind": kind, "ruling": "accepted", "late": receipt.late, "faults": ()}
        verdict = Verdict.model_validate({**told, "judged_at": desk.now})
        desk.store.create(desk().keys.report(unit, 1, "verdict.json"), verdict.to_json())


def fails(desk: Desk) -> None:
    later = desk.now + timedelta(minutes=10)
    attempt = Attempt(unit=FAILED, number=1, attempt=1, at=desk.now, again_at=later, error="OSError", detail="")
    desk.store.create(desk().keys.attempt(FAILED, 1, 1), attempt.to_json())


def confirms(desk: Desk) -> None:
    file_from_unit(desk(), confirmation_of(HANDS_IN, 1, ODD, at=desk.now, reason="Có dự án mới", person="Lê Thị B"))


def replies(desk: Desk) -> None:
    told = {"stage": "conference", "round": 1, "guest": HANDS_IN, "channel": Channel.PAGE, "source": "page"}
    found = {"id": reply_id(Channel.PAGE, "page"), "at": desk.now, "attending": Attending.COMES, "person": "Lê Thị B"}
    file_from_unit(desk(), Reply.model_validate({**told, **found}))


def takes_back(desk: Desk) -> None:
    take_back(desk(), TAKES_BACK)


def is_withdrawn(desk: Desk) -> None:
    withdraw(desk(), read_register(desk(), keep=False))


def day_is_sealed(desk: Desk) -> None:
    register = read_register(desk(), keep=False)
    receipts = [receipt for entry in register.units.values() for receipt in entry.receipts]
    for tree in trees_to_seal(desk.plan.id, desk.campaign.code, receipts, register.trees, desk.now):
        file_day_tree(desk(), tree)


def is_refused(desk: Desk) -> None:
    told = {"at": desk.now, "account": "bcsd", "act": "extension", "why": "Không có quyền.", "no_right": True}
    refused = RefusedAct.model_validate({"id": id_of_refusal("x"), **told})
    desk.store.create(desk().keys.refusal(refused.id), refused.to_json())


def reaches(stage: str, step: str) -> Callable[[Desk], None]:
    return lambda desk: void(file_stage_record(desk(), stage, 1, step, f"Bước {step}."))


def void(_: object) -> None:
    """Let a table's line leave nothing but what it did."""


def nothing(_: Desk) -> None:
    """Let time alone pass."""


CHANGE = Amendment(kind=ChangeKind.TITLE, about="title", name="tên kế hoạch", before="A", after="B")
CONFERENCE = {"stage": "conference", "format": "in_person", "day": date(2021, 11, 29), "place": "Hội trường"}

EVENTS: tuple[tuple[str, str, Callable[[Desk], None]], ...] = (
    ("2021-10-18 08:00", "nothing yet", nothing),
    ("2021-10-18 09:00", "StageRecord: a stage opens", reaches("unit_reports", "opened")),
    ("2021-10-20 08:00", "dropped", drops(HANDS_IN)),
    ("2021-10-20 09:00", "Receipt: received", is_received(HANDS_IN)),
    ("2021-10-20 10:00", "Verdict: judged", is_judged(HANDS_IN)),
    ("2021-10-20 11:00", "Verdict: with warnings", sends(AMENDS, 1, Ruling.ACCEPTED_WITH_WARNINGS)),
    ("2021-10-20 12:00", "Confirmation", confirms),
    ("2021-10-20 13:00", "Verdict: returned", sends(SENT_BACK, 1, Ruling.RETURNED)),
    ("2021-10-20 14:00", "a correction that is returned", sends(AMENDS, 2, Ruling.RETURNED)),
    ("2021-10-20 15:00", "Verdict: referred", sends(SENT_BACK, 2, Ruling.REFERRED)),
    ("2021-10-20 16:00", "Review: accepted", act("review", unit=SENT_BACK, number=2, outcome="accepted")),
    ("2021-10-20 17:00", "Review: returned", act("review", unit=AMENDS, number=1, outcome="returned")),
    ("2021-10-20 18:00", "an own review's plan, a nil return on paper", announces),
    ("2021-10-21 08:00", "DayTree: a day's receipts are sealed", day_is_sealed),
    ("2021-10-21 08:10", "dropped, to be taken back", drops(TAKES_BACK)),
    ("2021-10-21 08:20", "TakeBack: asked back before it is received", takes_back),
    ("2021-10-21 08:30", "received all the same", is_received(TAKES_BACK)),
    ("2021-10-21 08:40", "Withdrawal: nothing is judged", is_withdrawn),
    (
        "2021-10-21 08:50",
        "the same content anew",
        lambda desk: (drops(TAKES_BACK)(desk), is_received(TAKES_BACK, 2)(desk))[0],
    ),
    ("2021-10-21 08:55", "and judged", is_judged(TAKES_BACK)),
    ("2021-10-21 09:00", "received, and", lambda desk: (drops(FAILED)(desk), is_received(FAILED)(desk))[0]),
    ("2021-10-21 10:00", "Attempt: failed on", fails),
    ("2021-10-21 11:00", "Retry", act("retry", unit=FAILED)),
    ("2021-10-22 08:00", "ExtensionRequest", lambda desk: void(ask_for_time(desk(), LATER, date(2021, 11, 9)))),
    ("2021-10-22 09:00", "RequestRefusal", act("request_refusal", unit=LATER)),
    ("2021-10-22 10:00", "the refusal is taken back", undo("request_refusal")),
    ("2021-10-22 11:00", "Extension", act("extension", unit=LATER, last_day=date(2021, 11, 9))),
    ("2021-10-22 12:00", "Postponement", act("postponement", stage="unit_reports", last_day=date(2021, 11, 8))),
    ("2021-10-22 13:00", "Undo: the postponement is taken back", undo("postponement")),
    ("2021-10-22 14:00", "the undo is taken back", undo("undo")),
    ("2021-10-22 15:00", "and taken back again", undo("undo")),
    ("2021-10-23 08:00", "Exemption", act("exemption", unit=FREED)),
    ("2021-10-23 09:00", "who is exempt sends", sends(FREED)),
    ("2021-10-23 10:00", "the exemption is taken back", undo("exemption")),
    ("2021-10-23 11:00", "exempt again", act("exemption", unit=FREED)),
    ("2021-10-23 12:00", "NilReturn", act("nil_return", unit=NIL)),
    ("2021-10-24 07:00", "UnitMessage: tells", says(CALLED, "Đã nhận công văn", asks=False)),
    ("2021-10-24 08:00", "UnitMessage: asks", says(ASKS, "Tính cả xã mới không?", asks=True)),
    ("2021-10-24 09:00", "OfficialMessage: internal", act("message", unit=ASKS, manner="internal")),
    ("2021-10-24 10:00", "OfficialMessage: answers", act("message", unit=ASKS, manner="tells")),
    ("2021-10-24 11:00", "asks once more", says(ASKS, "Còn số năm trước?", asks=True)),
    ("2021-10-25 08:00", "Promise", act("promise", unit=CALLED, last_day=date(2021, 11, 3), person="Ông C")),
    ("2021-10-25 09:00", "Urging", act("urging", unit=CALLED)),
    ("2021-10-25 10:00", "Mute", act("mute", unit=CALLED, last_day=date(2021, 11, 2))),
    ("2021-10-25 11:00", "LinkRenewal", act("link_renewal", unit=CALLED)),
    ("2021-10-25 12:00", "PlanChange", act("plan_change", edition=2, changes=(CHANGE,))),
    ("2021-10-25 13:00", "RefusedAct", is_refused),
    ("2021-10-26 08:00", "the press sends its plan", sends(PRESS)),
    ("2021-11-05 00:00", "the last day is over", nothing),
    ("2021-11-05 08:00", "dropped late", drops(LATE)),
    ("2021-11-05 09:00", "received late", is_received(LATE)),
    ("2021-11-05 09:30", "a stage is done", reaches("unit_reports", "done")),
    ("2021-11-05 10:00", "judged late", is_judged(LATE)),
    ("2021-11-05 11:00", "Reopening", act("reopening", stage="unit_reports")),
    ("2021-11-08 08:00", "within its extension", sends(LATER)),
    ("2021-11-12 08:00", "Appraisal", act("appraisal", stage="vptu_appraisal", round=1, outcome="returned")),
    ("2021-11-22 08:00", "a proposal is listed", lambda desk: void(list_proposal(desk(), "de_nghi_1", HANDS_IN))),
    ("2021-11-22 09:00", "Commendation", act("commendation", proposals=("de_nghi_1",), conclusion="commended")),
    ("2021-11-22 09:30", "Opinion", act("opinion", stage="vptu_appraisal")),
    ("2021-11-22 10:00", "ConferenceFormat", act("conference_format", **CONFERENCE)),
    ("2021-11-22 11:00", "the conference is called", reaches("conference", "done")),
    ("2021-11-23 08:00", "Reply", replies),
    ("2021-11-30 00:00", "the conference is over: nobody waits", nothing),
    ("2021-12-16 00:00", "the campaign is over", nothing),
)


@dataclass
class Look:
    """What the board shows at one moment."""

    browser: Browser
    desk: Desk

    @property
    def home(self) -> str:
        return f"/{self.desk.plan.id}/{self.desk.campaign.code}"

    def anew(self) -> None:
        """Forget what was read."""
        app: Any = self.browser.app
        app.state.campaigns = Campaigns(lambda *_: self.desk(), lambda: ([self.desk.plan], []))

    def page(self, path: str = "") -> str:
        answer = self.browser.get(f"{self.home}{path}")
        assert answer.status_code == 200, path
        return answer.text

    def data(self) -> dict[str, Any]:
        return dict(json.loads(self.page("/register.json")))


def tiles(page: str) -> dict[str, str]:
    found = re.findall(r'class="tile [a-z]*" href="[^"]*progress=(\w+)&[^"]*">.*?<strong>([\d/]+)', page)
    return dict(found)


def expected_tiles(there: Recount) -> dict[str, str]:
    owing = there.owing
    told = {"received": f"{there.received}/{len(owing)}", "on_time": str(there.by["on_time"])}
    if all(there.now >= max(there.closes, there.over(each)) for each in owing):
        return told | {"late": str(there.by["late"]), "lacking": str(sum(each.missed for each in owing))}
    told |= {"late": str(there.by["late"])} if there.by["late"] else {}
    chased, overdue = (sum(getattr(each, name) for each in owing) for name in ("to_chase", "overdue"))
    return told | {"to_chase": str(chased), "overdue": str(overdue)}


def groups(there: Recount) -> dict[str, int]:
    """How many of those that owe a report each filter holds."""
    owing = {unit for unit, each in there.units.items() if each in there.owing}
    return {
        **there.by,
        "received": there.received,
        "missing": len(there.owing) - there.received,
        "to_chase": sum(each.to_chase for each in there.owing),
        "overdue": sum(each.overdue for each in there.owing),
        "lacking": sum(each.missed for each in there.owing),
        "asking": len((there.asking | there.waiting) & owing),
    }


def rows(page: str, home: str) -> dict[str, tuple[str, str, int]]:
    """The progress, the last day and the number of submissions of each unit that the first page lists."""
    found = {}
    for row in re.findall(r"<tr>\s*<th scope=\"row\">.*?</tr>", page, re.DOTALL):
        code = re.search(rf'href="{home}/units/(\w+)"', row)[1]  # type: ignore[index]
        progress = re.search(r'class="badge (\w+)"', row)[1]  # type: ignore[index]
        day = re.search(r'data-label="Hết ngày" class="when">(\d\d/\d\d/\d{4})', row)[1]  # type: ignore[index]
        sent = re.search(r'data-label="Nộp lúc" class="when( blank)?">.*?</td>', row)
        times = re.search(r"lần (\d+)</span>", sent[0]) if sent else None
        found[code] = (progress, day, int(times[1]) if times else 0)
    return found


def of_register(register: Register, unit: str) -> UnitCount:
    from soket.record.tally import is_overdue, progress_of

    entry = register.units[unit]
    return UnitCount(
        progress=progress_of(entry).value,
        last_day=entry.last_day,
        sent=len(entry.sent),
        accepted=entry.accepted,
        to_chase=entry.to_chase,
        overdue=is_overdue(entry, register.as_of),
        missed=entry.missed,
    )


def agree(look: Look) -> Iterator[str]:
    """Hold the three against each other; yield how far each unit is."""
    look.anew()
    there, register = Recount(look.desk), read_register(look.desk(), keep=False)
    assert {unit: of_register(register, unit) for unit in register.units} == there.units
    assert {name: (entry.round, entry.done, entry.last_day) for name, entry in register.stages.items()} == there.stages
    front, data = look.page(), look.data()
    assert tiles(front) == expected_tiles(there)
    shown = rows(front, look.home)
    assert {unit: each[:2] for unit, each in shown.items()} == {
        unit: (each.progress, format_date(each.last_day)) for unit, each in there.units.items()
    }
    assert all(there.units[unit].sent == times for unit, (_, _, times) in shown.items() if times > 1)
    waiting = re.search(r'id="answers-owed">Đơn vị chờ trả lời \((\d+)\)', front)
    assert int(waiting[1] if waiting else 0) == len(there.asking) + len(there.waiting)
    held = dict(re.findall(r'<option value="(\w+)"[^>]*>[^<]*\((\d+)\)</option>', front))
    for group, count in groups(there).items():
        assert held.get(group, str(count)) == str(count), group
    spoke = re.findall(
        r"<code>([\w.-]+)</code>[^<]*(?:<span[^>]*>[^<]*</span>)?</th>\s*<td[^>]*>(\d+)<", look.page("/rules")
    )
    assert {code: int(count) for code, count in spoke if count != "0"} == there.spoke
    for unit in (HANDS_IN, AMENDS, SENT_BACK, ASKS, FAILED):
        page, counted = look.page(f"/units/{unit}"), there.units[unit]
        assert re.search(r'<h2>[^<]*<span class="badge (\w+)"', page)[1] == counted.progress  # type: ignore[index]
        assert len(re.findall(r'<h3 id="submission-\d+">', page)) == counted.sent
        used = re.search(r"<dt>Bản được tiếp nhận</dt><dd>(?:Lần (\d+)|Chưa có|Không có)</dd>", page)
        assert used
        assert (int(used[1]) if used[1] else None) == counted.accepted
    stages = look.page("/stages")
    for name, (number, _, last_day) in there.stages.items():
        part = stages[stages.index(f'<h2 id="{name}">') :].partition("</section>")[0]
        assert f"hết ngày {format_date(last_day)}" in part
        assert max(map(int, re.findall(r"<h3>Vòng (\d+)", part)), default=0) == number
    decided = look.page("/decisions")
    assert sorted(map(unescape, re.findall(r"mã <code>([^<]*)</code>", decided))) == sorted(
        each["id"] for each in there.decisions
    )
    assert decided.count('<tr class="undone">') == len(there.undone)
    assert decided.count("Không có quyền.") == len(there.told("refusals"))
    for name, root in (("replies", "replies"), ("requests", "replies/requests"), ("messages", "replies/messages")):
        assert sorted(each["id"] for each in data[name]) == sorted(each["id"] for each in there.told(root))
    assert [each["day"] for each in data["trees"]] == sorted(each["day"] for each in there.told("receipts/by-day"))
    for listed in ("confirmations", "attempts"):
        kept = [each["unit"] for entry in data["units"].values() for each in entry[listed]]
        assert sorted(kept) == sorted(there.units_with(listed))
    yield from (each.progress for each in there.units.values())


@pytest.mark.parametrize("late", ["flag", "lock"])
def test_board_register_and_bucket_agree_after_every_event(late: str) -> None:
    plan = a_plan()
    plan = plan.model_copy(update={"limits": plan.limits.model_copy(update={"late": late})})
    desk, seen = Desk(plan, plan.campaigns[0]), set()
    closes = moment("2021-11-05 00:00")
    look = Look(Browser(create_app(lambda *_: desk(), lambda: ([plan], []), an_official)), desk)
    for at, event, happen in EVENTS:
        desk(at)
        before = set(desk.store.objects)
        happen(desk)
        assert (happen is nothing) is (set(desk.store.objects) == before), event
        if late == "lock" and desk.now < closes:  # until then all is as without the lock, and has been looked at
            seen |= {each.progress for each in Recount(desk).units.values()}
            continue
        try:
            seen |= set(agree(look))
        except AssertionError as told:
            told.add_note(f"after: {event}, {at}")
            raise
    known = {each.value for each in Progress}
    assert known - seen <= ({"locked"} if late == "flag" else set())


def test_every_kind_of_record_has_its_event() -> None:
    told = {event.partition(":")[0] for _, event, _ in EVENTS}
    assert {each.__name__ for each in (*ACTS, *RECORDS)} - told == set()


def test_an_event_leaves_what_its_name_says() -> None:
    """What stands before the colon is the class of what is in the bucket afterwards and was not before."""
    desk = Desk(plan := a_plan(), plan.campaigns[0])
    keys = Keys(plan.id, desk.campaign.code)
    places = {
        "Receipt": keys.receipts,
        "Verdict": keys.reports,
        "Attempt": keys.reports,
        "StageRecord": keys.stages,
        "Reply": keys.replies,
        "ExtensionRequest": keys.beside_replies("requests"),
        "Confirmation": keys.beside_replies("confirmations"),
        "UnitMessage": keys.beside_replies("messages"),
        "TakeBack": keys.beside_replies("take_backs"),
        "Withdrawal": keys.reports,
        "DayTree": keys.day_tree(),
        "RefusedAct": keys.refusals,
    }
    kinds = {each.__name__: each.model_fields["kind"].default for each in ACTS}
    assert set(places) == {each.__name__ for each in RECORDS}
    for at, event, happen in EVENTS:
        desk(at)
        before = set(desk.store.objects)
        happen(desk)
        made = [key for key in desk.store.objects if key not in before]
        name = event.partition(":")[0]
        if name in kinds:
            assert [json.loads(desk.store.get(key))["kind"] for key in made] == [kinds[name]], event
        elif name in places:
            assert any(key.startswith(places[name]) for key in made), event
