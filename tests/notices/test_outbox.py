from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from soket.notices import claims
from soket.notices.delivery import deliver
from soket.notices.ledger import LEASE, End, Ending, read_intent, states, write_end
from soket.notices.lines import entries
from soket.notices.notice import CHASING, Attachment, Kind, Notice
from soket.notices.outbox import post, post_all, post_current, resend
from soket.notices.senders import Refusal
from soket.notices.story import tell
from soket.plan.model import Contact
from soket.store.overlay import OverlayStore
from soket.store.store import MissingObjectError

from .post import CountingStore, ScriptedSender, StaleStore, names_in, receipt, take
from .world import World


def test_a_notice_is_posted_once() -> None:
    world = World()
    assert post(world.workspace, receipt())
    assert not post(world.workspace, receipt())
    assert names_in(world) == {"receipt.unit_00.n1/intent.json"}


def test_the_intent_tells_what_was_owed_and_when() -> None:
    world = World()
    post(world.workspace, receipt())
    intent = read_intent(world.workspace, "receipt.unit_00.n1")
    assert intent.notice == receipt()
    assert intent.posted_at == world.clock.now()
    assert intent.suppressed is None


def test_mail_to_a_reader_who_is_away_goes_to_the_deputy_with_a_copy_to_the_reader() -> None:
    world = World()
    today = world.clock.now().date()
    deputy = {"name": "Phó phòng", "email": "pho@tinh.example", "from": str(today), "to": str(today)}
    reader = reminder().to[0]
    away = Contact.model_validate(reader.model_dump() | {"deputies": [deputy]})
    notice = reminder().model_copy(update={"to": (away,)})
    assert post_current(world.workspace, [notice], [Kind.REMINDER]) == [notice.id]
    sent = read_intent(world.workspace, notice.id).notice
    assert [each.email for each in sent.to] == ["pho@tinh.example"]
    assert [each.email for each in sent.cc] == [reader.email]
    assert post_current(world.workspace, [notice], [Kind.REMINDER]) == []  # the same mail, not another
    tomorrow = notice.reaching(today + timedelta(days=1))
    assert (tomorrow.to, tomorrow.cc) == (notice.to, ())


def test_posting_many_costs_one_listing_and_nothing_for_the_known() -> None:
    world = World()
    notices = [receipt(f"unit_{number:02}") for number in range(60)]
    assert len(post_all(world.workspace, notices)) == 60
    store = CountingStore(world.store)
    assert post_all(replace(world.workspace, store=store), notices) == []
    assert store.calls == {"list": 1}


def test_a_suppressed_notice_is_written_and_never_sent() -> None:
    world = World()
    post(world.workspace, receipt(), suppressed=True)
    assert {name.partition("/")[2] for name in names_in(world)} == {"intent.json", "message.eml", "suppressed.json"}
    sender = ScriptedSender()
    assert deliver(world.workspace, sender, now=world.clock.real).waiting == 0
    assert sender.sessions == 0
    (line,) = entries(world.workspace)
    assert (line.state, line.note) == (Ending.SUPPRESSED, "đợt chạy lại hoặc chạy bù không gửi thư")
    told = tell(world.workspace, receipt().id)
    assert (line.tries, [event.what for event in told.events]) == (0, ["lập thư", "giữ lại, không gửi"])
    assert "Đã tiếp nhận" in told.subject


def test_a_fault_in_writing_one_mail_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World()
    lost = Attachment(name="phiếu.docx", key="nowhere")
    bad = receipt("unit_01").model_copy(update={"attachments": (lost,)})
    assert len(post_all(world.workspace, [bad, receipt("unit_02")])) == 2
    sender = ScriptedSender()
    delivery = deliver(world.workspace, sender, now=world.clock.real)
    assert delivery.sent == ("receipt.unit_02.n1",)
    assert delivery.waiting == 1
    (line,) = [line for line in entries(world.workspace) if line.state == "waiting"]
    assert "không soạn được thư: MissingObjectError" in line.note

    world.store.put("nowhere", b"found again")
    world.clock.pass_(minutes=1)
    assert deliver(world.workspace, sender, now=world.clock.real).sent == ("receipt.unit_01.n1",)


