"""Writes notices: templates filled with a notice's facts, put together as one message."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email import encoders
from email.charset import BASE64, SHORTEST, Charset
from email.header import Header
from email.message import Message
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.policy import compat32
from email.utils import format_datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, select_autoescape
from jinja2.sandbox import ImmutableSandboxedEnvironment

from soket.folders import templates_folder
from soket.notices.facts import say_contact
from soket.notices.ledger import Intent
from soket.notices.notice import Attachment, Kind, Notice, ascii_address, mail_domain, message_id
from soket.plan.model import Contact, Office
from soket.record.one_time_codes import DIGITS, LIVES, code_of
from soket.record.workspace import Workspace
from soket.text import format_moment, upper_first

# The old policy on purpose: under the new one, folding a long Vietnamese header swallows spaces between its words.
CALENDAR_TYPE = "text/calendar"

HIDDEN = "•" * DIGITS  # in place of a code

_POLICY = compat32.clone(linesep="\r\n")

# Of our own: what "utf-8" means in a process is changed by who imports apprise, and a mail's bytes with it.
_UTF8 = Charset("utf-8")
_UTF8.header_encoding, _UTF8.body_encoding = SHORTEST, BASE64


@dataclass(frozen=True)
class Written:
    """What a reader sees of a notice."""

    subject: str
    text: str
    html: str


def write(workspace: Workspace, intent: Intent, *, reveal: bool = False) -> Written:
    """Fill a notice's templates; a fact that a template asks for and the notice lacks is an error.

    What is secret is hidden but to its reader, to whom it is to be revealed.
    """
    notice = intent.notice
    plan, office = workspace.plan, _office_of(workspace, notice)
    environment = _environment(templates_folder() / "email")

    def part(name: str) -> list[str]:
        """Return where a part of the mail may lie: in its variant's folder or, what that lacks, in its kind's."""
        own = [f"{notice.kind}/{notice.variant}/{name}"] if notice.variant else []
        return [*own, f"{notice.kind}/{name}"]

    facts: dict[str, Any] = {
        **notice.context,
        "plan": plan,
        "campaign": workspace.campaign,
        "office": office,
        "contact": say_contact(office),
        # Whoever is told where to hand files in is told what may not be handed in.
        "confidentiality": plan.confidentiality if "inbox_folder" in notice.context else None,
        "attached": [attachment.name for attachment in notice.attachments],
        "posted": format_moment(intent.posted_at),
        "notice_id": notice.id,
        "part": part,
    }

    if notice.kind.secret:
        mark = str(notice.context["mark"])
        facts |= {
            "code": code_of(workspace, notice.addressee, mark) if reveal else HIDDEN,
            "minutes": LIVES.seconds // 60,
        }

    def fill(name: str) -> str:
        return environment.select_template(part(name)).render(facts)

    return Written(" ".join(fill("subject.txt").split()), _tidy(fill("body.txt")), _tidy(fill("body.html")))


def write_message(
    workspace: Workspace, intent: Intent, moment: datetime, seal: bytes | None = None, *, reveal: bool = False
) -> bytes:
    """Return the whole message of a notice, written at a real moment; to its reader, what is secret is revealed.

    `seal` is the bucket's unless told: an alert that the bucket does not answer must not ask it.
    Raises MissingObjectError for an attachment that is not in the bucket, and Jinja's errors for a fault in a template.
    """
    notice, plan = intent.notice, workspace.plan
    office, operator = _office_of(workspace, notice), plan.office(plan.roles.operator)
    written = write(workspace, intent, reveal=reveal)
    message = _body(written, [(each, workspace.store.get(each.key)) for each in notice.attachments])
    message["From"] = _address(office.name, operator.contact.email)
    message["To"] = _addresses(notice.to)
    if notice.cc:
        message["Cc"] = _addresses(notice.cc)
    message["Reply-To"] = _addresses(_answered_to(notice.kind, office, operator))
    message["Subject"] = Header(written.subject, _UTF8, header_name="Subject").encode()
    message["Date"] = format_datetime(moment)
    message["Message-ID"] = message_id(
        plan, workspace.campaign.code, notice.id, workspace.seal if seal is None else seal
    )
    message["List-Id"] = f"<{workspace.campaign.code}.{plan.id}.{mail_domain(plan)}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"  # Exchange's own word for: no out-of-office replies, please
    message["Content-Language"] = "vi"
    message["X-Soket-Campaign"] = f"{plan.id}/{workspace.campaign.code}"
    message["X-Soket-Notice"] = notice.id
    return message.as_bytes(policy=_POLICY)


def _answered_to(kind: Kind, office: Office, operator: Office) -> list[Contact]:
    """Return whom an answer goes to: what is read of answers is read in the operator's mailbox."""
    match kind:
        case Kind.MESSAGE:
            return [operator.contact]
        case Kind.INVITATION | Kind.INVITATION_REMINDER:  # the form may come back in an answer
            return list({each.contact.email: each.contact for each in (office, operator)}.values())
    return [office.contact]


