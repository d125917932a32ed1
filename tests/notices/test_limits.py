from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soket.notices.delivery import Delivery, deliver
from soket.notices.ledger import states
from soket.notices.limits import LEAST_PER_MINUTE, StoreClock
from soket.notices.lines import entries
from soket.notices.notice import CHASING, Kind, Notice
from soket.notices.outbox import post, post_all, post_current
from soket.notices.senders import Refusal
from soket.notices.switch import held_by, throw
from soket.plan.model import Contact, MailLimits

from .plans import make_plan
from .post import ScriptedSender, receipt
from .world import World

PATIENT = timedelta(hours=2)


@dataclass
class TimedSender(ScriptedSender):
    """Notes when each mail went out; each takes a little while."""

    world: World | None = None
    takes: float = 0.0
    moments: list[datetime] = field(default_factory=list)

    def send(self, message, sender, recipients):
        self.moments.append(self.world.clock.real())
        self.world.clock.pass_(seconds=self.takes)
        return super().send(message, sender, recipients)


def most_in_a_minute(moments: list[datetime]) -> int:
    moments = sorted(moments)
    return max(sum(first <= each < first + timedelta(minutes=1) for each in moments) for first in moments)


def posted(count: int) -> World:
    world = World()
    post_all(world.workspace, [receipt(f"unit_{number:03}") for number in range(count)])
    return world


def send(world: World, sender: ScriptedSender, per_minute: int, **options) -> Delivery:
    def pause(seconds: float) -> None:
        world.clock.pass_(seconds=seconds)

    options = {"patience": PATIENT, "pause": pause, "now": world.clock.real} | options
    return deliver(world.workspace, sender, per_minute=per_minute, **options)


@given(
    per_minute=st.integers(LEAST_PER_MINUTE, 400),
    takes=st.floats(0, 3),
    start=st.integers(0, 59),
    count=st.integers(1, 60),
)
def test_no_minute_sees_more_than_its_share(per_minute: int, takes: float, start: int, count: int) -> None:
    world = posted(count)
    world.clock.pass_(seconds=start)
    sender = TimedSender(world=world, takes=takes)
    assert len(send(world, sender, per_minute).sent) == count
    assert most_in_a_minute(sender.moments) <= per_minute


def test_the_pace_is_kept_and_no_slower_than_need_be() -> None:
    world = posted(900)
    began = world.clock.real()
    sender = TimedSender(world=world)
    assert len(send(world, sender, 700).sent) == 900
    # 100 a window of ten seconds, less what does not divide into shares.
    assert world.clock.real() - began <= timedelta(seconds=100)


@pytest.mark.parametrize("ahead", [0, 40, 3600], ids=["clocks agree", "clocks differ", "clocks differ widely"])
def test_deliveries_side_by_side_share_the_pace(ahead: int) -> None:
    """The second delivery runs whenever the first waits, on a machine with a clock of its own."""
    world = posted(120)
    first, second = TimedSender(world=world), TimedSender(world=world)

    def other_machine() -> datetime:
        return world.clock.real() + timedelta(seconds=ahead)

    def pause(seconds: float) -> None:
        send(world, second, 70, patience=timedelta(0), now=other_machine)
        world.clock.pass_(seconds=seconds)

    send(world, first, 70, pause=pause)
    assert len(first.raw) + len(second.raw) == 120
    assert most_in_a_minute(first.moments + second.moments) <= 70


