"""Who owns a stage reads when its date moved: once, exactly, and of no date that is another by then."""

from __future__ import annotations

from datetime import date

import pytest

from record import story
from record.builders import postpone, undo
from record.story import Story
from record.verbs import ubnd_draft
from soket.notices.compose import moved_stage_notices
from soket.notices.delivery import deliver
from soket.notices.ledger import Ending, Intent, states
from soket.notices.render import write
from soket.notices.timely import announce
from soket.plan.changes import Amendment, ChangeKind, MovedDate
from soket.record.decisions import PlanChange
from soket.record.filing import file_decision
from soket.record.keeping import read_register
from soket.stages.collect import answer_units

from .plans import make_plan
from .post import ScriptedSender
from .test_compose import record, with_records
from .world import World, _act, moment

DRAFT, APPRAISAL, CONFERENCE = "ubnd_draft", "vptu_appraisal", "conference"
DAY = date(2021, 11, 17)


@pytest.fixture
def world() -> World:
    return World(make_plan(2))


def told(world: World) -> list[tuple[str, str, str]]:
    """Return whom the letters go to, with the old date and the new one."""
    return [
        (each.addressee, row["before"], row["last_day"])
        for each in moved_stage_notices(world.workspace, world.register)
        for row in each.context["stages"]
    ]


def test_the_office_that_drafts_reads_when_its_stage_is_put_off_by_whom_and_why(world: World) -> None:
    assert told(world) == []
    world.postpone(moment("2021-11-08 08:00"), DAY, DRAFT)
    world.decisions[0] = world.decisions[0].model_copy(update={"document_number": "03-TB/TU"})
    world.clock.set("2021-11-08 09:00")
    assert told(world) == [("bcs", "09/11/2021", "17/11/2021")]
    (notice,) = moved_stage_notices(world.workspace, world.register)
    mail = write(world.workspace, Intent(notice=notice, posted_at=world.clock.now()))
    for words in ("hết ngày 17/11/2021", "hết ngày 09/11/2021", "Chống dịch.", "03-TB/TU", "Trưởng ban"):
        assert words in mail.text
    assert "(hết ngày 19/11/2021): còn 02 ngày làm việc sau ngày 17/11/2021 (kế hoạch 08)" in mail.text, (
        "no other date moves with it"
    )
    assert notice.cc == (), "the appraiser still has time"


def test_who_owns_a_stage_that_follows_reads_that_its_date_cannot_be_kept(world: World) -> None:
    world.postpone(moment("2021-11-08 08:00"), date(2021, 11, 19), DRAFT)
    world.clock.set("2021-11-08 09:00")
    (notice,) = moved_stage_notices(world.workspace, world.register)
    appraiser = world.workspace.plan.office(world.workspace.plan.stage(APPRAISAL).owner)
    assert notice.cc == (appraiser.contact,)
    mail = write(world.workspace, Intent(notice=notice, posted_at=world.clock.now()))
    assert "không còn ngày làm việc nào trước hạn 19/11/2021" in mail.text
    assert "Ngày của các bước sau không tự lùi theo" in mail.text


def test_a_date_that_moves_again_is_told_from_the_last_one_and_from_the_plans(world: World) -> None:
    world.postpone(moment("2021-11-08 08:00"), date(2021, 11, 12), DRAFT)
    world.postpone(moment("2021-11-09 08:00"), DAY, DRAFT)
    world.clock.set("2021-11-09 09:00")
    (notice,) = moved_stage_notices(world.workspace, world.register)
    assert told(world) == [("bcs", "12/11/2021", "17/11/2021")]
    assert notice.context["stages"][0]["planned"] == "09/11/2021"
    world.undo(moment("2021-11-10 08:00"))
    world.clock.set("2021-11-10 09:00")
    assert told(world) == [("bcs", "17/11/2021", "12/11/2021")]
    assert moved_stage_notices(world.workspace, world.register)[0].context["taken_back"]


def test_what_is_taken_back_is_told_though_the_date_is_over_and_a_late_letter_is_not_sent(world: World) -> None:
    world.postpone(moment("2021-11-08 08:00"), DAY, DRAFT)
    world.clock.set("2021-11-18 00:00")
    assert told(world) == []
    world.undo(moment("2021-11-18 08:00"))
    world.clock.set("2021-11-18 09:00")
    assert told(world) == [("bcs", "17/11/2021", "09/11/2021")]


