"""A trace as one page that needs no network: a click on a figure or a quote shows what is behind it."""

from __future__ import annotations

import base64
import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from soket.documents.provenance import RECKONINGS, FigureSource, Piece, Reckoning, SentenceSource, Source, ToldPassage
from soket.documents.rendering import figure
from soket.documents.trace import Trace, TracedIndicator, TracedPaper
from soket.folders import templates_folder
from soket.plan.periods import PeriodId, label_of
from soket.plan.words import AGGREGATES
from soket.record.words import PRODUCTS
from soket.text import format_moment, quoted

_SHOWN = 60  # letters of what is told, before its source
_UP = "../../../../../"  # from where a trace is kept to the top of the bucket, or of an archive


@dataclass(frozen=True)
class PassageGroup:
    """Passages under one heading."""

    place: str
    passages: list[ToldPassage]


def render_trace(trace: Trace) -> bytes:
    """Return the page of a trace."""
    folder = templates_folder() / "trace"
    pages = Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    named = {each.code: each.name for each in trace.units} | trace.names
    pages.filters.update(
        moment=format_moment,
        figure=figure,
        label=label_of,
        shortly=partial(quoted, longest=_SHOWN),
        periods=lambda periods: ", ".join(str(label_of(each)) for each in periods),
        names=lambda codes: "; ".join(named[code] for code in codes),
    )
    style, script = ((folder / name).read_text(encoding="utf-8") for name in ("style.css", "open.js"))
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    text = pages.get_template("index.html").render(
        trace=trace,
        titles=defaultdict(str, {name: word.label for name, word in PRODUCTS.items()}),
        indicators=[item for form in trace.forms for item in form.indicators],
        units=named,
        turns={each.code: each.submission for each in trace.units},
        filled=_filled(trace),
        stands=_stands(trace),
        quotes=_quotes(trace),
        odd={
            (unit.code, each.file, each.cell): "chưa ai xác nhận" if each.open else "đã có kết luận"
            for unit in trace.units
            for each in unit.rulings
            if each.cell
        },
        link=_link,
        kind=lambda source: type(source).__name__,
        passage_id=_passage_id,
        grouped=_grouped,
        explained=_explained,
        made=_made,
        how=_how,
        missing=_missing,
        up=_UP,
        style=Markup(style),  # noqa: S704 - our own
        script=Markup(script),  # noqa: S704 - our own
        script_hash=f"sha256-{digest}",
    )
    return text.encode()


def _link(source: Source, passage: str) -> str:
    """Return the place on the page where a source is told, of what stands in a passage."""
    if isinstance(source, FigureSource):
        return f"ct-{source.indicator}-{source.unit or source.periods[-1]}"
    return f"dv-{source.unit}" if isinstance(source, SentenceSource) else f"{passage}-nguon"


def _passage_id(number: int, passage: ToldPassage) -> str:
    """Return the place of a passage: its bookmark's name, of the first paper as it is."""
    return passage.id if number == 1 else f"vb{number}-{passage.id}"


def _grouped(paper: TracedPaper) -> list[PassageGroup]:
    groups: list[PassageGroup] = []
    for each in paper.passages:
        if not groups or groups[-1].place != each.place:
            groups.append(PassageGroup(each.place, []))
        groups[-1].passages.append(each)
    return groups


def _explained(passage: ToldPassage) -> list[tuple[Piece, Source]]:
    """Return what is told under a passage; of a unit's own figure its link tells all."""
    pairs = [(piece, source) for piece in passage.pieces for source in piece.sources]
    return [pair for pair in pairs if not (isinstance(pair[1], FigureSource) and pair[1].made is Reckoning.UNIT)]


def _made(source: FigureSource) -> str:
    words = RECKONINGS[source.made].phrase
    among = f" ({source.units} đơn vị)" if source.units is not None else ""
    left_out = ", không tính số chưa được xác nhận" if source.confirmed_only else ""
    return f"{words}{among}" + (f": {source.whole}" if source.whole else "") + left_out


def _how(item: TracedIndicator) -> str:
    """Return how the totals of an indicator are made, and of how many units."""
    counts = (f"{label_of(period)}: {count}" for period, count in zip(item.periods, item.counted, strict=True))
    return f"{AGGREGATES[item.aggregate].label}; số đơn vị được tính: {', '.join(counts)}."


def _missing(item: TracedIndicator) -> list[tuple[PeriodId, tuple[str, ...]]]:
    return [pair for pair in zip(item.periods, item.missing, strict=True) if pair[1]]


def _told(trace: Trace) -> Iterator[tuple[int, ToldPassage, Piece, Source]]:
    for number, paper in enumerate(trace.papers, 1):
        for passage in paper.passages:
            for piece in passage.pieces:
                for source in piece.sources:
                    yield number, passage, piece, source


def _stands(trace: Trace) -> dict[str, list[tuple[int, ToldPassage]]]:
    """Return in which passages an indicator is told of all units, each once."""
    found: defaultdict[str, dict[tuple[int, str], tuple[int, ToldPassage]]] = defaultdict(dict)
    for number, passage, _, source in _told(trace):
        if isinstance(source, FigureSource) and source.unit is None:
            found[source.indicator][number, passage.id] = (number, passage)
    return defaultdict(list, {code: list(places.values()) for code, places in found.items()})


def _filled(trace: Trace) -> dict[str, list[str]]:
    """Return of which indicators each unit gave a figure."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for item in (item for form in trace.forms for item in form.indicators):
        for code in dict.fromkeys(row.unit for row in item.rows):
            found[code].append(item.code)
    return found


def _quotes(trace: Trace) -> dict[str, list[tuple[int, ToldPassage, Piece, SentenceSource]]]:
    found: defaultdict[str, list[tuple[int, ToldPassage, Piece, SentenceSource]]] = defaultdict(list)
    for number, passage, piece, source in _told(trace):
        if isinstance(source, SentenceSource):
            found[source.unit].append((number, passage, piece, source))
    return found
