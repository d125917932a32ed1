"""The mail that an act would have posted at once: of which kinds, about whom, and the words of one of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from soket.notices.notice import Kind
from soket.record.sending import without_keys
from soket.record.workspace import Workspace
from soket.stages.refusing import Actor, may_do
from soket.text import format_moment

if TYPE_CHECKING:
    from soket.notices.ledger import Intent

_NAMED = 5  # of whom mail of one kind is about


@dataclass(frozen=True)
class Mailing:
    """Mail of one kind."""

    kind: Kind
    names: tuple[str, ...]  # the units and offices that it is about
    readers: tuple[str, ...]  # of the first
    subject: str  # of the first, and its text
    text: str
    waits_until: datetime | None = None  # in campaign time, where it does not go out at once

    @property
    def when(self) -> str:
        """When it goes out."""
        return f"đợi giờ làm việc, gửi từ {format_moment(self.waits_until)}" if self.waits_until else "gửi ngay"

    def __str__(self) -> str:
        from soket.notices.words import NOTICES

        more = f" và {len(self.names) - _NAMED} nơi khác" if len(self.names) > _NAMED else ""
        return f"{NOTICES[self.kind].phrase}, về {'; '.join(self.names[:_NAMED])}{more}."


def mailings(there: Workspace, posted: Iterable[str], actor: Actor) -> tuple[Mailing, ...]:
    """Return what was posted under some ids on a bucket that keeps nothing, as an actor may read it.

    Links that open a page without an account are read by who can make such links, as in the mail that is kept.
    """
    from soket.notices.ledger import read_intent
    from soket.notices.render import write
    from soket.notices.timely import waits_until

    by_kind: defaultdict[Kind, list[Intent]] = defaultdict(list)
    for notice in posted:
        intent = read_intent(there, notice)
        by_kind[intent.notice.kind].append(intent)
    plan, found = there.plan, []
    names = {office.code: office.name for office in plan.offices} | {unit.code: unit.name for unit in plan.units}
    seen = str if may_do(plan, actor, "link_renewal") else without_keys
    for kind, intents in by_kind.items():
        first = intents[0]
        written = write(there, first)
        found.append(
            Mailing(
                kind,
                tuple(names.get(each.notice.addressee, each.notice.addressee) for each in intents),
                first.notice.addresses,
                written.subject,
                seen(written.text),
                waits_until(there, kind),
            )
        )
    return tuple(found)
