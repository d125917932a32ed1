"""Whoever writes a mail's words has it in hand: nobody else sends or withdraws it; who looks at it writes nothing."""

from __future__ import annotations

from dataclasses import replace
from email.parser import BytesParser

import pytest

from soket.notices import claims
from soket.notices.claims import shown
from soket.notices.delivery import deliver
from soket.notices.ledger import LEASE, Ending, states
from soket.notices.notice import Attachment, Notice
from soket.notices.outbox import post, post_all, withdraw
from soket.notices.senders import Refusal, Sender
from soket.notices.story import tell
from soket.record.workspace import Workspace

from .post import ScriptedSender, StaleStore, names_in, notice_of, receipt, take
from .test_crashes import EVERY, NOTICES, Boundaries, Office, WatchedStore, check, day
from .world import World


def wordless() -> Notice:
    return receipt().model_copy(update={"attachments": (Attachment(name="phiếu.docx", key="nowhere"),)})


def listed_before(world: World, sender: Sender) -> Workspace:
    """Return the workspace of one who listed a mail before a delivery failed at its words, which can be written now."""
    post(world.workspace, wordless())
    stale = replace(world.other(), store=StaleStore(world.store))
    deliver(world.workspace, sender, now=world.clock.real)
    world.store.put("nowhere", b"found again")
    return stale


def withdraw_all(world: World, boundaries: Boundaries | None = None) -> None:
    workspace = replace(world.other(), store=WatchedStore(world.store, boundaries or Boundaries()))
    for state in states(workspace).values():
        if state.ending is None:
            withdraw(workspace, state, "thôi", world.clock.real())


def undisturbed() -> list[str]:
    world, boundaries = World(), Boundaries()
    post_all(world.workspace, NOTICES)
    withdraw_all(world, boundaries)
    return boundaries.passed


def everywhere(passed: list[str]) -> pytest.MarkDecorator:
    names = [f"{number}-{each}" for number, each in enumerate(passed, start=1)]
    return pytest.mark.parametrize("number", range(1, len(passed) + 1), ids=names)


def is_sent_or_withdrawn(world: World, sent: list[str]) -> bool:
    known = states(world.workspace)
    withdrawn = [each for each in known if known[each].endings == {Ending.WITHDRAWN}]
    went = [each for each in known if known[each].endings == {Ending.SENT}]
    waits = [each for each in known if not known[each].endings]
    return sorted(sent) == went and {*withdrawn, *went, *waits} >= {each.id for each in NOTICES}


@everywhere(EVERY)
def test_withdrawn_while_it_is_being_sent_a_mail_does_one_of_both(number: int) -> None:
    world, mailbox = World(), Office()
    day(world, Boundaries(number, lambda: withdraw_all(world)), mailbox)
    assert is_sent_or_withdrawn(world, [notice_of(each) for each in mailbox.raw])
    day(world, Boundaries(), mailbox)
    assert is_sent_or_withdrawn(world, [notice_of(each) for each in mailbox.raw])
    assert not [state for state in states(world.workspace).values() if state.ending is None]


@everywhere(undisturbed())
def test_sent_while_it_is_being_withdrawn_a_mail_does_one_of_both(number: int) -> None:
    world, mailbox = World(), Office()
    post_all(world.workspace, NOTICES)
    withdraw_all(world, Boundaries(number, lambda: day(world, Boundaries(), mailbox)))
    day(world, Boundaries(), mailbox)
    assert is_sent_or_withdrawn(world, [notice_of(each) for each in mailbox.raw])


