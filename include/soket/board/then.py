"""A campaign as of an earlier moment: which moment an address names, and what happened since.

The moment stands in the address behind the campaign's code, `2031@2031-11-05`, so that every link of a page leads to
pages of the same moment.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import quote

from soket.clock import VIETNAM
from soket.notices.news import news
from soket.record.commending import names_of_proposals
from soket.record.register import Register
from soket.record.workspace import Workspace

SIGN = "@"
_TOLD = 100  # of what happened since


@dataclass(frozen=True)
class Then:
    """The moment that is looked at, and what was not known then."""

    moment: datetime
    since: tuple[str, ...]  # the latest of it, the latest first
    since_in_all: int

    @property
    def code(self) -> str:
        """The moment as an address has it: a day means its end."""
        at = self.moment.astimezone(VIETNAM)
        return f"{at:%Y-%m-%d}" if at.time() == _END else f"{at:%Y-%m-%dT%H:%M}"

    @property
    def day_before(self) -> date:
        """The day before."""
        return self.moment.astimezone(VIETNAM).date() - timedelta(days=1)

    @property
    def day_after(self) -> date:
        """The day after."""
        return self.moment.astimezone(VIETNAM).date() + timedelta(days=1)


_END = time(23, 59)


def moment_of(code: str) -> datetime | None:
    """Return the moment that a day or a day with an hour stands for; None where it is neither."""
    try:
        if len(code) <= len("2031-11-05"):
            return datetime.combine(date.fromisoformat(code), _END, VIETNAM)
        return datetime.fromisoformat(code).replace(tzinfo=VIETNAM)
    except ValueError:
        return None


def then_of(workspace: Workspace, register: Register, moment: datetime) -> Then:
    """Return an earlier moment, given the register as it is now."""
    found = news(workspace.plan, register, moment, names_of_proposals(workspace, register))
    return Then(moment, tuple(reversed(found[-_TOLD:])), len(found))


def address_then(root: str, path: str, code: str) -> str:
    """Return the address of a campaign's page as of a moment; of the present one where `code` is empty."""
    _, plan, campaign, *rest = path.removeprefix(root).split("/", 3)
    plain = re.split(f"{SIGN}|{quote(SIGN)}", campaign, maxsplit=1)[0]
    return "/".join((root, plan, f"{plain}{SIGN}{quote(code)}" if code else plain, *rest))
