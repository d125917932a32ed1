"""A report is filed with its mail, once; what nobody can match is the operator's, and others mark no mail of ours."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from soket.notices.delivery import deliver
from soket.notices.digests import digest_notice, oddities_notice
from soket.notices.ladder import due
from soket.notices.ledger import Intent, states
from soket.notices.lines import entries
from soket.notices.notice import Kind, Notice, message_id
from soket.notices.outbox import post, resend
from soket.notices.render import write
from soket.notices.reports import filing
from soket.notices.reports.filing import Read, read_reports, read_strays
from soket.notices.reports.outcome import Outcome
from soket.notices.reports.sources import FolderSource, MailboxError
from soket.notices.reports.unreached import unreached
from soket.notices.story import tell
from soket.notices.troubles import troubled
from soket.record.seal import read_seal
from soket.store.keys import MAIL_REPORTS

from ..post import CountingStore, ScriptedSender, receipt
from ..test_limits import reminder
from ..world import World, moment
from . import bounces

SENT = "receipt.unit_00.n1"
ONE, TWO = "vanthu0@hatinh.example", "bithu0@hatinh.example"


@pytest.fixture
def world() -> World:
    """A receipt to a unit's contact and head that a relay took."""
    made = World()
    made.clock.set("2021-10-20 07:30")
    send(made, receipt("unit_00", "n1", ONE, TWO))
    made.clock.pass_(minutes=10)
    return made


def send(world: World, notice: Notice) -> None:
    post(world.workspace, notice)
    deliver(world.workspace, ScriptedSender(), now=world.clock.real)


def name_of(world: World, notice: str = SENT) -> str:
    return message_id(world.plan, "2021", notice, read_seal(world.store)).strip("<>")


def drop(world: World, data: bytes, name: str = "1.eml") -> None:
    world.store.put(MAIL_REPORTS + name, data)


def read(world: World) -> Read:
    return read_reports(world.workspace, [FolderSource(world.store)])


def fate(world: World, notice: str = SENT) -> str:
    return str(states(world.workspace)[notice].fate)


def test_accepted_delivered_delayed_and_come_back_are_different_states(world: World) -> None:
    mail = name_of(world)
    assert fate(world) == "sent"
    drop(world, bounces.sendmail(mail, ONE), "warning.eml")
    read(world)
    assert fate(world) == "delayed"
    drop(world, bounces.postfix(mail, ONE, action="delivered", status="2.0.0", diagnosis="smtp; 250 OK"), "one.eml")
    read(world)
    assert fate(world) == "sent", "the other address has not been heard of"
    drop(world, bounces.postfix(mail, TWO, action="delivered", status="2.0.0", diagnosis="smtp; 250 OK"), "two.eml")
    read(world)
    assert fate(world) == "delivered"
    drop(world, bounces.exchange(mail, TWO), "back.eml")
    read(world)
    assert fate(world) == "bounced", "a server further on had the last word"


@pytest.mark.parametrize("write", [bounces.postfix, bounces.exchange, bounces.gmail, bounces.exim, bounces.qmail])
def test_a_contact_that_bounces_is_in_the_next_morning_s_digest(
    world: World, write: Callable[[str, str], bytes]
) -> None:
    drop(world, write(name_of(world), ONE))
    assert read(world).filed == [(SENT, ONE, Outcome.BOUNCED)]
    world.clock.set("2021-10-21 07:30")
    lead, operator = digest_notice(world.workspace, world.register), oddities_notice(world.workspace, world.register)
    for notice in (lead, operator):
        assert notice is not None
        (line,) = notice.context["unreached"]
        assert (line["name"], line["address"]) == ("Huyện ủy Kỳ Anh", ONE)
        assert line["reason"] in ("không có hộp thư này", "hộp thư đầy")
        assert line["phone"] == "0239 386 0000"
        assert line["advice"].startswith("Gọi đơn vị")
        assert [each["id"] for each in notice.context["failed_mails"]] == [SENT]
        written = write_notice(world, notice)
        for body in (written.text, written.html):
            assert ONE in body
            assert line["advice"] in body


def write_notice(world: World, notice: Notice):
    return write(world.workspace, Intent(notice=notice, posted_at=world.clock.now()))


def test_the_ledger_and_a_mail_s_story_say_who_did_not_get_it_and_why(world: World) -> None:
    drop(world, bounces.postfix(name_of(world), ONE))
    read(world)
    (line,) = entries(world.workspace)
    assert (line.state, line.undelivered) == (Outcome.BOUNCED, (ONE,))
    assert line.note.startswith(f"{ONE}: thư bị trả lại, không có hộp thư này (550 5.1.1")
    story = tell(world.workspace, name_of(world))
    assert story.events[-1].what == "bị trả lại"