def _office_of(workspace: Workspace, notice: Notice) -> Office:
    """Return the office in whose name a notice goes out."""
    return workspace.plan.office(notice.by or workspace.plan.roles.lead)


@lru_cache(maxsize=4)
def _environment(folder: Path) -> ImmutableSandboxedEnvironment:
    # The sandbox: what units write (file names, headings) is shown in mails, and templates are edited by offices.
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folder),
        autoescape=select_autoescape(enabled_extensions=("html",), default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["sentence"] = upper_first  # jinja's `capitalize` would make the rest small
    return environment


def compile_templates() -> None:
    """Compile all templates ahead, for the processes that are forked from this one."""
    environment = _environment(templates_folder() / "email")
    for name in environment.list_templates(extensions=("txt", "html")):
        with suppress(TemplateError):  # told by whoever writes that mail
            environment.get_template(name)


def _tidy(text: str) -> str:
    """Drop spaces at line ends and runs of empty lines, so that templates may be laid out to be read."""
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", "\n", text)).strip() + "\n"


def _body(written: Written, attachments: Sequence[tuple[Attachment, bytes]]) -> Message:
    body = MIMEMultipart("alternative")
    body.attach(_words(written.text, "plain"))
    body.attach(_words(written.html, "html"))
    for attachment, data in attachments:
        if attachment.content_type.startswith(CALENDAR_TYPE):  # what mail programs offer to be answered
            body.attach(_part(attachment, data, inside=True))
    if not attachments:
        return body
    whole = MIMEMultipart("mixed")
    whole.attach(body)
    for attachment, data in attachments:
        whole.attach(_part(attachment, data))
    return whole


def _words(text: str, kind: str) -> Message:
    part = MIMENonMultipart("text", kind)
    part.set_payload(text, _UTF8)
    return part


def _part(attachment: Attachment, data: bytes, *, inside: bool = False) -> Message:
    """Return a file as a part of a message: attached or, of a calendar entry, as one more way to read the mail."""
    declared = Message()
    calendar = attachment.content_type.startswith(CALENDAR_TYPE)
    # Attached, an entry is a file to be saved: two that can be answered would be two events.
    declared["Content-Type"] = "application/ics" if calendar and not inside else attachment.content_type
    part = MIMEBase(declared.get_content_maintype(), declared.get_content_subtype())
    for name, value in declared.get_params([])[1:]:  # text/calendar says its method here
        part.set_param(name, value)
    part.set_payload(data)
    encoders.encode_base64(part)
    if not inside:
        part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", attachment.name))
    return part


def _addresses(contacts: Sequence[Contact]) -> str:
    return ",\n ".join(_address(contact.name, contact.email) for contact in contacts)


def _address(name: str, address: str) -> str:
    # Encoded name by name: an address list encoded as a whole hides its addresses.
    name, address = " ".join(name.split()), ascii_address(address)
    if not address.isascii():  # shown as a name with nobody behind it (RFC 6857), so that any server takes the message
        return Header(f"{name} {address}", _UTF8, maxlinelen=60).encode() + " :;"
    return f"{Header(name, _UTF8, maxlinelen=60).encode()} <{address}>"
