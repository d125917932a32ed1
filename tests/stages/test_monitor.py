"""What the next run of the monitor makes of acts: it obeys them, and shows what it holds back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email import message_from_bytes, policy

import pytest

from conftest import Desk, moment
from record.builders import actor_for, first, owing, submit
from soket.clock import FrozenClock
from soket.notices.claims import shown
from soket.notices.delivery import deliver
from soket.notices.ledger import Ending, states
from soket.notices.lines import entries
from soket.notices.notice import Kind
from soket.notices.senders import RecordingSender
from soket.plan.model import Plan
from soket.stages.actions import record_act
from soket.stages.monitor import chase, digest

WHY = {"reason": "Mưa lũ", "granted_by": "Đồng chí Phó Bí thư"}


def enter(desk: Desk, entry: str, **form: str) -> str:
    """Record an act; return its id."""
    note = record_act(desk(), form={**WHY, **form}, entry=entry, actor=actor_for(form))
    return note.partition("«")[2].partition("»")[0]


def posted(desk: Desk, about: str, kind: str = "") -> set[str]:
    """Return the ids of the notices about a unit or office, but those held back."""
    return {
        state.id
        for state in states(desk()).values()
        if state.id.startswith(kind) and state.id.split(".")[1] == about and state.ending is not Ending.SUPPRESSED
    }


def dates_told(desk: Desk, unit: str) -> list[str]:
    """Return the dates that a unit was told of, the first first."""
    told = (entry for entry in entries(desk()) if entry.kind is Kind.NEW_DATE and entry.addressee == unit)
    return [entry.id.rpartition(".")[2] for entry in sorted(told, key=lambda entry: entry.posted_at)]


def held(desk: Desk, about: str) -> dict[str, str]:
    return {
        entry.id: entry.note
        for entry in entries(desk())
        if entry.addressee == about and entry.state is Ending.SUPPRESSED
    }


def test_the_next_run_obeys_an_extension(workspace: Desk, plan: Plan) -> None:
    extended, other = (unit.code for unit in owing(plan)[:2])
    workspace("2021-11-01 07:30")  # three working days before the last day
    chase(workspace())
    assert posted(workspace, extended, "reminder") == {f"reminder.{extended}.unit-m3.2021-11-04"}
    workspace("2021-11-01 09:00")
    enter(workspace, "manual__1", act="extension", unit=extended, last_day="2021-11-09")
    chase(workspace())
    assert dates_told(workspace, extended) == ["2021-11-09"]
    for day in ("2021-11-03", "2021-11-05"):
        workspace(f"{day} 07:30")
        chase(workspace())
    assert f"reminder.{other}.unit-m1.2021-11-04" in posted(workspace, other)
    assert f"escalation.{other}.head-p1.2021-11-04" in posted(workspace, other)
    assert posted(workspace, extended, "escalation") == set()
    workspace("2021-11-08 07:30")
    chase(workspace())
    assert f"reminder.{extended}.unit-m1.2021-11-09" in posted(workspace, extended)
    workspace("2021-11-10 07:30")
    chase(workspace())
    assert posted(workspace, extended, "escalation") == {f"escalation.{extended}.head-p1.2021-11-09"}


def test_the_next_run_tells_of_a_date_taken_back_and_of_one_restored(workspace: Desk, plan: Plan) -> None:
    unit = first(plan)
    workspace("2021-11-01 09:00")
    extension = enter(workspace, "manual__1", act="extension", unit=unit, last_day="2021-11-09")
    chase(workspace())
    workspace("2021-11-01 10:00")
    undo = enter(workspace, "manual__2", act="undo", undoes=extension)
    chase(workspace())
    workspace("2021-11-01 11:00")
    enter(workspace, "manual__3", act="undo", undoes=undo)
    chase(workspace())
    chase(workspace())
    assert dates_told(workspace, unit) == ["2021-11-09", "2021-11-04", "2021-11-09"]


def test_a_muted_unit_gets_nothing_until_the_mute_is_over_and_then_what_is_due(workspace: Desk, plan: Plan) -> None:
    muted, other = (unit.code for unit in owing(plan)[:2])
    workspace("2021-10-29 16:00")
    enter(workspace, "manual__1", act="mute", unit=muted, last_day="2021-11-02", document_number="7-CV/TU")
    for _ in range(2):  # run twice: the same
        workspace("2021-11-01 07:30")
        chase(workspace())
        assert posted(workspace, muted, "reminder") == set()
        assert held(workspace, muted) == {
            f"reminder.{muted}.unit-m3-held.2021-11-04": "tạm ngừng thư đến hết ngày 02/11/2021: Mưa lũ "
            "(Đồng chí Phó Bí thư, văn bản số 7-CV/TU)"
        }
        assert posted(workspace, other, "reminder") == {f"reminder.{other}.unit-m3.2021-11-04"}
    workspace("2021-11-03 07:30")
    chase(workspace())
    assert posted(workspace, muted, "reminder") == {f"reminder.{muted}.unit-m1.2021-11-04"}  # the ladder went on


def test_what_a_mute_held_back_is_said_once_it_is_taken_back(workspace: Desk, plan: Plan) -> None:
    unit = first(plan)
    workspace("2021-10-29 16:00")
    mute = enter(workspace, "manual__1", act="mute", unit=unit, last_day="2021-11-30")
    workspace("2021-11-01 07:30")
    chase(workspace())
    workspace("2021-11-01 14:00")
    enter(workspace, "manual__2", act="undo", undoes=mute)
    chase(workspace())
    assert posted(workspace, unit, "reminder") == {f"reminder.{unit}.unit-m3.2021-11-04"}


def test_what_went_out_before_a_mute_is_not_said_to_be_held_back(workspace: Desk, plan: Plan) -> None:
    unit = first(plan)
    workspace("2021-11-01 07:30")
    chase(workspace())
    sender = RecordingSender()
    deliver(workspace(), sender)
    workspace("2021-11-01 09:00")
    enter(workspace, "manual__1", act="mute", unit=unit, last_day="2021-11-30")
    chase(workspace())
    assert held(workspace, unit) == {}
    assert posted(workspace, unit, "reminder") == {f"reminder.{unit}.unit-m3.2021-11-04"}


def test_what_waited_when_a_mute_came_is_withdrawn_and_held_back(workspace: Desk, plan: Plan) -> None:
    unit = first(plan)
    workspace("2021-11-01 07:30")
    chase(workspace())  # and no mail server
    workspace("2021-11-01 09:00")
    enter(workspace, "manual__1", act="mute", unit=unit, last_day="2021-11-30")
    chase(workspace())
    assert set(held(workspace, unit)) == {f"reminder.{unit}.unit-m3-held.2021-11-04"}
    sender = RecordingSender()
    deliver(workspace(), sender)
    assert not [message for message in sender.messages if f".{unit}." in str(message["X-Soket-Notice"])]


def test_a_muted_unit_still_hears_how_its_report_was_judged(workspace: Desk, plan: Plan) -> None:
    unit = first(plan)
    workspace("2021-11-01 09:00")
    enter(workspace, "manual__1", act="mute", unit=unit, last_day="2021-11-30")
    submit(workspace(), unit)
    chase(workspace())
    assert posted(workspace, unit, "receipt") == {f"receipt.{unit}.n1"}


def test_a_muted_superior_gets_no_digest_and_its_units_stay_late(workspace: Desk, plan: Plan) -> None:
    standing = plan.roles.standing
    workspace("2021-11-01 09:00")
    enter(workspace, "manual__1", act="mute", office=standing, last_day="2021-11-30")
    workspace("2021-11-09 07:30")
    chase(workspace())
    digest(workspace())
    assert posted(workspace, standing) == set()
    assert {each.split(".")[0] for each in held(workspace, standing)} == {"escalation", "digest"}
    assert posted(workspace, first(plan), "escalation")


@pytest.mark.parametrize("code", ["bt_tuyen_giao", "ubnd_tinh"])
def test_one_letter_goes_to_whoever_would_sign_it(workspace: Desk, plan: Plan, code: str) -> None:
    workspace("2021-11-08 07:30")  # two working days after the last day: the step that asks for a letter
    chase(workspace())
    chase(workspace())
    (notice,) = posted(workspace, code, "escalation")
    mail = message_from_bytes(shown(workspace(), notice) or b"", policy=policy.default)
    (letter,) = mail.iter_attachments()
    assert letter.get_filename() == "cong-van-don-doc.docx"
    assert letter.get_content().startswith(b"PK")


def test_heads_get_no_letter(workspace: Desk, plan: Plan) -> None:
    workspace("2021-11-05 07:30")
    chase(workspace())
    chased = posted(workspace, first(plan), "escalation")
    assert chased
    listed = [entry.key for entry in workspace.store.list(workspace().keys.notices)]
    assert not [key for key in listed if key.endswith(".docx")]


def test_the_weekly_report_is_attached_once(workspace: Desk, plan: Plan) -> None:
    workspace("2021-11-08 07:30")
    digest(workspace())
    digest(workspace())
    (notice,) = posted(workspace, plan.roles.standing, "digest")
    mail = message_from_bytes(shown(workspace(), notice) or b"", policy=policy.default)
    assert [part.get_filename() for part in mail.iter_attachments()] == ["bao-cao-tuan.docx"]


@dataclass(frozen=True)
class HastyClock(FrozenClock):
    """A replay's clock on a slow machine: an hour goes by between any two looks at it."""

    def now(self) -> datetime:
        object.__setattr__(self, "moment", self.moment + timedelta(hours=1))
        return super().now()


def test_mails_of_one_run_speak_as_of_one_moment(workspace: Desk) -> None:
    hasty = replace(workspace("2021-11-02 07:00"), clock=HastyClock(moment("2021-11-02 07:00")))
    chase(hasty)
    digest(hasty)
    told = entries(workspace())
    assert {each.kind for each in told} >= {Kind.REMINDER, Kind.DIGEST}
    assert len({each.posted_at for each in told if each.kind is Kind.REMINDER}) == 1
    assert len({each.posted_at for each in told if each.kind is Kind.DIGEST}) == 1