def test_the_same_reports_read_again_change_nothing(world: World) -> None:
    for number, data in enumerate(
        (bounces.postfix(name_of(world), ONE), bounces.postfix("0" * 32 + "@x.example", ONE))
    ):
        drop(world, data, f"{number}.eml")
    read(world)
    before = dict(world.store.objects)
    assert read(world) == Read()
    assert world.store.objects == before
    world.clock.pass_(hours=1)
    assert read(world) == Read()
    settled = dict(world.store.objects)
    assert settled.keys() == before.keys()
    assert read(world) == Read()
    assert world.store.objects == settled
    del world.store.objects[world.workspace.keys.report_place("folder")]
    assert read(world) == Read(), "a place that is lost costs a second reading"


def test_old_reports_are_not_fetched_again(world: World) -> None:
    drop(world, bounces.postfix(name_of(world), ONE))
    read(world)
    world.clock.pass_(hours=1)
    read(world)
    drop(world, bounces.out_of_office(name_of(world), TWO), "3.eml")
    counting = CountingStore(world.store)
    read_reports(world.workspace, [FolderSource(counting)])
    assert counting.calls["get"] == 1


@pytest.mark.parametrize("write", [bounces.out_of_office, bounces.read_receipt])
def test_an_answer_of_a_mailbox_marks_nothing(world: World, write: Callable[[str, str], bytes]) -> None:
    drop(world, write(name_of(world), ONE))
    assert read(world) == Read()
    assert fate(world) == "sent"


def test_whoever_cannot_name_the_mail_marks_nothing(world: World) -> None:
    """The id is in no public list of plans and units: without the bucket's seal nobody makes it."""
    guessed = message_id(world.plan, "2021", SENT, b"").strip("<>")
    drop(world, bounces.postfix(guessed, ONE))
    assert read(world).strays == 1, "it bears our campaign's name: somebody should look"
    assert fate(world) == "sent"


def test_other_people_s_mail_is_nobody_s_business_here(world: World) -> None:
    drop(world, bounces.postfix("0" * 32 + "@khac.example", "a@b.example", campaign="nq07/2021"))
    drop(world, bounces.gmail("CAF=1@mail.example", "a@b.example").replace(b"X-Soket", b"X-Other"), "2.eml")
    found = read(world)
    assert (found.filed, found.strays) == ([], 1), "of the second nothing says whose it is"


def test_an_address_that_the_mail_did_not_go_to_is_told_and_not_guessed_at(world: World) -> None:
    drop(world, bounces.postfix(name_of(world), "nha.rieng@khac.example"))
    assert read(world).strays == 1
    assert fate(world) == "sent"
    (stray,) = read_strays(world.workspace)
    assert "không gửi đến nha.rieng@khac.example" in stray.why
    notice = oddities_notice(world.workspace, world.register)
    assert notice is not None
    assert "1 thư báo không rõ của thư nào" in notice.context["what"]
    assert "nha.rieng@khac.example" in write_notice(world, notice).text


