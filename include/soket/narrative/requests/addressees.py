"""Whom a recommendation is made to, where its sentence says so: those who are asked, soon after the word that asks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from soket.narrative.requests.bodies import CENTRAL, BodyReader, Named
from soket.narrative.sentences.pieces import REQUESTS
from soket.plan.model import Plan
from soket.plan.themes import Lexicon
from soket.text import flat, nfc

OTHERS = "cơ quan, đơn vị khác"  # named, and none that is known

_ASKS = re.compile(
    rf"\b(?:{flat(REQUESTS)}|mong(?: muon| duoc| rang)?|xin|doi voi)\b(?: (?:voi|doi voi))?|^voi\b"
    r"|^nho\b(?= (?:tinh|trung uong|cap tren|cac|so|nganh|ubnd|uy ban|hdnd|hoi dong|bo|cuc)\b)"  # "nhờ", and no "nhỏ"
)
# What asks somebody anew, whomever the words before it speak of: "trong khi chờ …, đề nghị …".
_ASKS_ANEW = re.compile(
    r"(?:^|(?<=[,;:] )|(?<=\bva )|(?<=dong thoi ))(?:kinh |rat |cung |nay |tiep tuc |van |lai )*"
    r"(?P<verb>de nghi|kien nghi|mong|xin)\b(?: voi)?"
)
_ASKS_HERE = re.compile(
    r" ?(?:kinh |rat |tran trong |cung |tiep tuc |xin |da |tung |nhieu lan )*"
    rf"(?:{flat(REQUESTS)}|mong|xin)\b(?: voi)?"
)
_SOMEBODY = re.compile(
    r"(?:,|:)? (?:các |toàn thể )?(?:[^\W\d_a-zà-ỹđ]|(?:doanh nghiệp|hiệp hội|tập đoàn|công ty|nhà đầu tư|ngân hàng)\b"
    r"(?![^,;:]*\bđược\b))"
)
_WITH = re.compile(
    r"\b(?:phoi hop|tham muu|trinh|chu tri|kien nghi|de xuat|bao cao|cung|huong dan|chi dao|ho tro|cho)\b"
)
_NEXT = re.compile(r"(?:,| và| cùng|, và) (?:với )?(?:các (?=[^\W\d_a-zà-ỹđ]))?")
# The rest of a name of which only the beginning is known: "ông nghiệp và Phát triển nông thôn".
_REST = re.compile(r"[\w&]*(?: [a-zà-ỹđ]+){0,3}(?:(?:,| và| -) [^\W\d_a-zà-ỹđ][^\W\d_]*(?: [a-zà-ỹđ]+){0,3}){0,2}")
_LONGEST_REST = 60
_TOGETHER = re.compile(r"\b(?:trung uong|tw|nha nuoc|(?:cac|cap) (?:bo|so|ban|nganh|co quan)\b)")
# Whoever makes these papers, and nobody below, can mend them.
_PAPERS = re.compile(
    rf"\b(?:{flat(REQUESTS)})(?: som| xem xet| nghien cuu|,)* (?:sua|bo sung|thay the|bai bo|dieu chinh)\b"
    r"[^;:]{0,50}?\b(?:luat|bo luat|nghi dinh|thong tu|phap lenh|quyet dinh so [\w/-]*qd-ttg)\b"
)


class AddresseeReader:
    """Reads who is asked: central bodies, councils, committees, and those that a plan or a lexicon names."""

    def __init__(self, plan: Plan, lexicon: Lexicon | None = None) -> None:
        self._bodies = BodyReader(plan, lexicon)

    def addressees_of(self, sentence: str, *, first: bool = False) -> tuple[str, ...]:
        """Return all who are asked, `first`: those with whom the sentence begins; none where it names nobody."""
        shown = " ".join(nfc(sentence).split())
        text = flat(shown)
        ask = None if first else _ASKS.search(text)
        starts = [0, *([ask.end()] if ask else [])]
        near = self._bodies.among(shown, text, starts)
        near += (each for start in starts for each in self._bodies.bare(text, start, asked=start > 0))
        found = min((each for each in near if not first or each.start == 0), default=None)
        if found and not first:
            found = self._asked_by(shown, text, found)
        if ask and _SOMEBODY.match(shown, ask.end()) and (found is None or _WITH.search(text, ask.end(), found.start)):
            return (OTHERS,)
        asked = [*self._with(shown, text, found)] if found else []
        last = found.end if found else ask.end() if ask else len(text)
        for anew in () if first else _ASKS_ANEW.finditer(text, last):
            if ask is None or anew["verb"] == ask[0].split(" voi")[0] or anew["verb"] != "kien nghi":
                asked += self._right_at(shown, text, anew.end())
        return tuple(dict.fromkeys(body for each in asked for body in (each.body, each.also) if body))

    def names_one_of(self, label: str, asked: Sequence[str]) -> bool:
        """Return whether a label names one of those whom it is told with: "Với Bộ Tài chính", of the centre."""
        return bool({CENTRAL, self._bodies.departments} & {*asked}) and _TOGETHER.search(flat(label)) is None

    def whose_papers(self, sentence: str) -> str | None:
        """Return who alone can do what is asked of nobody in particular: laws and decrees are the centre's."""
        return CENTRAL if _PAPERS.search(flat(nfc(" ".join(sentence.split())))) else None

    def _asked_by(self, shown: str, text: str, found: Named) -> Named | None:
        """Return who is asked where a body is named that may ask: "UBND huyện đề nghị Sở …", "chờ …, đề nghị Sở …"."""
        if here := _ASKS_HERE.match(text, found.end):
            return next(iter(self._right_at(shown, text, here.end())), None)
        anew = next((each for each in _ASKS_ANEW.finditer(text, found.end)), None) if found.start else None
        if anew is None or _ASKS.search(text, 0, found.start):
            return found
        return next(iter(self._right_at(shown, text, anew.end())), found)

    def _right_at(self, shown: str, text: str, place: int) -> Sequence[Named]:
        """Return who is named right after a word that asks, and those named with them."""
        at = place + (text[place : place + 1] == " ")
        near = [*self._bodies.among(shown, text, [at]), *self._bodies.bare(text, at, asked=True)]
        found = min((each for each in near if each.start == at), default=None)
        return [*self._with(shown, text, found)] if found else []

    def _with(self, shown: str, text: str, found: Named) -> Iterator[Named]:
        """Yield a body and those that stand in a row with it: "Chính phủ, Bộ Nội vụ, UBND tỉnh"."""
        following: Named | None = found
        while following:
            found = following
            yield found
            following = next(self._next(shown, text, found), None)

    def _next(self, shown: str, text: str, found: Named) -> Iterator[Named]:
        """Yield whom a row goes on with."""
        for link in _NEXT.finditer(shown, found.end, found.end + (_LONGEST_REST if found.goes_on else 0) + 10):
            between, at = shown[found.end : link.start()], link.end()
            if between if not found.goes_on else _REST.fullmatch(between) is None:
                return
            near = [*self._bodies.among(shown, text, [at]), *self._bodies.bare(text, at, asked=True)]
            if following := min((each for each in near if each.start == at), default=None):
                yield following
