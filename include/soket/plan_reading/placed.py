"""Which words of a paper the plan has taken up; what is left is told, each with its paragraph."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from soket.plan_reading.bodies import NamedBody
from soket.plan_reading.duties import Obligation
from soket.plan_reading.passages import Passage
from soket.plan_reading.works import VERB, Work
from soket.text import flat


@dataclass
class PlacedWords:
    """Duties that stages were made of, and the bodies and dates of each that the plan now has."""

    duties: dict[int, Obligation] = field(default_factory=dict)
    bodies: set[tuple[Passage, str]] = field(default_factory=set)
    dates: set[tuple[Passage, str]] = field(default_factory=set)

    def take(self, each: Obligation, *bodies: NamedBody | None, dated: bool = True) -> None:
        """Note that a stage has a duty, some bodies it names and, unless said otherwise, its date."""
        self.duties[id(each)] = each
        self.bodies |= {(each.passage, body.name) for body in bodies if body}
        if dated and each.when:
            self.dates.add((each.passage, each.when.text))

    def left_of(self, each: Obligation) -> list[str]:
        """Return the dates and bodies of a duty that no stage has."""
        dates = [when.text for when in each.dates if (each.passage, when.text) not in self.dates]
        bodies = [body.name for body in (*each.who, *each.named) if (each.passage, body.name) not in self.bodies]
        return list(dict.fromkeys((*dates, *bodies)))


def unplaced(obligations: Iterable[Obligation], placed: PlacedWords, whole: Collection[Passage]) -> Iterator[str]:
    """Yield what the plan has not taken up: duties, and of those it has, the dates and bodies that are left.

    Passages that stand in the plan word for word are no duties, but for their dates.
    """
    for each in obligations:
        left = placed.left_of(each)
        if each.passage in whole and not each.dates:
            continue
        if id(each) in placed.duties:
            if left:
                yield f"{_line(each)} còn chưa dùng: {', '.join(f'«{words}»' for words in left)}"
        elif left or each.works != (Work.OTHER,) or VERB.search(flat(each.text)):
            yield _line(each)


def _line(each: Obligation) -> str:
    inherited = [body.name for body in each.who if body.name not in each.text]
    who = f" ({', '.join(inherited)})" if inherited else ""
    why = "; ".join(dict.fromkeys(when.doubt for when in each.dates if when.doubt))
    return f'{each.passage.place}{who}: "{each.text}"{f" ({why})" if why else ""}'
