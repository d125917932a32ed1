"""Places in prose that are none of a plan's: other provinces, and the whole country where the plan is of one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from soket.narrative.names.whose import Scope
from soket.narrative.sentences.stops import CAPITALS
from soket.plan.model import Unit
from soket.text import fold

ELSEWHERE = "?"
"""The unit of figures that are of no unit of the plan."""

_NAME = rf"[{CAPITALS}]\w*(?: [{CAPITALS}]\w*){{1,2}}"
_PROVINCE = re.compile(rf"\b[Tt]ỉnh ({_NAME})")
_COUNTRY = re.compile(r"\b(?:[Cc]ả nước|[Tt]oàn quốc)\b")
_HOME = re.compile(r"\b(?:toàn|của|đến|trong|về|ở|cho|địa bàn|địa phương trong) tỉnh\b(?! [A-ZĐ])", re.IGNORECASE)
_A_PROVINCE = re.compile(r"(?:ubnd |uy ban nhan dan )?tinh (?!doan\b|uy\b)")
_ASIDE = re.compile(r"\s?\([^()]*\)")


class OtherPlaces:
    """Finds places that figures of a sentence are of and that no unit of the plan is."""

    def __init__(self, units: Iterable[Unit], place: str) -> None:
        names = [fold(name) for unit in units for name in (unit.name, unit.called, *unit.aliases)]
        self._own = (*names, fold(place))
        self._national = any(map(_A_PROVINCE.match, names))
        self._place = re.compile(re.escape(place)) if place else None

    def found(self, text: str) -> list[Scope]:
        """Return where a sentence goes elsewhere, and where it comes home; nothing for one that stays."""
        away = [(each.start(), each.end()) for each in self._away(text)]
        if not away:
            return []
        scopes = [Scope(start, end, ELSEWHERE) for start, end in away]
        for _, end in away:
            if aside := _ASIDE.match(text, end):  # "tỉnh Nghệ An (6,5 triệu lượt)": no further than that
                scopes.append(Scope(aside.end() - 1, aside.end(), None))
        homes = (_HOME, self._place) if self._place else (_HOME,)
        scopes += [Scope(each.start(), each.end(), None) for home in homes for each in home.finditer(text)]
        return scopes

    def _away(self, text: str) -> Iterator[re.Match[str]]:
        for match in _PROVINCE.finditer(text):
            if not any(fold(match[1]) in name or name in fold(match[1]) for name in self._own):
                yield match
        if not self._national:
            yield from _COUNTRY.finditer(text)
