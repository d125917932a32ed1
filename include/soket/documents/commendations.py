"""Whom figures speak for, by rules that the paper says: proposals from the record, on which people decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from soket.documents.figures import FormSummary, Summary
from soket.documents.leading import Contest, Lead, compared
from soket.documents.quantities import say_amount, say_percent
from soket.documents.sentences import name_of
from soket.documents.standing import PaperList
from soket.plan.model import Block, Plan
from soket.plan.periods import say_period
from soket.record.commending import Threshold, owing_by_block
from soket.record.nominees import Nominee, Origin, proposal_id
from soket.record.records import Ruling
from soket.record.register import Register
from soket.text import format_number, upper_first

INDICATORS = 2  # in which a unit has to lead


@dataclass(frozen=True)
class BlockLeaders:
    """Who leads in a block, and how many of it may be proposed."""

    block: Block
    form: FormSummary
    owing: int
    most: int
    comparisons: tuple[Contest, ...]
    chosen: tuple[str, ...]  # codes of units, the first first
    tied: tuple[str, ...]  # who stand equal where there is not room for all of them
    barred: tuple[str, ...] = ()  # who lead as others do that are chosen, and may not be proposed

    def leads(self, unit: str) -> list[Lead]:
        """Return where a unit leads, in the form's order."""
        return [lead for each in self.comparisons for lead in each.leads if lead.unit == unit]


def sound_units(summary: Summary, register: Register) -> frozenset[str]:
    """Return the units whose report came in time, was right the first time, and has no warning that is open."""
    return frozenset(
        unit.code for unit in summary.listed(PaperList.ON_TIME) if not any(_flaws(summary, register, unit.code))
    )


def _flaws(summary: Summary, register: Register, code: str) -> Iterator[str]:
    """Yield why a unit is not proposed, whatever its figures say."""
    entry = register.units[code]
    counting = next((each for each in entry.outcomes if each.number == entry.accepted), None)
    if counting is None or counting.late:
        yield "nộp muộn"
    if any(each.ruling is Ruling.RETURNED for each in entry.verdicts):
        yield "có lần bị trả lại"
    if any(each.unit.code == code for each in summary.unconfirmed):
        yield "số liệu chưa được xác nhận"
    elif counting and counting.ruling is not Ruling.ACCEPTED:
        yield "báo cáo còn điểm lưu ý"


def block_leaders(summary: Summary, register: Register) -> tuple[BlockLeaders, ...]:
    """Return what the figures come to, block by block in the order of the forms."""
    plan, settings = summary.plan, summary.plan.commendation
    sound, owing = sound_units(summary, register), owing_by_block(plan, register)
    found = []
    for form in summary.forms:
        for block in map(plan.block, form.form.blocks):
            units = [unit for unit in form.units if unit.block == block.code]
            comparisons = tuple(compared(settings, form, units))
            most = settings.most_of(owing[block.code])
            ranked = _ranked(comparisons)
            chosen, tied = _chosen({code: place for code, place in ranked.items() if code in sound}, most)
            last = max((ranked[code] for code in (*chosen, *tied)), default=None) if most else (0, 0, 0)
            barred = tuple(c for c, place in ranked.items() if c not in sound and (last is None or place <= last))
            found.append(BlockLeaders(block, form, owing[block.code], most, comparisons, chosen, tied, barred))
    return tuple(found)


_Place = tuple[int, int, int]


def _ranked(comparisons: Sequence[Contest]) -> dict[str, _Place]:
    """Return the units that lead in enough indicators with the place of each, the first first."""
    leads = defaultdict(list)
    for lead in (lead for each in comparisons for lead in each.leads):
        leads[lead.unit].append(lead)

    def place(code: str) -> _Place:
        own = leads[code]
        return -len({each.item.indicator.code for each in own}), -len(own), sum(each.rank for each in own)

    able = sorted((code for code in leads if -place(code)[0] >= INDICATORS), key=lambda code: (place(code), code))
    return {code: place(code) for code in able}