@everywhere(EVERY)
def test_who_cannot_write_the_words_keeps_no_other_from_sending_them_once(
    number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While one stands at a boundary, another fails at the words, and a minute later a third sends."""
    world, mailbox, others = World(), Office(), Office()

    def fail_and_send() -> None:
        with monkeypatch.context() as patch:
            patch.setattr(claims, "write_message", _fail)
            day(world, Boundaries(), others)
        assert not others.raw
        world.clock.pass_(minutes=1)
        day(world, Boundaries(), others)

    day(world, Boundaries(number, fail_and_send), mailbox)
    for _ in range(2):
        world.clock.pass_(seconds=LEASE.total_seconds())
        day(world, Boundaries(), mailbox)
    both = replace(mailbox, raw=mailbox.raw + others.raw)
    assert set(both.took.values()) == {1}
    check(world, both)


def _fail(*_: object, **__: object) -> bytes:
    raise LookupError("no such word")


def test_who_failed_at_the_words_had_the_first_try_all_the_same() -> None:
    """Who listed the mail before that is slow to send it, and meanwhile another takes the second try."""
    world, slow, quick = World(), ScriptedSender(), ScriptedSender()
    stale = listed_before(world, quick)

    def meanwhile(*_: object) -> dict[str, Refusal]:
        world.clock.pass_(minutes=1)
        deliver(world.other(), quick, now=world.clock.real)
        return {}

    slow.answer = meanwhile
    deliver(stale, slow, now=world.clock.real)
    assert (slow.raw, quick.raw) == ([], [])
    meanwhile()
    assert (len(slow.raw), len(quick.raw)) == (0, 1)


def test_a_place_that_is_cleared_is_nobody_elses() -> None:
    """Who listed the mail before anybody tried it comes while words take the place of what could not be written."""
    world, mailbox, late = World(), Office(), ScriptedSender()
    stale = listed_before(world, mailbox)
    world.clock.pass_(minutes=1)

    class Cleared(WatchedStore):
        def take_back(self, key: str, etag: str) -> None:
            super().take_back(key, etag)
            deliver(stale, late, now=world.clock.real)

    deliver(replace(world.other(), store=Cleared(world.store, Boundaries())), mailbox, now=world.clock.real)
    assert [notice_of(each) for each in (*mailbox.raw, *late.raw)] == [receipt().id]
    assert states(world.workspace)[receipt().id].endings == {Ending.SENT}


def test_what_could_not_be_written_is_in_hand_and_is_written_later() -> None:
    world, sender = World(), ScriptedSender()
    post(world.workspace, wordless())
    deliver(world.workspace, sender, now=world.clock.real)
    names = {"intent.json", "message.eml", "attempts/1.json", "attempts/1-failed.json"}
    assert names_in(world) == {f"{receipt().id}/{name}" for name in names}
    assert not take(world, receipt().id).message  # the second try, which is one for its words, too
    world.store.put("nowhere", b"found again")
    world.clock.pass_(seconds=LEASE.total_seconds())
    deliver(world.workspace, sender, now=world.clock.real)
    assert sender.raw == [shown(world.workspace, receipt().id)]
    told = [event.what for event in tell(world.workspace, receipt().id).events]
    assert told == ["lập thư", "gửi lần 1", "lần 1 chưa được", "gửi lần 2", "gửi lần 3", "máy chủ đã nhận"]


def test_what_cannot_be_written_can_be_withdrawn() -> None:
    world, late = World(), ScriptedSender()
    post(world.workspace, wordless())
    stale = replace(world.other(), store=StaleStore(world.store))
    withdraw_all(world)
    world.store.put("nowhere", b"found again")
    assert deliver(stale, late, now=world.clock.real).sent == ()
    told = tell(world.workspace, receipt().id)
    assert (told.entry.state, told.entry.tries) == (Ending.WITHDRAWN, 0)
    assert (told.subject, told.text) == ("Thư chưa soạn được", "Chưa soạn được thư này: MissingObjectError: nowhere\n")


def test_who_looks_at_a_mail_takes_it_out_of_nobody_s_hands() -> None:
    world = World()
    post(world.workspace, receipt())
    words, before = shown(world.other(), receipt().id), dict(world.store.objects)
    assert "Đã tiếp nhận" in tell(world.other(), receipt().id).subject
    assert world.store.objects == before
    sender = ScriptedSender()
    deliver(world.workspace, sender, now=world.clock.real)
    (sent,) = sender.raw
    assert [BytesParser().parsebytes(each)["Message-ID"] for each in (sent, words or b"")] == [
        sender.messages[0]["Message-ID"]
    ] * 2
    assert shown(world.workspace, "receipt.unit_09.n1") is None


def test_what_an_older_edition_wrote_when_it_posted_goes_out_once_its_lease_is_over() -> None:
    world, sender = World(), ScriptedSender()
    post(world.workspace, receipt())
    words = shown(world.workspace, receipt().id) or b""
    world.store.put(world.workspace.keys.notice(receipt().id, "message.eml"), words)
    assert deliver(world.workspace, sender, now=world.clock.real).waiting == 1
    world.clock.pass_(seconds=LEASE.total_seconds())
    deliver(world.workspace, sender, now=world.clock.real)
    assert sender.raw == [words]
    assert f"{receipt().id}/attempts/2.json" in names_in(world)


@pytest.mark.parametrize("record", ["message.eml", "attempts/1.json"])
def test_a_try_that_failed_counts_whatever_else_of_it_is_lost(record: str) -> None:
    world = World()
    post(world.workspace, wordless())
    deliver(world.workspace, ScriptedSender(), now=world.clock.real)
    del world.store.objects[world.workspace.keys.notice(receipt().id, record)]
    assert states(world.workspace)[receipt().id].last_try == 1
    world.store.put("nowhere", b"found again")
    world.clock.pass_(minutes=1)
    assert deliver(world.workspace, ScriptedSender(), now=world.clock.real).sent == (receipt().id,)
