"""The lines that may stand under a heading: of its themes, of blocks where it has none, of causes, of what is asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from soket.documents.choosing import Point
from soket.documents.said import Saying, SayingsUnder
from soket.narrative.requests.addressees import OTHERS
from soket.narrative.requests.bodies import ABOVE
from soket.narrative.requests.standing import is_above, is_its_own, order_of
from soket.narrative.said.stances import Held
from soket.narrative.sentences.causes import OUTSIDE, OWN, SOME
from soket.plan.model import Plan

ALL_REQUESTS = "Các kiến nghị"
"""What recommendations are called where there are no themes."""
NOBODY = "Chưa nêu rõ nơi nhận kiến nghị"
_TO_WHOM = {None: NOBODY, ABOVE: f"Đối với {ABOVE} (chưa nêu rõ cấp nào)"}
TO_THOSE_ABOVE = "Kiến nghị với cấp trên"
_UNSURE = frozenset(_TO_WHOM.values())
_CAUSES = "Nguyên nhân"
_OF_NO_SIDE = "Nguyên nhân chưa nêu rõ khách quan hay chủ quan"
_WITHOUT_THEMES = {
    None: "",
    OUTSIDE: "Nguyên nhân khách quan",
    OWN: "Nguyên nhân chủ quan",
    SOME: _CAUSES,
}  # by whose cause it is, if it is one
ELSE = "Kiến nghị khác"
"""What recommendations of no theme are called."""
TO_ITS_OWN = "Nội dung các đơn vị đề nghị, cần giao cơ quan, đơn vị xem xét, giải quyết"


class HeadingLines:
    """What may be told under a heading, by the titles that it stands under; `parts` are those of who is asked."""

    def __init__(self, under: SayingsUnder, plan: Plan) -> None:
        self._under, self._plan = under, plan
        self.parts: dict[str, str] = {}  # of the section, by title

    def points(self) -> Iterator[tuple[str, list[Point]]]:
        """Yield each title with its points."""
        told = [each for each in self._under.said if not each.asks]
        if self._under.themes:
            for group in dict.fromkeys(each.group or "" for each in self._under.themes):
                yield group, self._by_theme(told, group)
        else:
            found = [(title, self._by_block(told, cause)) for cause, title in _WITHOUT_THEMES.items()]
            sided = any(points for title, points in found if title not in ("", _CAUSES))
            yield from ((_OF_NO_SIDE if title == _CAUSES and sided else title, points) for title, points in found)
        yield from self._requests()

    def _requests(self) -> Iterator[tuple[str, list[Point]]]:
        under = self._under
        asked: defaultdict[str | None, list[Saying]] = defaultdict(list)
        for each in under.said:
            if not each.asks or each.held is Held.NO_REQUEST or each.addressee == OTHERS:
                continue
            if not is_its_own(self._plan, each.unit, each.addressee):
                asked[each.addressee].append(each)
        for addressee in sorted(asked, key=order_of):
            title = _TO_WHOM.get(addressee, f"Đối với {addressee}")
            self.parts[title] = TO_THOSE_ABOVE if is_above(self._plan, addressee) else TO_ITS_OWN
            points = self._by_theme(asked[addressee]) if under.themes else [_point(ALL_REQUESTS, asked[addressee])]
            others = [each for each in asked[addressee] if each.theme is None and under.themes and title not in _UNSURE]
            yield title, [*points, *([_point(ELSE, others)] if others else [])]

    def _by_block(self, told: list[Saying], cause: str | None) -> list[Point]:
        by_block: defaultdict[str, list[Saying]] = defaultdict(list)
        for each in told:
            if each.cause == cause:
                by_block[each.unit.block].append(each)
        return [_point(code, said) for code, said in by_block.items()]

    def _by_theme(self, said: list[Saying] | tuple[Saying, ...], group: str | None = None) -> list[Point]:
        by_theme: defaultdict[str, list[Saying]] = defaultdict(list)
        for each in said:
            if each.theme and (group is None or group == (each.theme.group or "")):
                by_theme[each.theme.code].append(each)
        return [
            _point(theme.lead or theme.name, by_theme[theme.code])
            for theme in self._under.themes
            if theme.code in by_theme
        ]


def _point(lead: str, said: list[Saying]) -> Point:
    return Point(lead, len({each.unit.code for each in said}), tuple(said))
