from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from soket.notices.attempt import GIVE_UP
from soket.notices.delivery import deliver
from soket.notices.ledger import LEASE, Ending, back_off, read_end, states
from soket.notices.lines import entries
from soket.notices.notice import Kind
from soket.notices.outbox import post, post_all
from soket.notices.senders import MailServerError, Refusal

from .post import CountingStore, CrashError, ScriptedSender, StaleStore, names_in, notice_of, receipt
from .world import World

GREY = Refusal(451, "greylisted, come back later")
UNKNOWN = Refusal(550, "no such user")


def posted(count: int = 1) -> World:
    world = World()
    post_all(world.workspace, [receipt(f"unit_{number:02}") for number in range(count)])
    return world


def test_every_waiting_mail_goes_out_in_one_session() -> None:
    world = posted(60)
    sender = ScriptedSender()
    delivery = deliver(world.workspace, sender, now=world.clock.real)
    assert len(delivery.sent) == 60
    assert (delivery.failed, delivery.waiting, delivery.error) == ((), 0, None)
    assert sender.sessions == 1
    assert Counter(sender.ids) == Counter(delivery.sent)


def test_delivery_reads_only_what_it_sends() -> None:
    world = posted(60)
    deliver(world.workspace, ScriptedSender(), now=world.clock.real)
    store = CountingStore(world.store)
    deliver(replace(world.workspace, store=store), ScriptedSender(), now=world.clock.real)
    assert store.calls == {"list": 1}
    post(world.workspace, receipt("unit_00", "n2"))
    deliver(replace(world.other(), store=store), ScriptedSender(), now=world.clock.real)
    # The switch costs a listing, the store's clock a question.
    assert store.calls == {"list": 3, "get": 2, "write": 2, "now": 2}


def test_with_nothing_to_send_no_session_is_opened() -> None:
    sender = ScriptedSender(down=True)
    world = World()
    assert deliver(world.workspace, sender, now=world.clock.real).error is None


def test_a_server_that_is_down_costs_no_try() -> None:
    world = posted(3)
    delivery = deliver(world.workspace, ScriptedSender(down=True), now=world.clock.real)
    assert delivery.error == "không mở được máy chủ thư"
    assert delivery.waiting == 3
    assert len(deliver(world.workspace, ScriptedSender(), now=world.clock.real).sent) == 3


def test_a_wrong_address_fails_for_good_and_is_told() -> None:
    world = posted(2)
    sender = ScriptedSender(answer=lambda _, to: {each: UNKNOWN for each in to if each.startswith("unit_00")})
    delivery = deliver(world.workspace, sender, now=world.clock.real)
    assert (delivery.sent, delivery.failed) == (("receipt.unit_01.n1",), ("receipt.unit_00.n1",))
    failed = next(line for line in entries(world.workspace) if line.state is Ending.FAILED)
    assert failed.note == "550 no such user"
    world.clock.pass_(days=1)
    assert deliver(world.workspace, ScriptedSender(), now=world.clock.real).sent == ()


def test_a_refusal_for_now_is_tried_again_later_and_later() -> None:
    world = posted()
    sender = ScriptedSender(answer=lambda _, to: dict.fromkeys(to, GREY))
    waits = []
    for number in range(1, 6):
        assert deliver(world.workspace, sender, now=world.clock.real).waiting == 1
        wait = back_off(number)
        waits.append(wait.total_seconds())
        world.clock.pass_(seconds=wait.total_seconds() - 1)
        before = names_in(world)
        deliver(world.workspace, sender, now=world.clock.real)
        assert names_in(world) == before, "tried before its time"
        world.clock.pass_(seconds=1)
    assert waits == [20, 80, 320, 1280, 5120]
    assert back_off(50) == timedelta(hours=4)
    sender.answer = lambda *_: {}
    assert deliver(world.workspace, sender, now=world.clock.real).sent == ("receipt.unit_00.n1",)


def test_after_days_of_refusals_it_gives_up() -> None:
    world = posted()
    sender = ScriptedSender(answer=lambda _, to: dict.fromkeys(to, GREY))
    deliver(world.workspace, sender, now=world.clock.real)
    world.clock.pass_(seconds=GIVE_UP.total_seconds() + 1)
    assert deliver(world.workspace, sender, now=world.clock.real).failed == ("receipt.unit_00.n1",)
    end = read_end(world.workspace, "receipt.unit_00.n1", Ending.FAILED)
    assert end.note == "đã thử 2 lần trong 5 ngày: 451 greylisted, come back later"


