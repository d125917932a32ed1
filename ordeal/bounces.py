"""A mail server's report (RFC 3464) that a mail which it had taken could not be delivered."""

from __future__ import annotations

from email.message import EmailMessage
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from uuid import uuid4

from soket.notices.ledger import Ending, read_intent, states
from soket.notices.notice import message_id
from soket.record.workspace import Workspace
from soket.store.keys import MAIL_REPORTS


def bounce(workspace: Workspace, lot: int) -> tuple[str, str] | None:
    """Report of one of the mails that went out that it came back; return which, from whom; None where none went out."""
    sent = sorted(each.id for each in states(workspace).values() if each.ending is Ending.SENT and not each.said)
    if not sent:
        return None
    notice = sent[lot % len(sent)]
    address = read_intent(workspace, notice).notice.addresses[0]
    name = message_id(workspace.plan, workspace.campaign.code, notice, workspace.seal).strip("<>")
    headers = f"Message-ID: <{name}>\nX-Soket-Notice: {notice}\n"
    workspace.store.put(f"{MAIL_REPORTS}{uuid4().hex}.eml", _report(address, name, headers), "message/rfc822")
    return notice, address


def _report(address: str, name: str, headers: str) -> bytes:
    report = MIMEMultipart("report")
    report.set_param("report-type", "delivery-status")
    report["From"] = "MAILER-DAEMON@localhost.localdomain"
    report["Message-ID"] = f"<{uuid4().hex}@localhost.localdomain>"
    report.attach(MIMEText("The mail could not be delivered."))
    about, whom = EmailMessage(), EmailMessage()
    about["Reporting-MTA"], about["Original-Envelope-Id"] = "dns; localhost.localdomain", name
    whom["Final-Recipient"], whom["Action"], whom["Status"] = f"rfc822; {address}", "failed", "5.1.1"
    status = MIMEBase("message", "delivery-status")
    status.attach(about)
    status.attach(whom)
    report.attach(status)
    report.attach(MIMEText(headers, "rfc822-headers"))
    return report.as_bytes()
