from __future__ import annotations

import re
from email import charset, message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr
from functools import cache
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import UndefinedError
from jinja2.exceptions import SecurityError
from syrupy.assertion import SnapshotAssertion

from soket.folders import templates_folder
from soket.notices.examples import Example, examples, names
from soket.notices.ledger import Intent
from soket.notices.notice import Attachment, Kind, Notice
from soket.notices.render import _environment, write, write_message
from soket.plan.model import Contact
from soket.record.sending import UPLOAD_VARIABLE

from .plans import make_plan
from .world import World

PLANS = {size: make_plan(size) for size in (1, 2, 60)}


@cache
def of(size: int) -> dict[str, Example]:
    """Return an example of every mail of a plan."""
    return examples(PLANS[size])


def written(size: int, name: str):
    workspace, notice = of(size)[name]
    return notice, write(workspace, Intent(notice=notice, posted_at=workspace.now))


def parse(data: bytes) -> EmailMessage:
    return message_from_bytes(data, policy=policy.default)


def words(html: str) -> str:
    """Return what a reader sees of a page."""
    body = re.sub(r"<title>.*?</title>|<style>.*?</style>|<[^>]+>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(body).split())


def test_every_kind_has_an_example() -> None:
    assert {name.partition("-")[0] for name in names()} == {kind.value for kind in Kind}
    assert all(list(found) == names() for found in map(of, PLANS))


@pytest.mark.parametrize("size", PLANS)
@pytest.mark.parametrize("name", names())
def test_text_reads_as_before(name: str, size: int, snapshot: SnapshotAssertion) -> None:
    notice, mail = written(size, name)
    assert f"{notice.id}\n{mail.subject}\n\n{mail.text}" == snapshot


def test_an_address_is_copied_with_nothing_after_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(UPLOAD_VARIABLE, "https://nop.example/{plan}/{campaign}/{unit}")
    found = {address for name in names() for address in re.findall(r"https?://\S+", written(2, name)[1].text)}
    assert any("/vao/" in each for each in found)
    assert [each for each in found if each[-1] in ".,;:)!?”"] == []


@pytest.mark.parametrize("name", [name for name in names() if name.startswith("receipt")])
def test_whoever_has_a_page_is_not_sent_to_a_folder(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace, notice = of(2)[name]
    page = "https://nop.example/vao/vi-du"
    told = write(
        workspace,
        Intent(
            notice=notice.model_copy(update={"context": {**notice.context, "upload_link": page}}),
            posted_at=workspace.now,
        ),
    )
    assert "inbox/" not in told.text + told.html
    assert ("trang nộp hồ sơ của đơn vị" in told.text) is ("inbox/" in written(2, name)[1].text)


@pytest.mark.parametrize("name", names())
def test_page_reads_as_before(name: str, snapshot: SnapshotAssertion) -> None:
    _, mail = written(2, name)
    assert mail.html == snapshot


@pytest.mark.parametrize("size", PLANS)
@pytest.mark.parametrize("name", names())
def test_text_and_page_say_the_same(name: str, size: int) -> None:
    _, mail = written(size, name)
    page, text = words(mail.html).casefold(), " ".join(mail.text.split()).casefold()
    # Names, dates, numbers and addresses carry the meaning; the words around them may differ.
    telling = re.compile(r"\d\d/\d\d/\d{4}|[\w.]+@[\w.]+|\d{4} \d{3} \d{4}|[\w-]+\.(?:docx|xlsx|ics)")
    assert set(telling.findall(text)) == set(telling.findall(page))
    units = {unit.name.casefold() for unit in PLANS[size].units}
    assert {unit for unit in units if unit in text} == {unit for unit in units if unit in page}


@pytest.mark.parametrize("name", names())
def test_every_mail_says_who_to_call_and_is_complete(name: str) -> None:
    notice, mail = written(60, name)
    assert mail.subject.startswith("[Sơ kết NQ 06] ")
    assert "None" not in mail.text + mail.html
    assert not re.search(r"[{}]|undefined", mail.text + re.sub(r"<style>.*?</style>", "", mail.html))
    if notice.kind not in (Kind.ODDITIES, Kind.DIGEST, Kind.ALERT):
        assert "0239 385 0000" in mail.text
    if "inbox_folder" in notice.context:
        assert "Không gửi tài liệu có độ mật" in mail.text
        assert "Không gửi tài liệu có độ mật" in words(mail.html)


@pytest.mark.parametrize("name", [name for name in names() if name.split("-")[0] in ("request", "return", "reminder")])
def test_whoever_is_asked_for_files_learns_when_and_where(name: str) -> None:
    notice, mail = written(2, name)
    for text in (mail.text, words(mail.html)):
        assert str(notice.context["last_moment"]).casefold() in text.casefold()
        assert str(notice.context["inbox_folder"]) in text


def test_what_units_write_is_shown_not_run() -> None:
    workspace, notice = of(2)["return"]
    nasty = "<script>alert(1)</script> {{ 7 * 7 }} & bạn"
    fault = {"code": "X-1", "where": nasty, "message": nasty, "advice": nasty}
    changed = notice.model_copy(update={"context": {**notice.context, "faults": [fault]}})
    mail = write(workspace, Intent(notice=changed, posted_at=workspace.now))
    assert "<script>" not in mail.html
    assert "&lt;script&gt;" in mail.html
    assert "{{ 7 * 7 }}" in mail.text


def test_a_lacking_fact_is_an_error() -> None:
    workspace, notice = of(2)["reminder"]
    facts = {name: value for name, value in notice.context.items() if name != "last_moment"}
    with pytest.raises(UndefinedError, match="last_moment"):
        write(workspace, Intent(notice=notice.model_copy(update={"context": facts}), posted_at=workspace.now))


def test_templates_run_in_a_sandbox() -> None:
    template = _environment(templates_folder() / "email").from_string("{{ ().__class__.__mro__ }}")
    with pytest.raises(SecurityError):
        template.render()


@pytest.mark.parametrize("name", names())
def test_messages_are_well_formed(name: str) -> None:
    workspace, notice = of(2)[name]
    data = write_message(workspace, Intent(notice=notice, posted_at=workspace.now), workspace.now)
    assert b"\r\n" in data
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, data.split(b"\r\n"))) <= 998
    data.decode("ascii")
    message = parse(data)
    assert not [part.defects for part in message.walk() if part.defects]
    assert message["Subject"] == write(workspace, Intent(notice=notice, posted_at=workspace.now)).subject
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Soket-Notice"] == notice.id
    assert message["X-Soket-Campaign"] == "nq06/2021"
    assert message["List-Id"] == "<2021.nq06.hatinh.example>"
    assert [address.addr_spec for address in message["To"].addresses] == [each.email for each in notice.to]
    assert {part.get_content_type() for part in message.walk()} >= {"text/plain", "text/html"}
    assert [part.get_filename() for part in message.iter_attachments()] == [each.name for each in notice.attachments]


