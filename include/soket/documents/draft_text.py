"""The working draft's words under its headings, as the template is given them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from soket.documents.choosing import Point
from soket.documents.composing import ComposedSection, Composition, PointGroup
from soket.documents.goals import may_go_down
from soket.documents.overall import without_goals
from soket.documents.provenance import ToldCount
from soket.documents.quoting import Quotes
from soket.documents.said import Saying, SayingsUnder
from soket.documents.unlike import Remark
from soket.documents.unplaced import left_over, unplaced_lines, unplaced_sentences
from soket.narrative.requests.requesting import begins_to_ask
from soket.plan.model import Plan, Unit
from soket.text import first_units, lower_first

_MOST_NAMED = 12  # units in a sentence of the body
_MOST_LISTED, _MOST_REQUESTS, _MOST_REMARKS = 16, 60, 8  # sentences of the annex


def section_fields(plan: Plan, section: ComposedSection, units: Sequence[Unit], quotes: Quotes) -> dict[str, Any]:
    """Return what stands under a heading; `units` are those whose reports say anything."""
    under = section.under
    number = under.section.number.rstrip(".")
    reports, blocks = len(units), Counter(each.block for each in units)
    of = {} if under.themes else blocks  # points of a block are counted among its own reports
    left, heard = left_over(section), {each.unit.code for each in under.said}  # some of it under other headings
    quiet = [each for each in under.silent if under.section.required and each.code not in heard]
    silent = [each for each in quiet if each not in under.unseen]
    unseen = [each for each in quiet if each in under.unseen]
    parent = any(other.number.startswith(f"{number}.") for other in plan.outline)
    return {
        "number": number,
        "title": under.section.title,
        "top": "." not in number,
        "lead": under.section.lead or "",
        "by_theme": bool(under.themes),
        "groups": [
            {
                "title": group.title,
                "part": group.part if group.part != before.part else "",
                "points": [
                    _point_fields(plan, under, each, quotes, of.get(each.lead, reports)) for each in group.points
                ],
                "folded": [
                    _point_fields(plan, under, each, quotes, of.get(each.lead, reports)) for each in group.folded
                ],
            }
            for before, group in pairwise((PointGroup("", ()), *section.groups))
        ],
        "reports": reports,
        "empty": under.empty and not parent and not unseen,
        "unseen": some_names(unseen),
        "left": f"{len(left)} câu của {len({each.unit.code for each in left})} báo cáo" if left else "",
        "silent": "" if under.empty else some_names(silent),
        "nil": some_names(under.nil) if under.section.required else "",
    }


def _point_fields(plan: Plan, under: SayingsUnder, point: Point, quotes: Quotes, reports: int) -> dict[str, Any]:
    blocks = {each.code: each.name for each in plan.blocks}
    naming = under.section.quotes_as
    return {
        "lead": point.lead if under.themes else blocks.get(point.lead, point.lead),
        "units": ToldCount.of(each.unit.code for each in point.said),
        "reports": reports,
        "opening": _opening(naming, point),
        "quotes": [
            {"unit": "" if naming == "unnamed" else each.unit.name, "text": quotes.mark(each)} for each in point.quotes
        ],
        "more": list(_more(point, quotes, named=naming != "unnamed")),
    }


def _more(point: Point, quotes: Quotes, *, named: bool) -> Iterator[dict[str, Any]]:
    """Yield what more each unit says, in its own order; of whom nobody is named each sentence by itself."""
    for unit in dict.fromkeys(each.unit for each in point.more):
        texts = [quotes.mark(each) for each in sorted(point.more, key=lambda each: each.number) if each.unit == unit]
        yield from [{"unit": unit.name, "texts": texts}] if named else ({"unit": "", "texts": [each]} for each in texts)


def _opening(naming: str, point: Point) -> str:
    """Return what leads the quotes in: who did well is an example, who failed is not named."""
    if naming == "unnamed":
        return "một số đơn vị nêu: " if len(point.quotes) > 1 else "có đơn vị nêu: "
    if point.units < 2:
        return ""
    return "điển hình như " if naming == "example" else "như "


def listed_fields(composition: Composition, remarks: Sequence[Remark]) -> dict[str, Any]:
    """Return what the annex lists: sentences without a theme, each whole, and what the drafter is to look at."""
    unclassified = [each for section in composition.sections for each in section.under.unclassified]
    requests = [*dict.fromkeys(composition.left)]
    outside = [each for each in unplaced_sentences(composition.sayings.summary) if begins_to_ask(each.text)]
    elsewhere = {*requests, *composition.quoted}
    shown = list({each.text: each for each in unclassified if each not in elsewhere}.values())[:_MOST_LISTED]
    goals = [
        f"{form.form.title}: kế hoạch chưa nêu mục tiêu nào để đối chiếu kết quả."
        for form in composition.sayings.summary.forms
        if without_goals(form)
    ]
    goals += [
        f"{item.indicator.code}: số đầu kỳ đã cao hơn mục tiêu, dự thảo không nói đạt hay chưa đạt; mục tiêu là giảm "
        "xuống thì ghi «at_most: true» ở kế hoạch."
        for form in composition.sayings.summary.forms
        for item in form.indicators
        if may_go_down(item)
    ]
    unplaced = unplaced_lines(composition.sayings.summary)
    return {
        "unplaced": [
            *unplaced[:_MOST_LISTED],
            *([f"và {more} phần khác"] if (more := len(unplaced) - _MOST_LISTED) > 0 else []),
        ],
        "unclassified": [_place_of(each) for each in shown],
        "unclassified_count": len(unclassified),
        "requests": [
            *(
                {**_place_of(each), "asked": f" (gửi: {each.addressee})" if each.addressee else ""}
                for each in requests[:_MOST_REQUESTS]
            ),
            *(
                {"unit": each.unit.name, "place": lower_first(each.place), "text": each.text, "asked": ""}
                for each in outside[: max(_MOST_REQUESTS - len(requests), 0)]
            ),
        ],
        "request_count": len(requests) + len(outside),
        "goals": goals,
        "remarks": [each.in_words for each in _once(remarks)[:_MOST_REMARKS]],
        "remark_count": len(remarks),
    }


def _place_of(said: Saying) -> dict[str, str]:
    place = f"mục {said.section.number.rstrip('.')}, câu {said.number}"
    return {"unit": said.unit.name, "place": place, "text": said.text}


def _once(remarks: Sequence[Remark]) -> list[Remark]:
    """Return the remarks without those on what others say in the same words."""
    return list({each.said.text if each.said else each.in_words: each for each in remarks}.values())


def some_names(
    units: Sequence[Unit], most: int = _MOST_NAMED, say: Callable[[Unit], str] = lambda unit: unit.name
) -> str:
    """Return units' names in one line, where they are many the first of them and how many more there are."""
    return first_units(list(map(say, units)), most)