def test_threads_share_the_pace() -> None:
    world = posted(100)
    lock, create = threading.Lock(), world.store.create

    def atomic(key: str, data: bytes, content_type: str = "") -> bool:
        with lock:
            return create(key, data, content_type)

    world.store.create = atomic  # type: ignore[method-assign]
    world.store.list = lambda prefix: iter(  # type: ignore[method-assign] - while others write
        list(type(world.store)(world.clock.real, dict(world.store.objects)).list(prefix))
    )
    senders = [ScriptedSender() for _ in range(6)]
    threads = [
        threading.Thread(target=send, args=(world, sender, 70), kwargs={"patience": timedelta(0)}) for sender in senders
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # The clock stands still: this is one window, which holds a seventh of a minute's mail. Whoever comes second to a
    # mail has spent its leave on nothing: together they take every share there is, and may send less.
    sent = [each for sender in senders for each in sender.ids]
    assert 1 <= len(sent) <= 8
    assert len(set(sent)) == len(sent)
    assert sum(key.startswith("mail/pace/") for key in world.store.objects) == 8


def test_whoever_has_no_patience_leaves_the_rest_and_says_why() -> None:
    world = posted(20)
    delivery = send(world, ScriptedSender(), 70, patience=timedelta(seconds=2))
    assert (len(delivery.sent), delivery.waiting) == (8, 12)
    assert delivery.held == "chờ lượt: mỗi phút gửi nhiều nhất 70 thư"


def test_a_pace_too_slow_to_be_kept_is_refused() -> None:
    with pytest.raises(ValueError, match="ít nhất là 7"):
        send(posted(1), ScriptedSender(), 6)


def test_answers_go_before_what_waits_longer() -> None:
    world = World()
    post(world.workspace, receipt("unit_01").model_copy(update={"kind": Kind.REQUEST, "context": ASKING}))
    world.clock.pass_(minutes=5)
    post(world.workspace, receipt("unit_00"))
    sender = ScriptedSender()
    deliver(world.workspace, sender, now=world.clock.real)
    assert sender.ids == ["receipt.unit_00.n1", "request.unit_01.n1"]


ASKING = {
    "addressed": "Huyện ủy",
    "unit_name": "Huyện ủy",
    "duty": "report",
    "owed": "báo cáo",
    "receiver": "UBND tỉnh",
    "last_moment": "24 giờ 00",
    "last_day": "04/11/2021",
    "form_title": None,
    "inbox_folder": "inbox/",
    "max_files": 20,
    "max_file_mb": 25,
    "outline": [],
    "guidance": [],
    "extension": None,
    "upload_link": None,
}

# Readers


def reminder(number: int, *to: str, cc: tuple[str, ...] = ()) -> Notice:
    contacts = tuple(Contact(name="Văn thư", email=email) for email in to)
    copies = tuple(Contact(name="Lãnh đạo", email=email) for email in cc)
    facts = {
        **ASKING,
        "days": "còn 02 ngày",
        "returned": False,
        "announced": False,
        "overdue": False,
        "tone": "serious",
        "to_head": False,
        "faults": [],
    }
    notice = Notice(kind=Kind.REMINDER, addressee=f"unit_{number:02}", step="unit-m2", to=contacts, context=facts)
    return notice.model_copy(update={"cc": copies})


def limited(most: int) -> World:
    return World(make_plan(3, mail=MailLimits(per_reader_day=most)))


def test_a_reader_gets_so_many_a_day_and_the_rest_waits_with_the_reason() -> None:
    world = limited(2)
    post_all(world.workspace, [reminder(number, "chung@x.example") for number in range(4)])
    sender = ScriptedSender()
    assert deliver(world.workspace, sender, now=world.clock.real).waiting == 2
    assert deliver(world.workspace, sender, now=world.clock.real).waiting == 2
    assert len(sender.raw) == 2
    notes = {line.note for line in entries(world.workspace) if line.state == "waiting"}
    assert notes == {"chung@x.example đã nhận đủ 2 thư trong ngày"}
    assert all(state.tries == {} for state in states(world.workspace).values() if state.ending is None)


def test_what_waited_for_another_day_is_posted_anew_and_sent_then() -> None:
    world = limited(2)
    notices = [reminder(number, "chung@x.example") for number in range(3)]
    post_current(world.workspace, notices, CHASING, now=world.clock.real)
    sender = ScriptedSender()
    deliver(world.workspace, sender, now=world.clock.real)
    world.clock.pass_(days=1)
    assert post_current(world.workspace, notices, CHASING, now=world.clock.real) == ["reminder.unit_02.unit-m2-again1"]
    assert deliver(world.workspace, sender, now=world.clock.real).sent == ("reminder.unit_02.unit-m2-again1",)


def test_answers_are_neither_counted_nor_held() -> None:
    world = limited(1)
    post_all(world.workspace, [receipt("unit_00", f"n{number}", "a@x.example") for number in range(5)])
    post(world.workspace, reminder(0, "a@x.example"))
    assert deliver(world.workspace, ScriptedSender(), now=world.clock.real).waiting == 0


def test_a_try_again_takes_no_second_turn() -> None:
    world = limited(1)
    post(world.workspace, reminder(0, "a@x.example"))
    busy = ScriptedSender(answer=lambda _, to: dict.fromkeys(to, Refusal(451, "later")))
    deliver(world.workspace, busy, now=world.clock.real)
    world.clock.pass_(minutes=1)
    assert deliver(world.workspace, ScriptedSender(), now=world.clock.real).waiting == 0


def test_a_copy_too_many_is_left_out_and_told_and_the_mail_goes() -> None:
    world = limited(2)
    post_all(world.workspace, [reminder(number, f"u{number}@x.example", cc=("sep@x.example",)) for number in range(3)])
    sender = ScriptedSender()
    assert len(deliver(world.workspace, sender, now=world.clock.real).sent) == 3
    assert [len(recipients) for recipients in sender.recipients] == [2, 2, 1]
    notes = [line.note for line in entries(world.workspace)]
    assert notes == ["", "", "không gửi bản sao cho sep@x.example: đã nhận đủ thư trong ngày"]


def test_deliveries_side_by_side_share_a_readers_day() -> None:
    world = limited(3)
    post_all(world.workspace, [reminder(number, "chung@x.example") for number in range(8)])
    second = ScriptedSender()

    def meanwhile(message, recipients):
        deliver(world.other(), second, now=world.clock.real)
        return {}

    first = ScriptedSender(answer=meanwhile)
    deliver(world.workspace, first, now=world.clock.real)
    assert len(first.raw) + len(second.raw) == 3


# The switch


def hold(world: World, *, held: bool = True) -> bool:
    return throw(world.store, held=held, by="vanhanh", reason="bảo trì", at=world.clock.real())


def test_while_held_nothing_goes_out_and_nothing_is_lost() -> None:
    world = posted(3)
    assert hold(world)
    assert not hold(world)
    sender = ScriptedSender()
    delivery = deliver(world.workspace, sender, now=world.clock.real)
    assert (sender.sessions, delivery.waiting) == (0, 3)
    assert delivery.held == "đang tạm dừng gửi thư (vanhanh: bảo trì)"
    assert {line.note for line in entries(world.workspace)} == {delivery.held}
    assert hold(world, held=False)
    assert held_by(world.store) is None
    assert len(deliver(world.workspace, sender, now=world.clock.real).sent) == 3


def test_the_switch_stops_a_delivery_that_is_under_way() -> None:
    world = posted(50)

    def thrown_meanwhile(message, recipients):
        world.clock.pass_(seconds=1)
        hold(world)
        return {}

    sender = ScriptedSender(answer=thrown_meanwhile)
    delivery = deliver(world.workspace, sender, now=world.clock.real)
    assert 1 <= len(sender.raw) <= 10, "it asks once in ten seconds"
    assert delivery.waiting == 50 - len(sender.raw)


def test_let_go_after_days_no_outdated_reminder_goes_out() -> None:
    world = World()
    hold(world)
    for day in range(3):
        post_current(world.workspace, [reminder(0, "a@x.example")], CHASING, now=world.clock.real)
        deliver(world.workspace, ScriptedSender(), now=world.clock.real)
        world.clock.pass_(days=1)
        assert day < 3
    hold(world, held=False)
    sender = ScriptedSender()
    # Whoever comes first may not be the monitor: it sends none of the old ones.
    deliver(world.workspace, sender, now=world.clock.real)
    assert sender.raw == []
    post_current(world.workspace, [reminder(0, "a@x.example")], CHASING, now=world.clock.real)
    deliver(world.workspace, sender, now=world.clock.real)
    assert sender.ids == ["reminder.unit_00.unit-m2-again3"]


def test_a_stopped_clock_of_ours_is_put_right_by_the_stores() -> None:
    world = World()
    wrong = world.clock.real() - timedelta(hours=7)
    clock = StoreClock(world.store, lambda: wrong)
    assert clock() == world.clock.real()
    world.clock.pass_(minutes=1)
    clock.set()
    assert clock() == world.clock.real()


def test_a_machine_whose_clock_is_ahead_overtakes_nobody() -> None:
    world = posted(1)
    quick = ScriptedSender()

    def meanwhile(message, recipients):
        world.clock.pass_(seconds=30)
        deliver(world.workspace, quick, now=lambda: world.clock.real() + timedelta(hours=1))
        return {}

    slow = ScriptedSender(answer=meanwhile)
    deliver(world.workspace, slow, now=world.clock.real)
    assert (len(slow.raw), len(quick.raw)) == (1, 0)


def test_whoever_waits_for_a_server_tries_again_in_the_same_delivery() -> None:
    world = posted(2)
    answers = iter([{"unit_000@hatinh.example": Refusal(451, "greylisted")}])
    sender = ScriptedSender(answer=lambda message, to: next(answers, {}))
    delivery = send(world, sender, 700, again=True, patience=timedelta(minutes=5))
    assert (len(delivery.sent), delivery.waiting) == (2, 0)


def test_a_rerun_is_silent_whatever_the_switch_says() -> None:
    world = World()
    silent = replace(world.workspace, silent=True)
    post(silent, receipt(), suppressed=silent.silent)
    assert deliver(silent, ScriptedSender(), now=world.clock.real).waiting == 0