def test_no_library_says_how_our_mails_are_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """Importing apprise changes what "utf-8" means to a process's mails, and so the bytes of ours."""

    workspace, notice = of(2)[names()[0]]
    intent = Intent(notice=notice, posted_at=workspace.now)

    def lines() -> list[bytes]:
        data = write_message(workspace, intent, workspace.now)
        return [line for line in data.splitlines() if b"===" not in line]  # but those between parts, which are drawn

    before = lines()
    monkeypatch.setitem(charset.CHARSETS, "utf-8", (charset.QP, charset.QP, "utf-8"))
    assert lines() == before


def test_a_calendar_entry_stays_one() -> None:
    world = World()
    world.store.put("x.ics", b"BEGIN:VCALENDAR")
    person = Contact(name="A", email="a@hatinh.example")
    entry = Attachment(name="hội nghị.ics", key="x.ics", content_type="text/calendar; method=REQUEST; charset=utf-8")
    workspace, notice = of(1)["invitation"]
    notice = notice.model_copy(update={"attachments": (entry,), "to": (person,)})
    data = write_message(world.workspace, Intent(notice=notice, posted_at=workspace.now), workspace.now)
    mail = parse(data)
    (to_save,) = mail.iter_attachments()
    assert to_save.get_content_type() == "application/ics", "attached as an event of its own, it would be a second one"
    (part,) = (each for each in mail.walk() if each.get_content_type() == "text/calendar")
    assert part["Content-Type"].params["method"] == "REQUEST"
    assert to_save.get_filename() == "hội nghị.ics"
    assert part.get_content() == "BEGIN:VCALENDAR"


WORDS = ("Ủy", "ban", "nhân", "dân", "tỉnh;", "Kỳ", "Anh,", "Đức", "(đ/c)", "06-NQ/TU", '"UBND"', "Bí-thư", "O'Hara")
syllables = st.sampled_from(WORDS)
phrases = st.lists(syllables, min_size=1, max_size=40).map(" ".join)


