"""A contact changes while mails wait: those go to whom it is now, what went out stays, nobody gets one twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from soket.notices.delivery import deliver
from soket.notices.ledger import LEASE, Ending, read_end, read_intent, states
from soket.notices.notice import Notice
from soket.notices.outbox import post, resend, supersede
from soket.notices.readers import readdressed
from soket.notices.senders import Refusal
from soket.notices.story import tell
from soket.plan.model import Contact, Plan

from .post import CountingStore, CrashError, ScriptedSender, receipt
from .world import World

NEW = Contact(name="Bà Văn thư mới", email="moi@unit-00.example")


def changed(plan: Plan, code: str = "unit_00", **contacts: Contact) -> Plan:
    units = tuple(each.model_copy(update=contacts) if each.code == code else each for each in plan.units)
    return plan.model_copy(update={"units": units})


def receipt_to(plan: Plan, *readers: Contact, cc: tuple[Contact, ...] = ()) -> Notice:
    return receipt().model_copy(update={"to": readers or (plan.unit("unit_00").contact,), "cc": cc})


@pytest.fixture
def world() -> World:
    found = World()
    post(found.workspace, receipt_to(found.plan))
    found.workspace = replace(found.workspace, plan=changed(found.plan, contact=NEW))
    return found


def test_what_waits_goes_to_whom_it_is_now(world: World) -> None:
    sender = ScriptedSender()
    done = deliver(world.workspace, sender, now=world.clock.real)
    assert sender.recipients == [(NEW.email,)]
    assert NEW.name in sender.messages[0]["To"]
    assert (done.sent, done.waiting) == (("receipt.unit_00.n1-again1",), 0)
    assert deliver(world.workspace, sender, now=world.clock.real).sent == ()


def test_the_story_of_both_mails_tells_of_it(world: World) -> None:
    old = world.plan.unit("unit_00").contact.email
    deliver(world.workspace, ScriptedSender(), now=world.clock.real)
    assert read_end(world.workspace, "receipt.unit_00.n1", Ending.WITHDRAWN).note == (
        f"địa chỉ nhận đã đổi: {old} → {NEW.email}; gửi bằng thư receipt.unit_00.n1-again1"
    )
    first = tell(world.workspace, "receipt.unit_00.n1-again1").events[0]
    assert first.what == "lập thư"
    assert first.note == f"thay thư receipt.unit_00.n1: địa chỉ nhận đã đổi: {old} → {NEW.email}"


def test_what_went_out_stays(world: World) -> None:
    before = replace(world.workspace, plan=world.plan)
    sender = ScriptedSender()
    deliver(before, sender, now=world.clock.real)
    deliver(world.workspace, sender, now=world.clock.real)
    assert sender.recipients == [(world.plan.unit("unit_00").contact.email,)]


def test_whoever_got_it_gets_no_other() -> None:
    world = World()
    unit = world.plan.unit("unit_00")
    post(world.workspace, receipt_to(world.plan, unit.contact, cc=(unit.head,)))

    def grey(_: bytes, recipients: Sequence[str]) -> Mapping[str, Refusal]:
        return {unit.head.email: Refusal(451, "later")} if unit.head.email in recipients else {}

    sender = ScriptedSender(answer=grey)
    deliver(world.workspace, sender, now=world.clock.real)
    head = Contact(name="Bí thư mới", email="bithu@unit-00.example")
    workspace = replace(world.workspace, plan=changed(world.plan, contact=NEW, head=head))
    world.clock.pass_(hours=1)
    deliver(workspace, sender, now=world.clock.real)
    assert sender.recipients == [(unit.contact.email,), (head.email,)]


def test_somebody_else_s_address_is_left_as_it_is(world: World) -> None:
    other = Contact(name="Đại biểu", email="khach@noi-khac.example")
    post(world.workspace, receipt_to(world.plan, other).model_copy(update={"step": "n2"}))
    sender = ScriptedSender()
    deliver(world.workspace, sender, now=world.clock.real)
    assert (other.email,) in sender.recipients


def test_a_unit_that_is_gone_is_written_to_where_it_was(world: World) -> None:
    plan = world.plan.model_copy(update={"units": world.plan.units[1:]})
    sender = ScriptedSender()
    deliver(replace(world.workspace, plan=plan), sender, now=world.clock.real)
    assert sender.recipients == [(world.plan.unit("unit_00").contact.email,)]


def test_what_somebody_may_be_sending_is_left_to_him(world: World) -> None:
    state = states(world.workspace)["receipt.unit_00.n1"]
    intent = read_intent(world.workspace, state.id)
    new = readdressed(world.workspace, state, intent)
    assert new
    state.tries[1] = world.clock.real()
    assert not supersede(world.workspace, state, new, "đổi", world.clock.real())
    assert {*states(world.workspace)} == {"receipt.unit_00.n1"}


@pytest.mark.parametrize("dies_at", range(1, 7))
@pytest.mark.parametrize("after", [False, True])
def test_a_crash_anywhere_loses_nothing_and_sends_nothing_twice(dies_at: int, after: bool, world: World) -> None:
    sender = ScriptedSender()
    store = CountingStore(world.store, dies_at=dies_at, after=after)
    try:
        deliver(replace(world.workspace, store=store), sender, now=world.clock.real)
    except CrashError:
        world.clock.pass_(seconds=LEASE.total_seconds() + 1)
        deliver(world.workspace, sender, now=world.clock.real)
    deliver(world.workspace, sender, now=world.clock.real)
    assert {*sender.recipients} == {(NEW.email,)}
    assert len({message["Message-ID"] for message in sender.messages}) == 1
    assert not [state.id for state in states(world.workspace).values() if state.ending is None]


def test_what_failed_is_resent_to_whom_it_is_now(world: World) -> None:
    before = replace(world.workspace, plan=world.plan)
    deliver(before, ScriptedSender(answer=lambda _, to: dict.fromkeys(to, Refusal(550, "no"))), now=world.clock.real)
    sender = ScriptedSender()
    resend(world.workspace, "receipt.unit_00.n1")
    deliver(world.workspace, sender, now=world.clock.real)
    assert sender.recipients == [(NEW.email,)]
