"""What the press is given, on one page: a few sound figures, what many units say, and whom it is decided to commend."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from math import fsum

from soket.documents.figures import FormSummary, Summary
from soket.documents.indicators import IndicatorSummary
from soket.documents.letterhead import letterhead
from soket.documents.one_page import LINES_A_PAGE, Paragraph, fitted, lines_of
from soket.documents.provenance import CountSource, ToldCount, told
from soket.documents.rendering import render
from soket.documents.said import Sayings, SayingsUnder, gather
from soket.documents.sentences import headline
from soket.documents.year_figures import YearFigure
from soket.plan.model import Office, Plan, Section, Unit
from soket.plan.themes import Lexicon, Theme
from soket.record.commending import with_unit
from soket.record.decisions import ConferenceFormat
from soket.record.nominees import Nominee
from soket.record.words import FORMATS
from soket.text import fold, format_date, lower_first

_FIGURES, _LEAST_FIGURES = 5, 3
_LITTLE = 0.1  # of a total, in doubt
_MOST_NAMES = 4  # more, or what takes more lines, are a list of their own
_TITLE = 50  # letters of a line in bold
_SHARED = 10  # units that say so; of few reports half of them
_CAUSES = "nguyen nhan"
_PLACES = ("huyện", "quận", "thị xã", "thành phố", "xã", "phường", "thị trấn", "đặc khu", "tỉnh")

# What is told of the headings of an outline, by what their titles say: how it opens, how much, and what goes first.
_TOLD = (
    ("han che", "Hạn chế được nhiều đơn vị nêu:", 2, 2),
    ("bai hoc", "Bài học nhiều đơn vị cùng rút ra:", 2, 2),
    ("nhiem vu", "Thời gian tới:", 2, 4),
)


def render_press_note(
    summary: Summary,
    decision: ConferenceFormat | None,
    commended: Sequence[Nominee] = (),
    *,
    lexicon: Lexicon | None = None,
    cited: str = "",
) -> bytes:
    """Return the press note, embargoed until the conference opens where there is one.

    `commended` are those whose commendation is decided: proposals are not for the press. Nor is a figure that is
    in doubt. `cited` is by what the report is cited that the figures are of, once that was issued.
    """
    plan = summary.plan
    lead = plan.office(plan.roles.lead)
    day = (decision.decided_at if decision else summary.as_of).date()
    of = f"theo Báo cáo {cited}, " if cited else ""
    occasion = f"{'Hội nghị' if decision else 'kết quả'} {lower_first(plan.short_title)}"
    figures = _figures(summary)
    passages = fitted(
        [
            Paragraph(_opening(summary, decision)),
            *_told_figures(summary, figures),
            *_said(gather(summary, lexicon)),
            *_commended(plan, commended),
            Paragraph("", (f"Đợt {plan.review_word} đánh giá việc thực hiện {plan.resolution}",), rank=5),
            Paragraph(f"Số liệu {of}đến ngày {format_date(summary.as_of)}. Liên hệ: {_contact(lead)}."),
        ],
        LINES_A_PAGE - (len(occasion) + len("về ") - 1) // _TITLE,
    )
    return render(
        "press_note",
        {
            "head": letterhead(plan, plan.roles.lead, "TC", day),
            "occasion": occasion,
            "day": format_date(decision.day) if decision else "",
            "passages": [{"text": each.text, "lines": list(each.listed if each.bullets else ())} for each in passages],
        },
    )


def _opening(summary: Summary, decision: ConferenceFormat | None) -> str:
    plan = summary.plan
    if decision is None:
        return f"{plan.issuer} công bố kết quả {lower_first(plan.short_title)}."
    where = f", tại {decision.place}" if decision.place else ""
    if decision.format == "postponed":
        return (
            f"Hội nghị {lower_first(plan.short_title)} được hoãn đến ngày {format_date(decision.day)} (dự kiến){where}."
        )
    how = FORMATS[decision.format].phrase
    return (
        f"Ngày {format_date(decision.day)}, {plan.issuer} tổ chức Hội nghị {lower_first(plan.short_title)} theo hình "
        f"thức {how}{where}."
    )


def _told_figures(summary: Summary, figures: Sequence[IndicatorSummary]) -> Iterable[Paragraph]:
    """Yield the figures, those of each form after of how many units they are the sums."""
    first = f"báo cáo của {_counted(summary.basis)} đơn vị, "
    for form in summary.forms:
        codes = {item.indicator.code for item in form.wholes}
        if own := [item for item in figures if item.indicator.code in codes]:
            told = tuple(f"{headline(item)}." for item in own)
            needed = _LEAST_FIGURES if first else 1
            yield Paragraph(f"Theo {first}{_basis(form, own)}", told, bullets=True, needed=needed, rank=3)
            first = ""


def _basis(form: FormSummary, figures: Sequence[IndicatorSummary]) -> str:
    """Say of how many units figures of a form are the sums: by far not all that report owe it.

    Who is late or missing is nobody's business outside.
    """
    gave = {each.unit.code for item in figures if item.latest for each in item.latest.values}
    lacks = len(gave) < len(form.units)
    who = _places(form.units) or ("đơn vị phải gửi biểu" if lacks else "đơn vị")
    return f"biểu số liệu của {_counted(gave)}{f'/{len(form.units):02}' if lacks else ''} {who}:"


def _places(units: Sequence[Unit]) -> str:
    """Return what kinds of places units govern; nothing where one of them governs none."""
    found = [next((kind for kind in _PLACES if unit.called.startswith(f"{kind} ")), "") for unit in units]
    return ", ".join(kind for kind in _PLACES if kind in found) if all(found) else ""


def _counted(units: Collection[str]) -> str:
    return told(f"{len(units):02}", CountSource(counted=tuple(sorted(units))))


def _figures(summary: Summary) -> tuple[IndicatorSummary, ...]:
    """Return the first figures in the plan's order that are sound and that most units gave, what has a target first."""
    sound = [told for form in summary.forms for item in form.wholes if (told := _as_told(item)) is not None]
    chosen = sorted(sound, key=lambda item: item.target is None)[:_FIGURES]
    return tuple(item for item in sound if item in chosen)


