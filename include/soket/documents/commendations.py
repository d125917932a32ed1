"""Whom figures speak for, by rules that the paper says: proposals from the record, on which people decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
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

    def leads(self, unit: str) -> list[Lead]:
        """Return where a unit leads, in the form's order."""
        return [lead for each in self.comparisons for lead in each.leads if lead.unit == unit]


def sound_units(summary: Summary, register: Register) -> frozenset[str]:
    """Return the units whose report came in time, was right the first time, and has no warning that is open."""
    in_doubt = {each.unit.code for each in summary.unconfirmed}
    return frozenset(
        unit.code
        for unit in summary.listed(PaperList.ON_TIME)
        if unit.code not in in_doubt and _is_spotless(register, unit.code)
    )


def _is_spotless(register: Register, code: str) -> bool:
    entry = register.units[code]
    counting = next((each for each in entry.outcomes if each.number == entry.accepted), None)
    returned = any(each.ruling is Ruling.RETURNED for each in entry.verdicts)
    return counting is not None and counting.ruling is Ruling.ACCEPTED and not returned


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
            chosen, tied = _chosen(comparisons, sound, most)
            found.append(BlockLeaders(block, form, owing[block.code], most, comparisons, chosen, tied))
    return tuple(found)


def _chosen(
    comparisons: Sequence[Contest], sound: frozenset[str], most: int
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the units that lead in enough indicators, as many as there is room for, and who are equal at the end."""
    leads = defaultdict(list)
    for lead in (lead for each in comparisons for lead in each.leads if lead.unit in sound):
        leads[lead.unit].append(lead)

    def place(code: str) -> tuple[int, int, int]:
        own = leads[code]
        return -len({each.item.indicator.code for each in own}), -len(own), sum(each.rank for each in own)

    able = sorted((code for code in leads if -place(code)[0] >= INDICATORS), key=lambda code: (place(code), code))
    if len(able) <= most or not most:
        return tuple(able[:most]), ()
    border = place(able[most])
    before = tuple(code for code in able[:most] if place(code) < border)
    return before, tuple(code for code in able if place(code) == border) if len(before) < most else ()


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
            yield f"{told}{share}% chưa đủ một đơn vị nên không đề nghị theo số liệu."


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