@settings(max_examples=200, deadline=None)
@given(name=phrases, title=phrases)
def test_headers_come_back_as_they_were(name: str, title: str) -> None:
    # The standard library's newer policy loses spaces here; this is why messages are not written with it.
    plan = make_plan(1, short_title=title)
    world = World(plan)
    people = (Contact(name=name, email="a@hatinh.example"), Contact(name="Ba", email="b@hatinh.example"))
    notice = Notice(kind=Kind.RECEIPT, addressee="unit_00", step="n1", to=people, context=of(1)["receipt"][1].context)
    intent = Intent(notice=notice, posted_at=world.workspace.now)
    data = write_message(world.workspace, intent, world.clock.real())
    assert parse(data)["Subject"] == write(world.workspace, intent).subject
    # That policy's reader has the same fault in names, so they are read the old way.
    pairs = [parseaddr(each.strip()) for each in message_from_bytes(data)["To"].split(">,")]
    assert [str(make_header(decode_header(encoded))) for encoded, _ in pairs] == [name, "Ba"]
    assert [address for _, address in pairs] == ["a@hatinh.example", "b@hatinh.example"]


def test_domains_beyond_ascii_are_written_as_dns_knows_them() -> None:
    world = World()
    notice = of(1)["receipt"][1].model_copy(update={"to": (Contact(name="A", email="a@hàtĩnh.vn"),)})
    message = parse(
        write_message(world.workspace, Intent(notice=notice, posted_at=world.clock.now()), world.clock.real())
    )
    assert message["To"].addresses[0].domain.startswith("xn--")


def test_an_address_beyond_ascii_leaves_the_message_within() -> None:
    world = World()
    people = (Contact(name="Bình", email="bình@hatinh.example"), Contact(name="Ba", email="b@hatinh.example"))
    notice = of(1)["receipt"][1].model_copy(update={"to": people})
    data = write_message(world.workspace, Intent(notice=notice, posted_at=world.clock.now()), world.clock.real())
    assert data.isascii()
    message = parse(data)
    assert not message["To"].defects
    assert [address.addr_spec for address in message["To"].addresses] == ["b@hatinh.example"]
    assert next(group.display_name for group in message["To"].groups) == "Bình bình@hatinh.example"


@pytest.mark.parametrize("count", [1, 2, 60])
def test_any_number_of_readers_fits_the_header(count: int) -> None:
    world = World()
    people = tuple(
        Contact(name=f"Nguyễn Thị Thu Hương, Phó Chánh Văn phòng {number}", email=f"vanthu{number}@hatinh.example")
        for number in range(count)
    )
    notice = of(1)["receipt"][1].model_copy(update={"to": people[:1], "cc": people[1:]})
    data = write_message(world.workspace, Intent(notice=notice, posted_at=world.clock.now()), world.clock.real())
    head = data.partition(b"\r\n\r\n")[0].split(b"\r\n")
    assert max(map(len, head)) <= 200  # 998 is the law, 78 the wish; an encoded name and an address stay together
    message = parse(data)
    found = [
        address.addr_spec for name in ("To", "Cc") for address in (message[name].addresses if message[name] else ())
    ]
    assert found == [each.email for each in people]


@pytest.mark.parametrize("name", ["Báo cáo " + "rất dài " * 20 + ".docx", 'a"b;c\\d.xlsx', "Phiếu trả lại (số 1).docx"])
def test_attachment_names_come_back_as_they_were(name: str) -> None:
    world = World()
    world.store.put("x", b"data")
    attachment = Attachment(name=name, key="x")
    notice = of(1)["receipt"][1].model_copy(update={"attachments": (attachment,)})
    data = write_message(world.workspace, Intent(notice=notice, posted_at=world.clock.now()), world.clock.real())
    assert max(map(len, data.split(b"\r\n"))) <= 998
    (part,) = parse(data).iter_attachments()
    assert part.get_filename() == name
    assert part.get_content() == b"data"


@pytest.mark.parametrize("name", names())
def test_a_page_needs_nothing_from_elsewhere(name: str) -> None:
    _, mail = written(60, name)
    assert not re.search(r"<(?:img|script|link|iframe|object)\b|url\(|@import|src=", mail.html)


def test_every_mail_carries_what_its_reader_may_answer_to() -> None:
    for workspace, notice in of(2).values():
        message = parse(write_message(workspace, Intent(notice=notice, posted_at=workspace.now), workspace.now))
        roles = workspace.plan.roles
        offices = [roles.operator if notice.kind is Kind.MESSAGE else notice.by or roles.lead]
        if notice.kind in (Kind.INVITATION, Kind.INVITATION_REMINDER):
            offices.append(roles.operator)
        expected = list(dict.fromkeys(workspace.plan.office(office).contact.email for office in offices))
        assert [each.addr_spec for each in message["Reply-To"].addresses] == expected
        assert message["X-Auto-Response-Suppress"] == "All"
        assert message["Date"].datetime is not None
