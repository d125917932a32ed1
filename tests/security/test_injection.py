"""Whatever units write stands as text in what we make of it: mails, Word papers, workbooks, pages, calendar entries."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import etree, html

from conftest import Desk
from soket.board.choosing import Filters
from soket.board.export import units_workbook
from soket.documents.archive_export import export
from soket.notices.claims import shown
from soket.notices.ledger import states
from soket.record.keeping import read_register

from .strangers import Field, play

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HEADERS = {
    *("Content-Type", "MIME-Version", "Content-Transfer-Encoding", "Content-Disposition", "From", "To", "Cc"),
    *("Reply-To", "Subject", "Date", "Message-ID", "List-Id", "Auto-Submitted", "X-Auto-Response-Suppress"),
    *("Content-Language", "X-Soket-Campaign", "X-Soket-Notice"),
}
# All that our papers ask Word to work out.
FIELDS = re.compile(r"\s*(PAGE|NUMPAGES|SEQ|REF|HYPERLINK|TOC)\b")
LINES_OF_CALENDARS = {
    *("BEGIN", "END", "VERSION", "PRODID", "METHOD", "CALSCALE", "UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY"),
    *("DESCRIPTION", "LOCATION", "ORGANIZER", "ATTENDEE", "SEQUENCE", "STATUS", "TRIGGER", "ACTION", "TZID", "TZNAME"),
    *(
        "TZOFFSETFROM",
        "TZOFFSETTO",
        "COMMENT",
        "X-WR-TIMEZONE",
        "CLASS",
        "TRANSP",
        "PRIORITY",
        "CREATED",
        "LAST-MODIFIED",
        "RRULE",
        "RDATE",
    ),
}


@pytest.fixture(scope="module")
def desk() -> Desk:
    return play()


@pytest.fixture(scope="module")
def made(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What we made in the campaign, by key: all but what units sent, and what only programs read."""
    workspace = desk()
    kept = {key: data for key, (data, _) in desk.store.objects.items() if not key.endswith(".json")}
    sent = re.compile(r"^inbox/|^replies/|/files/(?!bao-cao-khong|ke-hoach-to)")
    found = {key: data for key, data in kept.items() if not sent.search(key)}
    register = read_register(workspace)
    for notice in states(workspace):  # those that wait, too
        found[workspace.keys.notice(notice, "message.eml")] = shown(workspace, notice) or b""
    found["units.xlsx"] = units_workbook(workspace, register, Filters(), {})
    out = tmp_path_factory.mktemp("archive") / "out"
    export(workspace, out)
    found["index.html"] = (out / "index.html").read_bytes()
    return found


def of(made: dict[str, bytes], *endings: str) -> dict[str, bytes]:
    found = {key: data for key, data in made.items() if key.endswith(endings)}
    assert found
    return found


def parts(data: bytes, ending: str = "") -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if name.endswith(ending):
                yield name, package.read(name)


def met(text: str) -> set[Field]:
    return {field for field in Field if field.mark in text}


def leads_elsewhere(name: str, value: str) -> bool:
    """Whether an attribute runs something, loads something, or leads to another site than ours."""
    if name.startswith("on"):
        return True
    if name not in ("href", "src", "action", "formaction", "srcset", "data"):
        return False
    scheme, host = urlsplit(value)[:2]
    return scheme not in (("", "http", "https", "mailto", "tel") if name == "href" else ("data",)) or "evil" in host


def wrong_in_page(page: str) -> list[str]:
    """Return what of a page would run, load or lead elsewhere, or was worked out by a template."""
    tree = html.document_fromstring(page)
    found = [each.tag for each in tree.iter("img", "script", "iframe", "object", "embed", "form", "base", "link")]
    for each in tree.iter(etree.Element):
        found += [f"{each.tag} {name}={value}" for name, value in each.attrib.items() if leads_elsewhere(name, value)]
    return [*found, *re.findall(r"\b1337\b", page)]


