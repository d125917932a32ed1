"""Bodies that are no more when a campaign opens, by the table in include/bodies: who is named in their place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

import yaml

from soket.plan.fault import DataPath, UnplacedFault
from soket.plan.model import Plan
from soket.plan.strict import Strict, Text
from soket.text import format_date, nfc

_TABLE = Path(__file__).resolve().parents[2] / "bodies" / "ended.yaml"
_DASHES = str.maketrans("–—", "--")


class EndedBody(Strict):
    """A body, or all of a sort."""

    name: Text
    pattern: Text | None = None  # how plans write it, where that is more than the name
    successor: Text

    @cached_property
    def written(self) -> re.Pattern[str]:
        """What finds it in a name as `_plain` gives it."""
        return re.compile(rf"(?<!\w)(?:{self.pattern or re.escape(_plain(self.name))})(?!\w)")


UNCHECKED = "chưa đối chiếu"


class BodiesEnded(Strict):
    """Bodies that ended together."""

    since: date  # the first day without them
    basis: Text
    source: Text  # where date and basis were looked up, or what of them nobody has
    bodies: tuple[EndedBody, ...]

    @property
    def told(self) -> str:
        """The basis as it is told: with what of it nobody has looked up."""
        return f"{self.basis}; {self.source}" if self.source.startswith(UNCHECKED) else self.basis


@lru_cache(maxsize=1)
def endings() -> tuple[BodiesEnded, ...]:
    """Return the table."""
    return tuple(map(BodiesEnded.model_validate, yaml.safe_load(_TABLE.read_text(encoding="utf-8"))))


def ended_bodies(plan: Plan) -> Iterator[UnplacedFault]:
    """Find names of bodies that were no more when the plan's last campaign opened, each sort once."""
    day = max(campaign.opens for campaign in plan.campaigns)
    over = [(ending, body) for ending in endings() if ending.since <= day for body in ending.bodies]
    places: dict[tuple[BodiesEnded, EndedBody], list[tuple[DataPath, str]]] = {}
    for path, name in _named(plan) if over else ():
        plain = _plain(name)
        if found := next((each for each in over if each[1].written.search(plain)), None):
            places.setdefault(found, []).append((path, name))
    for (ending, body), found_at in places.items():
        path, name = found_at[0]
        more = f" (và {len(found_at) - 1} chỗ nữa)" if len(found_at) > 1 else ""
        yield UnplacedFault(
            path,
            f"«{name}»{more}: {body.name} không còn từ ngày {format_date(ending.since)} ({ending.told})",
            f"Nay là: {body.successor}. Đã đúng tên ở thời điểm của kế hoạch thì để nguyên.",
        )


def _named(plan: Plan) -> Iterator[tuple[DataPath, str]]:
    """Yield the names of bodies in a plan; texts that may speak of the past are left alone."""
    for field in ("issuer", "party_committee", "state_body"):
        if name := getattr(plan, field):
            yield (field,), name
    for index, office in enumerate(plan.offices):
        yield ("offices", index, "name"), office.name
        yield ("offices", index, "short_name"), office.short_name
    for index, block in enumerate(plan.blocks):
        yield ("blocks", index, "name"), block.name
    for index, unit in enumerate(unit for unit in plan.units if not unit.beside):
        yield ("units", index, "name"), unit.name
    for index, recipient in enumerate(plan.recipients):
        yield ("recipients", index), recipient


def _plain(name: str) -> str:
    """Return a name with one way of case, spaces, dashes and tone marks (uỷ, hoà)."""
    text = " ".join(nfc(name).casefold().translate(_DASHES).split())
    return text.replace("uỷ", "ủy").replace("hoà", "hòa")
