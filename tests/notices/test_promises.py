"""A unit that promised a day on the telephone is left alone until it is over, and is then reminded once."""

from __future__ import annotations

from datetime import date

from soket.notices.delivery import deliver
from soket.notices.ladder import due
from soket.notices.ledger import read_intent
from soket.notices.progress import to_chase
from soket.notices.render import write
from soket.notices.senders import RecordingSender
from soket.notices.timely import chase
from soket.record.decisions import Promise
from soket.record.records import Ruling

from .plans import make_plan
from .world import World, _act, moment

UNIT = "unit_00"
SAID = "hẹn gửi trong ngày 09/11/2021 (Chánh Văn phòng)"


def ids(world: World, when: str) -> list[str]:
    world.clock.set(when)
    return [notice.id for notice in due(world.workspace, world.register)]


def promised(units: int = 1, at: str = "2021-11-05 08:00", last_day: date = date(2021, 11, 9)) -> World:
    world = World(make_plan(units))
    promise = Promise(**_act(f"promise-{at}", moment(at)), unit=UNIT, last_day=last_day, person="Chánh Văn phòng")
    world.decisions.append(promise)
    return world


def test_nobody_is_told_until_the_promised_day_is_over() -> None:
    world = promised()
    for when in ("2021-11-05 14:00", "2021-11-08 07:30", "2021-11-09 23:59"):
        assert ids(world, when) == []


def test_then_the_unit_is_reminded_once_and_the_ladder_goes_on() -> None:
    world = promised()
    woken = "reminder.unit_00.unit-p1-promise-20211109.2021-11-04"
    assert ids(world, "2021-11-10 07:29") == []
    assert ids(world, "2021-11-10 07:30") == [
        woken,
        "escalation.unit_00.head-p4.2021-11-04",
        "escalation.ubnd.2021-11-10",
        "escalation.tttu.2021-11-10",
    ]
    first = chase(world.workspace, world.register)
    assert woken in first
    deliver(world.workspace, RecordingSender(), now=world.clock.real)
    world.clock.set("2021-11-11 07:30")
    assert chase(world.workspace, world.register) == []
    mail = write(world.workspace, read_intent(world.workspace, woken))
    assert f"dù qua điện thoại đơn vị đã {SAID}" in mail.text


def test_the_others_of_a_block_are_chased_and_their_superior_reads_the_promise() -> None:
    world = promised(units=3)
    world.clock.set("2021-11-08 07:30")
    notices = due(world.workspace, world.register)
    assert {notice.addressee for notice in notices} == {"unit_01", "unit_02", "btg", "ubnd"}
    (told,) = [notice for notice in notices if notice.addressee == "ubnd"]
    rows = {row["name"]: row["standing"] for row in told.context["late_units"]}  # type: ignore[union-attr, call-overload, index]
    assert rows["Huyện ủy Kỳ Anh"] == f"chưa gửi; {SAID}"
    digest = {each["name"]: each["standing"] for each in to_chase(world.workspace, world.register)}
    assert digest["Huyện ủy Kỳ Anh"] == f"chưa gửi; {SAID}"
    world.clock.set("2021-11-10 09:00")
    digest = {each["name"]: each["standing"] for each in to_chase(world.workspace, world.register)}
    assert digest["Huyện ủy Kỳ Anh"] == f"chưa gửi; {SAID}, quá hẹn chưa gửi"


def test_a_later_promise_takes_the_place_of_an_earlier_one_and_an_undo_takes_it_back() -> None:
    world = promised()
    later = Promise(
        **_act("promise-2", moment("2021-11-09 16:00")), unit=UNIT, last_day=date(2021, 11, 11), person="Bí thư"
    )
    world.decisions.append(later)
    assert ids(world, "2021-11-10 07:30") == []
    world.undo(moment("2021-11-10 08:00"))
    assert "reminder.unit_00.unit-p1-promise-20211109.2021-11-04" in ids(world, "2021-11-10 08:01")


def test_what_came_since_counts_and_not_the_promise() -> None:
    returned, extended = promised(), promised()
    returned.send(UNIT, moment("2021-11-08 15:00"), Ruling.RETURNED)
    assert ids(returned, "2021-11-09 07:30") != []
    assert not any("promise" in each for each in ids(returned, "2021-11-10 07:30"))
    extended.extend(UNIT, moment("2021-11-05 10:00"), date(2021, 11, 12))
    assert ids(extended, "2021-11-10 07:30") == ["reminder.unit_00.unit-m2.2021-11-12"]
    kept = promised()
    kept.send(UNIT, moment("2021-11-08 15:00"))
    assert ids(kept, "2021-11-10 07:30") == []