def test_a_message_is_written_once_and_sent_as_it_was_written(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World()
    post(world.workspace, receipt())
    sender = ScriptedSender(answer=lambda _, to: dict.fromkeys(to, Refusal(451, "later")))
    deliver(world.workspace, sender, now=world.clock.real)
    first = world.store.get(world.workspace.keys.notice("receipt.unit_00.n1", "message.eml"))
    monkeypatch.setattr(claims, "write_message", pytest.fail)
    world.clock.pass_(minutes=1)
    sender.answer = lambda *_: {}
    deliver(world.workspace, sender, now=world.clock.real)
    assert sender.raw == [first]


def test_what_was_only_rehearsed_is_not_what_goes_out() -> None:
    world = World()
    rehearsed = replace(world.workspace, store=OverlayStore(world.store, world.clock.real))
    post(rehearsed, receipt())
    post(world.other(), receipt())  # another process does
    sender = ScriptedSender()
    deliver(world.workspace, sender, now=world.clock.real)
    assert sender.raw == [world.store.get(world.workspace.keys.notice("receipt.unit_00.n1", "message.eml"))]


def test_what_is_due_no_more_is_withdrawn_and_nothing_else() -> None:
    world = World()
    old = receipt().model_copy(update={"kind": Kind.REMINDER, "step": "unit-m5"})
    new = receipt().model_copy(update={"kind": Kind.REMINDER, "step": "unit-m2"})
    for notice in (old, new, receipt()):
        world.store.create(
            world.workspace.keys.notice(notice.id, "intent.json"),
            f'{{"notice": {notice.model_dump_json()}, "posted_at": "2021-10-18T08:00:00+07:00"}}'.encode(),
        )
    assert post_current(world.workspace, [new], CHASING, now=world.clock.real) == []
    endings = {notice: state.ending for notice, state in states(world.workspace).items()}
    assert endings == {old.id: Ending.WITHDRAWN, new.id: None, receipt().id: None}


def test_who_withdraws_a_mail_has_not_tried_to_send_it() -> None:
    world = World()
    post_current(world.workspace, [reminder()], CHASING, now=world.clock.real)
    post_current(world.workspace, [], CHASING, now=world.clock.real)
    told = tell(world.workspace, reminder().id)
    assert (told.entry.state, told.entry.tries) == (Ending.WITHDRAWN, 0)
    assert [event.what for event in told.events] == ["lập thư", "rút lại"]


def test_a_try_before_the_withdrawal_counts() -> None:
    world = World()
    post_current(world.workspace, [reminder()], CHASING, now=world.clock.real)
    assert take(world, reminder().id)
    world.clock.pass_(seconds=LEASE.total_seconds())
    post_current(world.workspace, [], CHASING, now=world.clock.real)
    told = tell(world.workspace, reminder().id)
    assert (told.entry.tries, [event.what for event in told.events]) == (1, ["lập thư", "gửi lần 1", "rút lại"])


def test_a_sent_mail_is_never_withdrawn() -> None:
    world = World()
    old = receipt().model_copy(update={"kind": Kind.REMINDER})
    world.store.create(world.workspace.keys.notice(old.id, "intent.json"), b"{}")
    write_end(world.workspace, old.id, End(ending=Ending.SENT, at=world.clock.now(), real_at=world.clock.real()))
    post_current(world.workspace, [], CHASING, now=world.clock.real)
    assert states(world.workspace)[old.id].endings == {Ending.SENT}


def reminder(days: str = "còn 02 ngày") -> Notice:
    return receipt().model_copy(update={"kind": Kind.REMINDER, "step": "unit-m2", "context": {"days": days}})


def stories(world: World) -> dict[str, Ending | None]:
    return {notice: state.ending for notice, state in states(world.workspace).items()}


def test_what_waits_with_the_words_of_an_earlier_day_is_posted_anew() -> None:
    world = World()
    assert post_current(world.workspace, [reminder()], CHASING, now=world.clock.real) == [reminder().id]
    world.clock.pass_(hours=2)
    assert post_current(world.workspace, [reminder()], CHASING, now=world.clock.real) == []
    new = reminder("còn 01 ngày")
    assert post_current(world.workspace, [new], CHASING, now=world.clock.real) == ["reminder.unit_00.unit-m2-again1"]
    assert stories(world) == {reminder().id: Ending.WITHDRAWN, "reminder.unit_00.unit-m2-again1": None}
    told = {each.id: each.note for each in entries(world.workspace)}
    assert told[reminder().id] == "chưa gửi thì lời thư đã khác; thư thay: reminder.unit_00.unit-m2-again1"


def test_what_waits_since_an_earlier_day_is_posted_anew_even_in_the_same_words() -> None:
    world = World()
    post_current(world.workspace, [reminder()], CHASING, now=world.clock.real)
    world.clock.pass_(days=1)
    sender = ScriptedSender()
    delivery = deliver(world.workspace, sender, now=world.clock.real, renewals={})
    assert delivery.waiting == 1
    assert sender.sessions == 0, "nobody has looked at it anew"
    again = post_current(world.workspace, [reminder()], CHASING, now=world.clock.real)
    assert again == ["reminder.unit_00.unit-m2-again1"]


def test_what_was_sent_is_not_posted_anew_in_other_words() -> None:
    world = World()
    post_current(world.workspace, [reminder()], CHASING, now=world.clock.real)
    write_end(world.workspace, reminder().id, End(ending=Ending.SENT, at=world.clock.now(), real_at=world.clock.real()))
    assert post_current(world.workspace, [reminder("còn 01 ngày")], CHASING, now=world.clock.real) == []


def test_what_was_withdrawn_and_is_due_again_is_posted_again() -> None:
    world = World()
    post_current(world.workspace, [reminder()], CHASING, now=world.clock.real)
    post_current(world.workspace, [], CHASING, now=world.clock.real)
    again = post_current(world.workspace, [reminder()], CHASING, now=world.clock.real)
    assert again == ["reminder.unit_00.unit-m2-again1"]


def test_a_mail_that_is_being_sent_is_neither_withdrawn_nor_posted_anew() -> None:
    world = World()
    post_current(world.workspace, [reminder()], CHASING, now=world.clock.real)
    assert take(world, reminder().id)
    assert post_current(world.workspace, [reminder("còn 01 ngày")], CHASING, now=world.clock.real) == []
    assert stories(world) == {reminder().id: None}
    world.clock.pass_(seconds=LEASE.total_seconds())
    assert post_current(world.workspace, [], CHASING, now=world.clock.real) == []
    assert stories(world) == {reminder().id: Ending.WITHDRAWN}


def test_a_withdrawn_mail_is_not_sent_by_who_listed_it_before() -> None:
    world = World()
    post_current(world.workspace, [reminder()], CHASING, now=world.clock.real)
    late = StaleStore(world.store)
    post_current(world.workspace, [], CHASING, now=world.clock.real)
    sender = ScriptedSender()
    deliver(replace(world.workspace, store=late), sender, now=world.clock.real)
    assert sender.raw == []


def refusing(world: World) -> str:
    post(world.workspace, receipt())
    sender = ScriptedSender(answer=lambda _, recipients: dict.fromkeys(recipients, Refusal(550, "no such user")))
    deliver(world.workspace, sender, now=world.clock.real)
    return receipt().id


def test_a_failed_mail_can_be_sent_to_another_address() -> None:
    world = World()
    failed = refusing(world)
    new = resend(world.workspace, failed, to="moi@hatinh.example")
    assert new == "receipt.unit_00.n1-again1"
    assert resend(world.workspace, failed, to="moi@hatinh.example") == new
    sender = ScriptedSender()
    assert deliver(world.workspace, sender, now=world.clock.real).sent == (new,)
    assert sender.recipients == [("moi@hatinh.example",)]


def test_only_failed_mails_of_lasting_kinds_are_resent() -> None:
    world = World()
    with pytest.raises(MissingObjectError):
        resend(world.workspace, "receipt.unit_09.n1")
    post(world.workspace, receipt())
    with pytest.raises(ValueError, match="không hỏng"):
        resend(world.workspace, receipt().id)
    reminder = receipt().model_copy(update={"kind": Kind.REMINDER})
    world.store.create(world.workspace.keys.notice(reminder.id, "intent.json"), b"{}")
    write_end(world.workspace, reminder.id, End(ending=Ending.FAILED, at=world.clock.now(), real_at=world.clock.real()))
    with pytest.raises(ValueError, match="lần nhắc sau"):
        resend(world.workspace, reminder.id)