def _as_told(item: IndicatorSummary) -> IndicatorSummary | None:
    """Return an indicator as the press may have it; None where most units gave none, or too much of it is in doubt.

    Where little is, what is confirmed is told as what the whole is not below.
    """
    told = item.sound
    if told.latest is None or len(told.latest.values) < len(told.latest.missing):
        return None
    if not item.doubts:
        return item
    if item.indicator.aggregate != "sum" or not all(_is_little(year) for year in item.years if year.doubts):
        return None
    return replace(told, years=tuple(replace(year, at_least=year.confirmed_only) for year in told.years), parts=())


def _is_little(year: YearFigure) -> bool:
    """Whether the figures in doubt are a small part of a total; whatever is right about them, it is not below."""
    doubtful = fsum(each.value for each in year.doubts)
    return bool(year.total) and 0 <= doubtful <= _LITTLE * (year.total or 0)


def _said(sayings: Sayings) -> Iterable[Paragraph]:
    """Yield what many units say under the headings that a paper prints, by the plan's themes; nothing without them."""
    for word, opening, most, rank in _TOLD:
        under = next((each for each in sayings.sections if each.themes and _is_on(each.section, word)), None)
        if under is not None and (themes := _shared(under, len(sayings.units))):
            listed = tuple(
                f"{lower_first(theme.lead or theme.name)} ({units} đơn vị)" for theme, units in themes[:most]
            )
            yield Paragraph(opening, listed, needed=min(1, 4 - rank), rank=rank)


def _is_on(section: Section, word: str) -> bool:
    return word in fold(section.title)


def _shared(under: SayingsUnder, reports: int) -> list[tuple[Theme, ToldCount]]:
    """Return the themes that enough units speak of, most first; causes are none of them."""
    units: defaultdict[str, list[str]] = defaultdict(list)
    for each in under.said:
        if each.theme:
            units[each.theme.code].append(each.unit.code)
    enough = min(_SHARED, -(-reports // 2))
    found = [
        (theme, count)
        for theme in under.themes
        if (count := ToldCount.of(units[theme.code])) >= enough and _CAUSES not in fold(theme.group or "")
    ]
    return sorted(found, key=lambda each: -each[1])


def _commended(plan: Plan, commended: Sequence[Nominee]) -> Iterable[Paragraph]:
    if commended:
        people = sum(each.individual for each in commended)
        counts = [f"{len(commended) - people:02} tập thể"] if len(commended) > people else []
        counts += [f"{people:02} cá nhân"] if people else []
        names = tuple(dict.fromkeys(with_unit(plan, each) for each in commended))
        if max(len(names), lines_of("; ".join(names))) > _MOST_NAMES:
            yield Paragraph(f"Được biểu dương dịp này có {', '.join(counts)}; danh sách theo quyết định.")
        else:
            yield Paragraph(f"Được biểu dương dịp này có {', '.join(counts)}:", names, needed=len(names))


def _contact(lead: Office) -> str:
    person = lead.contact
    told = [
        *([] if lead.name in person.name else [lead.name]),
        person.name,
        *([person.title] if person.title else []),
        *([f"điện thoại {person.phone}"] if person.phone else []),
        f"thư điện tử {person.email}",
    ]
    return ", ".join(told)