def test_a_broken_mail_server_is_never_given_up_on() -> None:
    world = posted()

    def hang_up(message: bytes, recipients: Sequence[str]) -> Mapping[str, Refusal]:
        raise MailServerError("mất kết nối")

    for _ in range(40):
        deliver(world.workspace, ScriptedSender(answer=hang_up), now=world.clock.real)
        world.clock.pass_(hours=5)
    assert deliver(world.workspace, ScriptedSender(), now=world.clock.real).sent == ("receipt.unit_00.n1",)


def test_a_retry_goes_only_to_those_who_did_not_get_it() -> None:
    world = World()
    post(world.workspace, receipt("unit_00", "n1", "a@x.example", "b@x.example", "c@x.example"))
    sender = ScriptedSender(answer=lambda _, to: {"b@x.example": GREY, "c@x.example": UNKNOWN})
    assert deliver(world.workspace, sender, now=world.clock.real).waiting == 1
    world.clock.pass_(minutes=1)
    sender.answer = lambda *_: {}
    assert deliver(world.workspace, sender, now=world.clock.real).sent == ("receipt.unit_00.n1",)
    assert sender.recipients == [("a@x.example",), ("b@x.example",)]
    end = read_end(world.workspace, "receipt.unit_00.n1", Ending.PARTLY)
    assert end.delivered == ("a@x.example", "b@x.example")
    assert end.refused == {"c@x.example": "550 no such user"}


def test_one_message_that_the_server_chokes_on_holds_up_no_other() -> None:
    world = posted(5)

    def choke(message: bytes, recipients: Sequence[str]) -> Mapping[str, Refusal]:
        if notice_of(message) == "receipt.unit_02.n1":
            raise MailServerError("mất kết nối")
        return {}

    delivery = deliver(world.workspace, ScriptedSender(answer=choke), now=world.clock.real)
    assert (len(delivery.sent), delivery.waiting, delivery.error) == (4, 1, None)


def test_two_faults_in_a_row_end_the_session() -> None:
    world = posted(10)

    def hang_up(message: bytes, recipients: Sequence[str]) -> Mapping[str, Refusal]:
        raise MailServerError("mất kết nối")

    delivery = deliver(world.workspace, ScriptedSender(answer=hang_up), now=world.clock.real)
    assert delivery.error == "mất kết nối"
    assert sum(bool(state.tries) for state in states(world.workspace).values()) == 2


def test_a_claimed_mail_is_left_alone_until_its_lease_is_over() -> None:
    world = posted()
    workspace = replace(world.other(), store=CountingStore(world.store))

    def die(message: bytes, recipients: Sequence[str]) -> Mapping[str, Refusal]:
        raise CrashError

    with pytest.raises(CrashError):
        deliver(workspace, ScriptedSender(answer=die), now=world.clock.real)
    world.clock.pass_(seconds=LEASE.total_seconds() - 1)
    assert deliver(workspace, ScriptedSender(), now=world.clock.real).waiting == 1
    world.clock.pass_(seconds=1)
    assert deliver(workspace, ScriptedSender(), now=world.clock.real).sent == ("receipt.unit_00.n1",)


def test_someone_slow_but_alive_is_not_overtaken() -> None:
    """The second looks after the lease, the first finishes before the second claims: one mail."""
    world = posted()
    slow, quick = ScriptedSender(), ScriptedSender()

    def late(message: bytes, recipients: Sequence[str]) -> Mapping[str, Refusal]:
        world.clock.pass_(seconds=LEASE.total_seconds() + 1)
        overtaking.append(replace(world.other(), store=StaleStore(world.store)))
        return {}

    overtaking: list = []
    slow.answer = late
    deliver(world.workspace, slow, now=world.clock.real)
    deliver(overtaking[0], quick, now=world.clock.real)
    assert (len(slow.raw), len(quick.raw)) == (1, 0)


