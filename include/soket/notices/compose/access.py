"""Mail that lets a unit in: the link that shows its folder's key once."""

from __future__ import annotations

from datetime import datetime

from soket.notices.notice import Kind, Notice
from soket.plan.model import Office, Unit
from soket.text import format_moment

_KEY = "key"


def key_notice(holder: Unit | Office, handover: str, link: str, expires: datetime) -> Notice:
    """Return the mail with the link that shows a folder's key; the key is not in it."""
    return Notice(
        kind=Kind.ACCESS,
        addressee=holder.code,
        step=f"k-{handover[:12]}",
        variant=_KEY,
        to=(holder.contact,),
        context={"addressed": holder.name, "link": link, "expires": format_moment(expires)},
    )
