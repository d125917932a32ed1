"""Answers to a message by mail: a person's own words are one message of the unit; a machine's are none."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from record.builders import first, say_to
from soket.notices.compose import message_notices
from soket.notices.delivery import deliver
from soket.notices.ledger import read_intent
from soket.notices.notice import message_id
from soket.notices.outbox import post
from soket.notices.render import write, write_message
from soket.notices.reports.filing import read_reports
from soket.notices.reports.sources import FolderSource
from soket.record.attendance import Channel
from soket.record.keeping import read_register
from soket.record.messages import UnitMessage
from soket.record.seal import read_seal
from soket.record.threads import asked_of_unit
from soket.store.keys import MAIL_REPORTS

from .post import ScriptedSender
from .reports import bounces
from .world import World


@pytest.fixture
def world() -> World:
    made = World()
    made.clock.set("2021-10-20 07:30")
    return made


def asked(world: World) -> str:
    """Ask the first unit something; return the Message-ID of the mail."""
    unit = first(world.plan)
    say_to(world.workspace, unit, "asks", "Số I5 lấy ở đâu?", "1", about="Biểu 01, ô I5")
    (notice,) = message_notices(world.workspace, read_register(world.workspace))
    post(world.workspace, notice)
    deliver(world.workspace, ScriptedSender(), now=world.clock.real)
    assert notice.addressee == unit
    return message_id(world.plan, "2021", notice.id, read_seal(world.store)).strip("<>")


def answer(mail: str, text: str = "Theo niên giám.", html: str = "", **headers: str) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "Văn thư <vanthu@xa.example>", headers.pop("Subject", "Re: Đề nghị trả lời")
    message["Message-ID"], message["In-Reply-To"] = "<answer.1@xa.example>", f"<{mail}>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(html or text, subtype="html" if html else "plain")
    return message.as_bytes()


def read(world: World, data: bytes, name: str = "1.eml") -> tuple[UnitMessage, ...]:
    world.store.put(MAIL_REPORTS + name, data)
    read_reports(world.workspace, [FolderSource(world.store)])
    return read_register(world.workspace).messages


QUOTED = "Theo niên giám.\n\nTrang 12.\n\nVào 20/10/2021 lúc 07:30 Ban Tuyên giáo đã viết:\n> Số I5 lấy ở đâu?\n"


@pytest.mark.parametrize(
    "data",
    [
        {"text": QUOTED},
        {"html": "<p>Theo niên giám.</p><p>Trang 12.</p><blockquote>Số I5 lấy ở đâu?</blockquote><script>x</script>"},
        {"text": "Theo niên giám.\n\nTrang 12.\n-----Original Message-----\nFrom: x"},
        {"text": "Theo niên giám.\n\nTrang 12.\n\nTừ: Ban Tuyên giáo <a@b.example>\nGửi: hôm qua"},
    ],
)
def test_what_a_person_writes_back_is_the_units_message_once(world: World, data: dict[str, str]) -> None:
    mail = asked(world)
    (message,) = read(world, answer(mail, **data))
    assert (message.text.split(), message.channel, message.asks) == (
        ["Theo", "niên", "giám.", "Trang", "12."],
        Channel.MAIL,
        False,
    )
    assert (message.unit, message.about) == (first(world.plan), "Biểu 01, ô I5")
    assert asked_of_unit(world.plan, read_register(world.workspace), message.unit) == []
    assert read(world, answer(mail, **data), "2.eml") == (message,)


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto-Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"X-Autoreply": "yes"},
        {"Return-Path": "<>"},
        {"Subject": "Automatic reply: Đề nghị trả lời"},
        {"Subject": "Trả lời tự động: tôi đi vắng"},
        {"List-Id": "<all.xa.example>"},
    ],
)
def test_what_a_machine_writes_is_none(world: World, headers: dict[str, str]) -> None:
    assert read(world, answer(asked(world), **headers)) == ()


def test_reports_and_mail_about_others_are_none(world: World) -> None:
    mail = asked(world)
    for number, made in enumerate((bounces.out_of_office, bounces.exchange, bounces.gmail, bounces.read_receipt)):
        assert read(world, made(mail, "vanthu0@hatinh.example"), f"{number}.eml") == ()
    assert read(world, answer("0" * 32 + "@hatinh.example"), "9.eml") == ()


def test_what_the_office_writes_back_of_a_units_message_is_no_message_of_the_unit(world: World) -> None:
    (message,) = read(world, answer(asked(world)))
    register = read_register(world.workspace)
    (notice,) = [each for each in message_notices(world.workspace, register) if each.variant == "from_unit"]
    assert notice.addressee == world.plan.roles.lead
    post(world.workspace, notice)
    mail = message_id(world.plan, "2021", notice.id, read_seal(world.store)).strip("<>")
    assert read(world, answer(mail, "Cảm ơn").replace(b"answer.1", b"answer.2"), "2.eml") == (message,)


def test_answers_go_to_the_mailbox_that_is_read(world: World) -> None:
    asked(world)
    (notice,) = message_notices(world.workspace, read_register(world.workspace))
    written = write_message(world.workspace, read_intent(world.workspace, notice.id), world.clock.real())
    operator = world.plan.office(world.plan.roles.operator).contact.email
    assert f"<{operator}>" in written.decode().partition("Reply-To")[2].partition("Subject")[0]


@pytest.mark.parametrize("by", ["Thường trực Tỉnh ủy", "Ban Tuyên giáo Tỉnh ủy"])
def test_a_letter_speaks_for_the_one_body_that_signs_it(world: World, by: str) -> None:
    """Whose word it is stands beside it."""
    say_to(world.workspace, first(world.plan), "asks", "Số I5 lấy ở đâu?", granted_by=by)
    (notice,) = message_notices(world.workspace, read_register(world.workspace))
    post(world.workspace, notice)
    written = write(world.workspace, read_intent(world.workspace, notice.id))
    lead = world.plan.office(world.plan.roles.lead).name
    assert lead == "Ban Tuyên giáo Tỉnh ủy"
    said = "" if by == lead else f"Theo ý kiến của {by}, "
    assert f"\n{said}{lead} hỏi, đề nghị đơn vị trả lời:" in written.text
    assert f">{said}{lead} hỏi, <strong>" in written.html
    assert written.text.split("--")[0].rstrip().endswith(lead.upper())