def _chosen(places: Mapping[str, _Place], most: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return as many units as there is room for, of those in their places, and who are equal at the end."""
    able = list(places)
    if len(able) <= most or not most:
        return tuple(able[:most]), ()
    border = places[able[most]]
    before = tuple(code for code in able[:most] if places[code] < border)
    return before, tuple(code for code in able if places[code] == border) if len(before) < most else ()


def proposals(summary: Summary, found: Iterable[BlockLeaders]) -> Iterator[Nominee]:
    """Yield the units that figures speak for, as they are listed."""
    for each in found:
        for code in each.chosen:
            said: defaultdict[str, list[str]] = defaultdict(list)
            for lead in each.leads(code):
                said[lead.item.indicator.code].append(lead.said)
            names = {lead.item.indicator.code: upper_first(name_of(lead.item.indicator)) for lead in each.leads(code)}
            yield Nominee(
                id=proposal_id(Origin.FIGURES, code),
                unit=code,
                name=summary.plan.unit(code).name,
                source=Origin.FIGURES,
                merit="\n".join(f"{names[indicator]}: {'; '.join(told)}." for indicator, told in said.items()),
                evidence=f"{each.form.form.title}: {', '.join(said)}; báo cáo nộp lần {summary.basis[code]}",
            )


def counts(plan: Plan, found: Iterable[BlockLeaders]) -> Iterator[str]:
    """Yield how many of each block may be proposed and are, in words."""
    for each in found:
        told = f"{each.block.name}: {each.owing:02} đơn vị, "
        if each.most:
            yield f"{told}nhiều nhất {each.most:02}, đề nghị {len(each.chosen):02}."
        else:
            share = format_number(plan.commendation.share)
            yield f"{told}{share}% chưa đủ một đơn vị nên không xét tập thể nào; cá nhân không tính vào tỷ lệ này."


def thresholds(found: Iterable[BlockLeaders]) -> Iterator[Threshold]:
    """Yield what was looked at in each block of which any may be proposed, and from where on a unit leads."""
    for block in found:
        for each in block.comparisons if block.most else ():
            yield Threshold(
                block=block.block.name,
                indicator=upper_first(name_of(each.item.indicator)),
                span=f"{say_period(each.last.year)} so với {say_period(each.first.year)}",
                floor=say_amount(each.floor, each.item.indicator.unit_of_measure),
                able=each.able,
                growth=_above(each.above_growth) if each.is_made else "",
                share=say_percent(each.above_share) if each.is_made else "",
            )


def _above(growth: float) -> str:
    return say_percent(growth) if growth >= 0 else f"bằng {say_percent(1 + growth)}"


def tied(plan: Plan, found: Iterable[BlockLeaders]) -> tuple[str, ...]:
    """Say who stand equal at the last place, so that none of them is proposed."""
    return tuple(
        f"{each.block.name}: {'; '.join(plan.unit(code).name for code in each.tied)} ngang nhau ở vị trí cuối mà không "
        "đủ chỗ cho tất cả, nên chưa đề nghị đơn vị nào trong số này."
        for each in found
        if each.tied
    )


def left_out(summary: Summary, register: Register, found: Iterable[BlockLeaders]) -> Iterator[str]:
    """Say who leads as those do that are proposed, and is not, and whose figures were not compared."""
    for each in found:
        if each.barred:
            told = (
                f"{summary.plan.unit(code).name} ({', '.join(_flaws(summary, register, code))})" for code in each.barred
            )
            yield f"{each.block.name}: thuộc nhóm đầu mà không đề nghị: {'; '.join(told)}."
    doubted = dict.fromkeys(each.unit.name for each in summary.unconfirmed)
    if doubted:
        yield f"Số chưa được xác nhận không đem so: {'; '.join(doubted)}."