def test_deliveries_at_the_same_time_send_each_mail_once() -> None:
    world = posted(200)
    senders = [ScriptedSender() for _ in range(8)]
    lock = threading.Lock()
    create = world.store.create

    def atomic(key: str, data: bytes, content_type: str = "") -> bool:
        with lock:
            return create(key, data, content_type)

    world.store.create = atomic  # type: ignore[method-assign]
    frozen = dict(world.store.objects)
    world.store.list = lambda prefix: iter(  # type: ignore[method-assign] - all of them start from the same listing
        list(type(world.store)(world.clock.real, frozen).list(prefix))
    )
    threads = [
        threading.Thread(target=deliver, args=(world.workspace, sender), kwargs={"now": world.clock.real})
        for sender in senders
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = Counter(notice for sender in senders for notice in sender.ids)
    assert len(took) == 200
    assert set(took.values()) == {1}


def test_reminders_do_not_outlive_their_campaign_but_answers_do() -> None:
    world = World()
    reminder = receipt("unit_01").model_copy(update={"kind": Kind.REMINDER, "context": {}})
    post_all(world.workspace, [receipt("unit_00"), reminder])
    world.clock.set("2021-12-04 00:00")
    assert deliver(world.workspace, ScriptedSender(), now=world.clock.real).sent == ("receipt.unit_00.n1",)
    assert states(world.workspace)[reminder.id].ending is Ending.WITHDRAWN


class Office(ScriptedSender):
    """A post office that lives through our crashes; it may see us die before or after it took a mail."""

    dies_at = 0
    after = False
    seen = 0

    def send(self, message: bytes, sender: str, recipients: Sequence[str]) -> Mapping[str, Refusal]:
        self.seen += 1
        if self.seen == self.dies_at and not self.after:
            raise CrashError
        refused = super().send(message, sender, recipients)
        if self.seen == self.dies_at:
            raise CrashError
        return refused


def campaign_day(world: World, store: CountingStore, office: Office) -> None:
    workspace = replace(world.other(), store=store)
    post_all(workspace, [receipt("unit_00"), receipt("unit_01")])
    post_all(workspace, [receipt("unit_02")], suppressed=True)
    deliver(workspace, office, now=world.clock.real)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("where", ["store", "mail server"])
def test_a_crash_anywhere_loses_nothing(where: str, after: bool) -> None:
    for number in range(1, 100):
        world, office = World(), Office()
        store = CountingStore(world.store)
        victim = store if where == "store" else office
        victim.dies_at, victim.after = number, after
        try:
            campaign_day(world, store, office)
        except CrashError:
            pass
        else:
            assert number > 2, "nothing was tried"
            return
        for _ in range(3):
            world.clock.pass_(seconds=LEASE.total_seconds())
            campaign_day(world, CountingStore(world.store), office)

        took = Counter(office.ids)
        assert set(took) == {"receipt.unit_00.n1", "receipt.unit_01.n1"}
        repeated = sum(took.values()) - 2
        between = where == "mail server" and after
        assert repeated <= 1
        assert not repeated or between or (where == "store" and "sent.json" in _written_at(number, after)), (
            where,
            number,
        )
        assert len({message["Message-ID"] for message in office.messages}) == 2
        assert [state.ending for _, state in sorted(states(world.workspace).items())] == [
            Ending.SENT,
            Ending.SENT,
            Ending.SUPPRESSED,
        ]
    pytest.fail("it never came to an end")


def _written_at(number: int, after: bool) -> str:
    """Return the key of the n-th write of an undisturbed day; a crash after it is no reason to repeat anything."""
    keys: list[str] = []

    class Keeping(CountingStore):
        def create(self, key: str, data: bytes, content_type: str = "") -> bool:
            keys.append(key)
            return super().create(key, data, content_type)

    world = World()
    campaign_day(world, Keeping(world.store), Office())
    return "" if after else keys[number - 1]


def test_a_mail_that_is_listed_and_not_to_be_had_holds_up_no_other() -> None:
    """As where a disk lost it, or another delivery has just set it apart."""
    world = posted(2)
    stale = StaleStore(world.store)
    del world.store.objects[world.workspace.keys.notice("receipt.unit_00.n1", "intent.json")]
    seen = replace(world.other(), store=stale)
    assert len(deliver(seen, ScriptedSender(), now=world.clock.real).sent) == 1
