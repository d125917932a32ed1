"""What a sentence says became of an indicator between two years, or over several, where it can mean nothing else.

A clause tells of a change when its signs are those of one and all its other words only link; after a clause that says
anything else the sentence is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from soket.narrative.claims.change_signs import SignedClause, SignReader
from soket.narrative.claims.told_years import ToldSoFar, YearSpan
from soket.narrative.figures.kinds import CHANGES, FigureKind
from soket.narrative.names.phrases import LINKING, WHOLE, pattern_of, phrases_of, plain_words
from soket.narrative.quantities.amounts import Amount, is_counted_in
from soket.narrative.quantities.measures import PERCENT, measure_of
from soket.plan.model import Indicator, IndicatorForm
from soket.text import YEAR, fold

_TELLS = re.compile(
    r"tăng|giảm|gấp|lần|bằng|mục tiêu|chỉ tiêu|bình quân|trung bình|hơn|so với|cùng kỳ"
    rf"|{YEAR}\s?[-–]\s?{YEAR}|từ (?:năm )?{YEAR}",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(
    r"\b(?:thong ke|nien giam|theo (?:so lieu|khao sat|ket qua)|phan dau|du kien|du bao|quy hoach"
    r"|gia (?:so sanh|hien hanh|co dinh|thuc te)|loai tru)\b"
)
_CLAUSE = re.compile(r"[;,](?=\s)|[()]|: |\s(?=trong do\b)|\sva (?=(?:tang|giam|gap|bang|binh quan)\b)|[.]$")
_YEAR_ALONE = re.compile(rf"\(\s*((?:(?:nam|giai doan) )?{YEAR}(?:\s?[-–]\s?{YEAR})?)\s*\)")
_ASIDE = re.compile(r"\s\((?:(?:tang|giam|tuong duong|ung voi|khoang) )*[\d.,]+ ?%\)(?= so )")
_LINKS = frozenset(
    ["luy", "ke", "lai", "tiep", "tuc", "deu", "tuong", "duong", "ung", "duoc", "bi", "chi", "uoc", "va", "vao", "them"]
)

# What says nothing of a figure, whatever it says: why it was so, and what share of a plan that is.
_NO_PLACE = r"(?!.*\b(?:xa|phuong|thon|khu|diem|tinh|nuoc|khach|thang|quy|theo|rieng)\b)"
_CAUSE = re.compile(
    r"(?:va )?(?:do|nho|mac du|tuy|truoc|duoi|trong boi canh|nhu vay|nhin chung|dac biet|dang chu y"
    rf"|(?:sau|qua) (?:hon |gan )?0?\d nam)\b{_NO_PLACE}(?!.*\b{YEAR})(?!.*\d.*\d\s*%).*"
)
_MORE_CAUSES = re.compile(rf"{_NO_PLACE}\D*")
_OF_PLAN = re.compile(
    r"(?:(?:va|dat|bang|vuot|hoan thanh|chi|moi|tuong duong|khoang|gan|tren) )*[\d.,]+ ?% "
    r"(?:so voi )?(?:ke hoach|muc tieu|chi tieu|kh)\b(?: (?:nam|de ra|giao|duoc giao|ca nam|nghi quyet|da))*"
)
# Of a target that the plan sets each unit, and nobody else: a unit's own yearly plan is not known here.
_OF_TARGET = re.compile(
    r"(?P<told>.*?[\d.,]+ ?%) (?:so voi )?(?:muc tieu|chi tieu)(?: (?:nghi quyet|ke hoach|de ra))*"
    rf"(?: (?:den )?(?:nam )?(?P<year>{YEAR}))?"
)
# What economic figures grow by is told at constant prices, and tables have them at those of the day.
_AT_PRICES = re.compile(r"\b(?:gia tri (?:san xuat|gia tang|tang them)|grdp|gdp|tong san pham)\b")
_REACHED = re.compile(r"y?[DB]?p")
_GROWN = frozenset({FigureKind.GROWTH, FigureKind.MEAN_GROWTH, FigureKind.TIMES, FigureKind.OF_YEAR})

# What a clause may say beside the change: when, and how much there was then: "năm 2030 đạt 5 lượt tăng 7%".
_WHEN = r"(?:yv|vy|y|z|Z|v|d)?(?:n(?=[+-]))?"
_YEARLY = r"(?=.*[ME])[zZ]?[ME]*{}[ME]*[zZ]?"
_KINDS: tuple[tuple[re.Pattern[str], FigureKind | None], ...] = tuple(
    (re.compile(pattern), kind)
    for pattern, kind in (
        (r"(?:yv|vy|[yvzZd])?", None),
        (r"[yzZ]?[uD]?[np]|[np]y", FigureKind.VALUE),
        (r"[u+-]?(?:[np]y[u+-]?[np]y|y[np][u+-]?y[np])", FigureKind.VALUE),
        (rf"{_WHEN}[+-]?GnL[vyd]?|{_WHEN}[+-]nL[vd]?|{_WHEN}B?nL[vyd]", FigureKind.TIMES),
        (_YEARLY.format("[+-][ME]*p"), FigureKind.MEAN_GROWTH),
        (_YEARLY.format("[+-][ME]*n"), FigureKind.MEAN_DIFFERENCE),
        (_YEARLY.format("n"), FigureKind.MEAN),
        (rf"{_WHEN}[+-](?:nP|pP|p)(?:y?[vd])?|{_WHEN}[+-][vd](?:nP|pP|p)", FigureKind.GROWTH),
        (rf"{_WHEN}[+-]n(?:y?[vd])?|{_WHEN}[+-][vd]n", FigureKind.DIFFERENCE),
        (rf"{_WHEN}Bp[vyd]?|{_WHEN}Dp[vd]", FigureKind.OF_YEAR),
    )
)


@dataclass(frozen=True)
class ToldChange:
    """What is said of an indicator from one year to another, or over the years between."""

    indicator: Indicator
    kind: FigureKind
    amount: Amount
    years: YearSpan
    rises: bool | None = None  # where that is said
    points: bool = False

    @property
    def is_of_two(self) -> bool:
        """Whether it is of the first and the last year alone, and not of all from one to the other."""
        return self.kind in CHANGES


class ChangeReader:
    """Reads what sentences say of changes of a form's indicators; `names` are words that mean the unit itself."""

    def __init__(self, form: IndicatorForm, names: frozenset[str]) -> None:
        self._by_code = {each.code: each for each in form.indicators}
        named = pattern_of(form)
        self._named = re.compile(named)
        counted_in = {word for each in form.indicators for word in measure_of(each.unit_of_measure).words}
        codes = {phrase: each.code for phrase, each in phrases_of(form.indicators).items()}
        self._signs = SignReader(codes, named, frozenset(counted_in), LINKING | names | _LINKS)

    def changes(self, sentence: str) -> Iterator[ToldChange]:
        """Yield what a sentence says of changes."""
        if not _TELLS.search(sentence):
            return
        plain = _ASIDE.sub("", WHOLE.sub("huyen", _YEAR_ALONE.sub(r"\1", plain_words(sentence))))
        if not self._named.search(plain) or _OF_OTHERS.search(plain):
            return
        told = ToldSoFar()
        for text in filter(None, map(str.strip, _CLAUSE.split(plain))):
            more = told.causes and _MORE_CAUSES.fullmatch(text) and not self._named.search(text)
            share = self._of_target(told, text)
            if share:
                yield share
            if share or more or _OF_PLAN.fullmatch(text):
                continue
            told.causes = _CAUSE.fullmatch(text) is not None
            if told.causes:
                continue
            clause = self._signs.clause(text)
            found = next((each for pattern, each in _KINDS if pattern.fullmatch(clause.signs)), FigureKind.PER)
            if clause.other or found is FigureKind.PER or not self._goes_on(told, clause, text):
                return
            if change := self._change(told, clause, found):
                yield change
            told.note(clause, found)

    def _goes_on(self, told: ToldSoFar, clause: SignedClause, text: str) -> bool:
        """Take in of what a clause speaks; False where nothing says which of several that is."""
        if told.listing and clause.signs.startswith("y"):
            return False  # "năm 2030, 2031 …"
        named = clause.subjects or ({} if told.indicator else clause.counted)
        if len(named) > 1 or (text.startswith("trong do") and not named):
            return False
        if named and (indicator := self._by_code[next(iter(named))]) != told.indicator:
            told.indicator, told.year, told.span = indicator, None, None
        return True

    def _change(self, told: ToldSoFar, clause: SignedClause, kind: FigureKind | None) -> ToldChange | None:
        indicator, amount = told.indicator, clause.amounts[-1] if clause.amounts else None
        if indicator is None or amount is None or kind is None:
            return None
        measure = measure_of(indicator.unit_of_measure)
        of_shares, points = measure.base == PERCENT, clause.says("P")
        if kind is FigureKind.VALUE:
            kind = FigureKind.SUM
            if len(clause.amounts) > 1 or told.year:
                return None
        if kind in (FigureKind.SUM, FigureKind.MEAN) and indicator.nature != "flow":
            return None
        if kind in _GROWN and _AT_PRICES.search(fold(indicator.name)):
            return None
        if of_shares != points and (points or kind is FigureKind.OF_YEAR):
            return None
        counts = kind in (FigureKind.DIFFERENCE, FigureKind.SUM, FigureKind.MEAN, FigureKind.MEAN_DIFFERENCE)
        if counts and not is_counted_in(amount, clause.units, measure):
            return None
        years = told.years_of(clause, kind)
        rises = True if clause.says("+") else False if clause.says("-") else None
        return ToldChange(indicator, kind, amount, years, rises, points) if years else None

    def _of_target(self, told: ToldSoFar, text: str) -> ToldChange | None:
        """Return what share of its target an indicator is said to have reached, where each unit has that target."""
        found = _OF_TARGET.fullmatch(text)
        clause = self._signs.clause(found["told"]) if found else SignedClause(other=True)
        if (
            found is None
            or clause.other
            or not _REACHED.fullmatch(clause.signs)
            or not self._goes_on(told, clause, text)
        ):
            return None
        target = told.indicator.target if told.indicator else None
        year = next(iter(clause.of("y")), None) or told.year or told.led.year
        if told.indicator is None or target is None or target.scope != "unit" or target.example or target.at_most:
            return None
        if year is None or int(found["year"] or year) != target.year:
            return None
        return ToldChange(told.indicator, FigureKind.OF_TOTAL, clause.amounts[0], YearSpan(year, year))