def test_what_our_reader_fails_on_stops_no_other(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    real = filing.read_report
    monkeypatch.setattr(filing, "read_report", lambda data: 1 / 0 if data == b"x" else real(data))
    drop(world, b"x", "0.eml")
    drop(world, bounces.postfix(name_of(world), ONE), "1.eml")
    found = read(world)
    assert (len(found.filed), found.strays) == (1, 1)


def test_a_mailbox_that_fails_loses_nothing_and_is_told_of(world: World) -> None:
    class Broken(FolderSource):
        broken = True

        def after(self, place):
            for at, letter in super().after(place):
                yield at, letter
                if self.broken:
                    raise MailboxError("hộp thư không trả lời")

    source = Broken(world.store)
    drop(world, bounces.postfix(name_of(world), ONE), "1.eml")
    drop(world, bounces.postfix(name_of(world), TWO), "2.eml")
    assert read_reports(world.workspace, [source]).errors == ["hộp thư không trả lời"]
    assert oddities_notice(world.workspace, world.register) is not None
    assert "hộp thư báo" not in str(oddities_notice(world.workspace, world.register))
    world.clock.pass_(hours=2)
    read_reports(world.workspace, [source])
    notice = oddities_notice(world.workspace, world.register)
    assert notice is not None
    assert "1 hộp thư báo không đọc được" in notice.context["what"]
    assert "hộp thư không trả lời" in write_notice(world, notice).text
    Broken.broken = False
    read_reports(world.workspace, [source])
    assert {each.report.address for each in unreached(world.workspace)} == {ONE, TWO}


def test_a_renewed_mail_s_report_goes_to_the_words_that_went_out(world: World) -> None:
    first = reminder(1, "vanthu1@hatinh.example")
    post(world.workspace, first)
    send(world, first.again(1))
    drop(world, bounces.postfix(name_of(world, first.id), first.to[0].email, notice=first.again(1).id))
    ((notice, _, _),) = read(world).filed
    assert notice == first.again(1).id


def test_seen_to_once_the_plan_has_another_address_and_the_mail_went_again(world: World) -> None:
    drop(world, bounces.postfix(name_of(world), ONE))
    read(world)
    assert [each.id for each in troubled(world.workspace, states(world.workspace).values())] == [SENT]
    new = resend(world.workspace, SENT, to="dung@hatinh.example")
    sender = ScriptedSender()
    deliver(world.workspace, sender, now=world.clock.real)
    assert sender.recipients == [("dung@hatinh.example",)], "the head has it, and gets it no second time"
    assert troubled(world.workspace, states(world.workspace).values()) == []
    assert [each.code for each in unreached(world.workspace)] == ["unit_00"], "the next mail would come back, too"
    units = tuple(
        each.model_copy(update={"contact": each.contact.model_copy(update={"email": "dung@hatinh.example"})})
        if each.code == "unit_00"
        else each
        for each in world.plan.units
    )
    world.workspace = type(world.workspace)(
        world.plan.model_copy(update={"units": units}), world.plan.campaigns[0], world.store, world.clock
    )
    assert unreached(world.workspace) == []
    assert fate(world, new) == "sent"


def test_an_address_that_takes_mail_again_is_told_no_more(world: World) -> None:
    drop(world, bounces.postfix(name_of(world), ONE))
    read(world)
    world.clock.pass_(hours=3)
    send(world, receipt("unit_00", "n2", ONE))
    delivered = bounces.postfix(name_of(world, "receipt.unit_00.n2"), ONE, action="delivered", status="2.0.0")
    drop(world, delivered, "2.eml")
    assert len(unreached(world.workspace)) == 1
    read(world)
    assert unreached(world.workspace) == []


def test_superiors_hear_that_a_late_unit_may_not_have_read(world: World) -> None:
    drop(world, bounces.postfix(name_of(world), ONE))
    read(world)
    world.clock.set(moment("2021-11-10 07:30"))
    told = [notice for notice in due(world.workspace, world.register) if notice.context.get("superior")]
    rows = [row for notice in told for row in notice.context["late_units"] if row["name"] == "Huyện ủy Kỳ Anh"]
    assert rows
    assert all("có thể đơn vị chưa đọc" in row["standing"] for row in rows)
    others = [row for notice in told for row in notice.context["late_units"] if row not in rows]
    assert others
    assert not any("chưa đọc" in row["standing"] for row in others)
    assert all(notice.kind is Kind.ESCALATION for notice in told)


def test_a_spoilt_record_stops_no_reading_and_no_morning(world: World) -> None:
    mail = name_of(world)
    drop(world, bounces.exchange(mail, TWO), "back.eml")
    drop(world, bounces.postfix(mail, "ai@hatinh.example"), "stray.eml")
    assert read(world).strays == 1
    keys = world.workspace.keys
    for place in (keys.stray_report(""), keys.notice(SENT, "reports/"), keys.notice(SENT, "sent.json")):
        (kept,) = world.store.list(place)
        world.store.put(kept.key, world.store.get(kept.key)[:20])
    assert read_strays(world.workspace) == []
    oddities_notice(world.workspace, world.register)
    assert fate(world) == "bounced"
    assert [line.state for line in entries(world.workspace)] == [Outcome.BOUNCED]
    assert tell(world.workspace, SENT).entry.state is Outcome.BOUNCED


def test_a_report_of_a_mail_whose_record_is_spoilt_is_the_operators(world: World) -> None:
    mail = name_of(world)
    intent = world.workspace.keys.notice(SENT, "intent.json")
    world.store.put(intent, world.store.get(intent)[:20])
    drop(world, bounces.exchange(mail, TWO), "back.eml")
    assert read(world).strays == 1
    assert "bị hỏng" in read_strays(world.workspace)[0].why
