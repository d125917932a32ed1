"""Headings that name what several sections are of: "Hạn chế, nguyên nhân, kiến nghị", "Cái được, cái chưa được".

What stands below is shared out: by the labels that it has ("+ Chưa được:"), else sentence by sentence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence

from soket.narrative.sections.headings import Heading
from soket.narrative.sections.kinds import AHEAD, SectionKind, Sides, kinds_in, kinds_named, names_in, sides_of
from soket.narrative.sections.names import names_of, phrases
from soket.narrative.sections.stretches import Stretch
from soket.narrative.sentences.causes import OF_SUCCESS, cause_in
from soket.narrative.sentences.marks import BAR, depth_of, lead_of
from soket.narrative.sentences.pieces import label_of
from soket.narrative.sentences.prose import sentences
from soket.plan.model import Section
from soket.text import fold

KindTold = Callable[[str, Collection[SectionKind]], SectionKind | None]
"""Tells of which of some kinds a sentence is by its own words."""

_LONGEST_LABEL, _FEWEST_WORDS = 9, 4  # words of a label, of a sentence that tells what it is of
_STOPS = (".", ";", ",")


def rest_of(sides: Sides, told_of: Collection[str]) -> str:
    """Return the section of what a sentence's own words do not tell: of tasks what asks nothing, or none.

    `told_of` are the sections that have headings of their own: where results have none, what is not amiss is done.
    """
    if {*sides} == AHEAD:
        return sides[SectionKind.TASKS]
    done = sides.get(SectionKind.DONE, "")
    return "" if done in told_of else done


def shared_out(text: str, sides: Sides, kind_told: KindTold, rest: str) -> dict[str, str]:
    """Return by section what stands below a heading of several: under "" what cannot be told.

    `rest` is the section of what its words do not tell.
    """
    told: defaultdict[str, list[str]] = defaultdict(list)
    over: str | None = None  # the section that the last label names
    mark, above = "", list[str]()  # its bullet; the last label, to be told in each section that goes on below it
    given = set[str]()
    for line in (*text.splitlines(), ""):
        lead = lead_of(line)
        label, goes_on = _label_of(line, lead)
        named = _named(label, sides)
        if goes_on and line:
            code = over if named is None else named
            for at, part in ({code: line} if code is not None else _by_sentence(line, sides, kind_told, rest)).items():
                told[at] += [*(above if at not in given else ()), part]
                given.add(at)
            continue
        if above and not given:
            told[rest if over is None else over] += above
        above, given = [line], set()
        if named is not None:
            over, mark = named, lead
        elif lead == mark:
            over = None
    return {code: "\n".join(lines) for code, lines in told.items()}


def _named(label: str, sides: Sides) -> str | None:
    """Return the section that a label names, "" for none of those of its heading; None where it names nothing."""
    kind = next(iter(kinds_named(label)), None)
    if kind is None:
        return None
    return "" if cause_in(label) == OF_SUCCESS else sides.get(kind, "")


def _label_of(line: str, lead: str) -> tuple[str, bool]:
    """Return what a line says that it, or what is below it, is about; and whether it says something itself."""
    own = line[len(lead) :]
    label, place = label_of(own)
    if place:
        return fold(label), True
    bare = not own.endswith((*_STOPS, BAR)) and len(own.split()) <= _LONGEST_LABEL
    label = fold(own.rstrip(" :"))
    if own.endswith(":") or (bare and (depth_of(line) is not None or _only_names(label))):
        return label, False
    return "", True


def _only_names(label: str) -> bool:
    """Whether a bare line is made of what sections are called: "Tồn tại, hạn chế", and not "Khó khăn về vốn"."""
    return " ve " not in label and len(kinds_named(label)) == len(names_in(label))


def _by_sentence(line: str, sides: Sides, kind_told: KindTold, rest: str) -> dict[str, str]:
    parts: defaultdict[str, list[str]] = defaultdict(list)
    code = rest
    for sentence in sentences(line):
        if len(sentence.split()) >= _FEWEST_WORDS or not parts:
            kind = kind_told(sentence, sides)
            code = rest if kind is None else sides[kind]
        parts[code].append(sentence)
    return {code: " ".join(told) for code, told in parts.items()}


def share_of(
    own: Stretch, every: Sequence[Stretch], text: str, kinds: Mapping[str, frozenset[SectionKind]], kind_told: KindTold
) -> dict[str, str]:
    """Return by section what stands under a heading of several, of all the `every` stretches of a report; else {}.

    A section that it names and of which nothing surely is has no part in it, where something may be.
    """
    sides = sides_of(own.heading, kinds)
    if not sides or {*sides.values()} != {*own.sections}:
        return {}
    others = {code for each in every if each is not own for code in each.sections}
    share = shared_out(text, sides, kind_told, rest_of(sides, others))
    return share if share.get("") else dict.fromkeys(own.sections, "") | share


def shared(section: Section, outline: Sequence[Section], found: Mapping[str, Heading]) -> Heading | None:
    """Return the heading of another section that names this one too: "Tồn tại, hạn chế và bài học kinh nghiệm"."""
    own, asks = set(names_of(section).names), SectionKind.REQUESTS in kinds_in(outline)[section.code]
    for other in outline:
        heading = found.get(other.code)
        if heading is None or heading.strict:
            continue
        first, *rest = phrases(heading.title) or ("",)
        # The first of its names is whole: "Kết quả thực hiện nhiệm vụ, giải pháp" names results and nothing else.
        if first in names_of(other).names and own & set(rest):
            return heading
        if asks and kinds_named(heading.title) == (SectionKind.TASKS, SectionKind.REQUESTS):
            return heading  # "Sắp tới làm gì, xin gì"
    return None
