"""A line to the office's channels, in chat or on telephones, that mail came for it: with a link, not what it says.

Off unless the environment names channels, as Apprise writes them. A channel is beside the mail and never in its way:
the mail is out when the line is sent, and what becomes of the line changes nothing but that the operator is told.
"""

from __future__ import annotations

import logging
import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from soket.notices.alerts import alert
from soket.notices.notice import Notice, kind_of
from soket.notices.outbox import post
from soket.notices.words import NOTICES
from soket.record.workspace import Workspace

log = logging.getLogger(__name__)

# Apprise writes an address that it cannot read into the log, password and all.
logging.getLogger("apprise").addFilter(lambda record: "://" not in record.getMessage())

VARIABLE = "SOKET_WEBHOOKS"  # Apprise's addresses, with blanks between them
_FILE = f"{VARIABLE}_FILE"  # or the file that holds them


def channels() -> list[str]:
    """Return the channels that the environment names, itself or by a file."""
    file = os.environ.get(_FILE)
    return (Path(file).read_text(encoding="utf-8") if file else os.environ.get(VARIABLE, "")).split()


def announce(workspace: Workspace, sent: Iterable[str], board: Callable[[], str]) -> None:
    """Tell every channel of mail to offices among these ids; tell the operator, once a day, of one that fails.

    `board` gives the board's address; it is asked only where there are channels.
    """
    to = channels()
    line = line_of(workspace, sent, board()) if to else None
    if line is None:
        return
    failed = [f"{number} ({_scheme(each)})" for number, each in enumerate(to, 1) if not _told(each, line)]
    if failed:
        post(workspace, failure_notice(workspace, failed), suppressed=workspace.silent)


def line_of(workspace: Workspace, sent: Iterable[str], board: str) -> str | None:
    """Return the line that some mails are told of by; None where none of them is to an office."""
    offices = {office.code for office in workspace.plan.offices}
    kinds = Counter(kind_of(each) for each in sent if each.split(".")[1] in offices)
    if not kinds:
        return None
    what = ", ".join(f"{count:02} thư “{NOTICES[kind].phrase}”" for kind, count in sorted(kinds.items()))
    return f"{workspace.campaign.title}: {what}. Xem: {board}/{workspace.plan.id}/{workspace.campaign.code}"


def failure_notice(workspace: Workspace, failed: Sequence[str]) -> Notice:
    """Tell that channels did not take a line; their addresses hold passwords, so they are told by number."""
    what = (
        f"Kênh báo thứ {', '.join(failed)} trong {VARIABLE} không nhận dòng báo. Thư vẫn gửi bình thường, "
        "không thư nào phải chờ; chỉ thiếu dòng báo trên kênh ấy."
    )
    advice = (
        f"Xem lại địa chỉ kênh ở biến {VARIABLE}: hết hạn, đổi mật khẩu, hay máy này không ra được mạng.",
        f"Không dùng kênh ấy nữa thì bỏ địa chỉ của nó khỏi {VARIABLE} rồi khởi động lại.",
    )
    return alert(workspace, "kênh báo không nhận", what, advice, "webhooks", workspace.now.date().isoformat())


def _told(channel: str, line: str) -> bool:
    import apprise

    service = apprise.Apprise()
    try:
        return bool(service.add(channel) and service.notify(body=line, body_format=apprise.NotifyFormat.TEXT))
    except Exception:  # of whatever service it is: ours to know of, and no mail's concern
        log.exception("a channel of %s failed: %s", VARIABLE, _scheme(channel))
        return False


def _scheme(channel: str) -> str:
    return channel.partition("://")[0][:20]