def test_who_has_finished_hears_nothing_until_the_next_round(world: World) -> None:
    world.postpone(moment("2021-11-08 08:00"), DAY, DRAFT)
    world.clock.set("2021-11-08 09:00")
    done = with_records(world.register, record(world, DRAFT, "done"))
    assert moved_stage_notices(world.workspace, done) == []
    opened = with_records(done, record(world, DRAFT, "opened", round_number=2))
    assert len(moved_stage_notices(world.workspace, opened)) == 1


def test_the_office_that_leads_reads_of_its_own_stage_from_the_operator(world: World) -> None:
    world.postpone(moment("2021-10-20 08:00"), date(2021, 11, 9))
    world.clock.set("2021-10-20 09:00")
    (notice,) = moved_stage_notices(world.workspace, world.register)
    assert (notice.addressee, notice.by) == ("btg", "van_hanh")


def test_a_changed_plan_that_moves_two_stages_of_an_office_makes_one_letter(world: World) -> None:
    moves = {APPRAISAL: (date(2021, 11, 18), date(2021, 11, 19)), CONFERENCE: (date(2021, 11, 29), date(2021, 11, 30))}
    changes = tuple(
        Amendment(
            kind=ChangeKind.DATE,
            about=stage,
            name=stage,
            moved=(MovedDate(units=(), before=before, after=after), MovedDate(units=("a",), before=after, after=after)),
        )
        for stage, (before, after) in moves.items()
    )
    world.decisions.append(PlanChange(**_act("plan-2", moment("2021-11-01 08:00")), edition=2, changes=changes))
    world.clock.set("2021-11-01 09:00")
    assert told(world) == [("vptu", "18/11/2021", "19/11/2021"), ("vptu", "29/11/2021", "30/11/2021")]
    assert len(moved_stage_notices(world.workspace, world.register)) == 1


def test_no_letter_goes_twice_and_none_of_a_date_that_moved_on(world: World) -> None:
    sender = ScriptedSender(down=True)
    for number, day in enumerate((date(2021, 11, 12), DAY)):
        world.postpone(world.clock.now(), day, DRAFT)
        file_decision(world.workspace, world.decisions[number])
        announce(world.workspace, world.register)
        deliver(world.workspace, sender, now=world.clock.real)
        world.clock.pass_(hours=1)
    sender.down = False
    for _ in range(2):
        announce(world.workspace, world.register)
        deliver(world.workspace, sender, now=world.clock.real)
    assert [each.rpartition(".")[2] for each in sender.ids] == ["2021-11-17"]
    assert sorted(state.ending for state in states(world.workspace).values()) == [Ending.SENT, Ending.WITHDRAWN]


def test_a_draft_that_came_back_is_told_its_new_date_once_it_is_worked_on_again(after: Story) -> None:
    desk, told = after(story.returned), f"new_date.{after(story.returned).plan.stage(DRAFT).owner}."

    def letters() -> list[str]:
        answer_units(desk())
        return [notice for notice in states(desk()) if notice.startswith(told)]

    postpone(desk("2021-11-12 10:00"), DRAFT, DAY)
    assert letters() == [], "its first round is done, and nobody works on the next yet"
    ubnd_draft.open_round(desk("2021-11-12 10:05"))
    (letter,) = letters()
    assert letter.endswith(".2021-11-17")
    assert letters() == [letter]


def test_a_date_put_back_that_an_earlier_round_met_is_not_told_as_overdue(after: Story) -> None:
    desk = after(story.returned)
    postpone(desk("2021-11-12 10:00"), DRAFT, DAY)
    ubnd_draft.open_round(desk("2021-11-12 10:05"))
    undo(desk("2021-11-12 14:00"), f"postponement-{DRAFT}")
    (letter,) = moved_stage_notices(desk(), read_register(desk()))
    (stage,) = letter.context["stages"]
    assert stage["days"] == "hạn này đã đạt ở vòng 1; vòng 2 chưa có hạn riêng"