def test_what_units_write_is_met_nearly_everywhere(made: dict[str, bytes]) -> None:
    """Else what follows would look at nothing."""
    seen = set()
    for key, data in made.items():
        if key.endswith((".docx", ".xlsx")):
            seen |= met("".join(part.decode(errors="replace") for _, part in parts(data, ".xml")))
        elif key.endswith(".eml"):
            message: EmailMessage = message_from_bytes(data, policy=policy.default)  # type: ignore[assignment]
            seen |= met("".join(part.get_content() for part in message.walk() if part.get_content_maintype() == "text"))
        else:
            seen |= met(data.decode(errors="replace"))
    assert set(Field) - seen == {Field.REMARK}  # which the board alone shows


def test_no_header_of_a_mail_is_a_strangers(made: dict[str, bytes], desk: Desk) -> None:
    plan = desk.plan
    known = {each.contact.email for each in (*plan.offices, *plan.units)} | {u.head.email for u in plan.units if u.head}
    for key, data in of(made, ".eml").items():
        message: EmailMessage = message_from_bytes(data, policy=policy.default)  # type: ignore[assignment]
        for part in message.walk():
            assert set(part.keys()) <= HEADERS, key
            assert not part.defects, key
        sent = [
            each.addr_spec
            for name in ("To", "Cc", "Reply-To", "From")
            for each in getattr(message[name], "addresses", ())
        ]
        assert set(sent) <= known, key
        assert not re.search(rb"(?mi)^bcc:", data), key


def test_no_page_of_a_mail_runs_or_leads_elsewhere(made: dict[str, bytes]) -> None:
    for key, data in of(made, ".eml").items():
        message: EmailMessage = message_from_bytes(data, policy=policy.default)  # type: ignore[assignment]
        for part in message.walk():
            if part.get_content_type() == "text/html":
                assert wrong_in_page(part.get_content()) == [], key
            elif part.get_content_type() == "text/plain":
                assert "1337" not in part.get_content(), key


def test_no_page_that_is_kept_runs_or_leads_elsewhere(made: dict[str, bytes]) -> None:
    for key, data in of(made, ".html").items():
        ours = [each for each in wrong_in_page(data.decode()) if not (each == "script" and "nguon-goc" in key)]
        assert ours == [], key


def test_no_paper_has_a_field_or_a_link_of_a_strangers(made: dict[str, bytes]) -> None:
    for key, data in of(made, ".docx").items():
        for name, part in parts(data, ".xml"):
            tree = etree.fromstring(part)
            told = [each.text or "" for each in tree.iter(f"{W}instrText")]
            told += [each.get(f"{W}instr") for each in tree.iter(f"{W}fldSimple")]
            assert [each for each in told if not FIELDS.match(each) or met(each) or "evil" in each] == [], (key, name)
            assert not [*tree.iter(f"{W}altChunk", f"{W}object", f"{W}control")], (key, name)
            assert b"1337" not in part, (key, name)
        for name, part in parts(data, ".rels"):
            outside = [each.get("Target") for each in etree.fromstring(part) if each.get("TargetMode") == "External"]
            assert outside == [], (key, name)


def test_no_workbook_has_a_formula_or_a_link_of_a_strangers(made: dict[str, bytes]) -> None:
    for key, data in of(made, ".xlsx").items():
        for name, part in parts(data, ".xml"):
            tree = etree.fromstring(part)
            formulas = [each.text for each in tree.iter("{*}f")]
            assert formulas == [], (key, name)
            rules = "".join(each.text or "" for each in tree.iter("{*}formula1", "{*}formula2", "{*}definedName"))
            assert not met(rules), (key, name)
        for name, part in parts(data, ".rels"):
            outside = [each.get("Target") for each in etree.fromstring(part) if each.get("TargetMode") == "External"]
            assert outside == [], (key, name)


def test_no_line_of_a_calendar_entry_is_a_strangers(made: dict[str, bytes]) -> None:
    for key, data in of(made, ".ics").items():
        lines = data.decode().replace("\r\n ", "").split("\r\n")
        names = {re.split(r"[:;]", line)[0] for line in lines if line}
        assert names <= LINES_OF_CALENDARS, key


def test_no_name_that_is_kept_leaves_its_folder(made: dict[str, bytes]) -> None:
    for key in made:
        assert not re.search(r"[\x00-\x1f<>\"]|(^|/)\.\.(/|$)", key), key
        assert not Path(key).is_absolute()
