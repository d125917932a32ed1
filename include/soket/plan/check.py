"""Everything that is wrong with a plan file, told at once."""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from soket.plan import (
    coherence,
    date_checks,
    doubts,
    duty_checks,
    figure_slips,
    flow_checks,
    nature_checks,
    own_checks,
    references,
    reminding,
    slips,
    sum_checks,
    table_checks,
    word_slips,
)
from soket.plan.directory import outlived
from soket.plan.edition_files import check_named_editions
from soket.plan.fault import PlanFault, UnplacedFault
from soket.plan.held import MOST_TOLD, and_more, held, in_order
from soket.plan.meant import listed_stages, places_of, with_years
from soket.plan.model import Plan
from soket.plan.source import PlanSource, SyntaxFaultError
from soket.plan.taken import take
from soket.plan.themes import doubts_of_themes, faults_of_themes
from soket.plan.years import check_years

log = logging.getLogger(__name__)

_LONGEST = 300  # characters of an error that is ours


def check(file: Path) -> list[PlanFault]:
    """Return the faults of a plan file and of the lexicon that it names, by line; none when all can be used."""
    plan, faults = examine(file)
    return [*faults, *(faults_of_themes(file, plan) if plan else ())]


def examine(file: Path) -> tuple[Plan | None, list[PlanFault]]:
    """Return a plan file's plan, or None with what is wrong, by line; whatever it holds, no other plan suffers."""
    try:
        with no_collecting():
            return _examined(file)
    except Exception as error:
        log.exception("%s could not be examined", file)
        message = f"không xét được tệp này: {type(error).__name__}: {error}"
        return None, [
            PlanFault(file, 1, 1, "", message[:_LONGEST], "Lỗi của hệ thống: báo người quản trị, kèm tệp này.")
        ]


def _examined(file: Path) -> tuple[Plan | None, list[PlanFault]]:
    try:
        source = PlanSource(file)
    except SyntaxFaultError as error:
        return None, [error.fault]
    if not isinstance(source.data, dict):
        words = "tệp trống" if source.data is None else "kế hoạch phải là các mục «tên: nội dung»"
        return None, [source.fault(UnplacedFault((), words, "Xem một kế hoạch mẫu trong thư mục plans."))]
    taken = take(source)
    if taken.directory and taken.directory.faults:
        return None, list(taken.directory.faults)
    known = [source.fault(each) for each in source.findings[:MOST_TOLD]]
    if "directory" in source.data and taken.directory is None:  # what follows from it is no fault of the plan's
        return None, in_order([*known, *(source.fault(each) for each in taken.findings)])
    if former := listed_stages(taken.data.get("stages")):
        known.append(source.fault(former[1]))
        taken.origins.update((here, (source, there)) for here, there in places_of(taken.data["stages"]))
        taken.data = {**taken.data, "stages": former[0]}
    if strange := list(check_years(taken.data)):
        known += map(taken.fault, strange[:MOST_TOLD])
        if (mended := with_years(taken.data, strange)) is None:  # nothing can be reckoned with such days
            return None, in_order(known)
        taken.data = mended
    checks = (
        *references.CHECKS,
        *flow_checks.CHECKS,
        *duty_checks.CHECKS,
        *coherence.CHECKS,
        *date_checks.CHECKS,
        *own_checks.CHECKS,
        *table_checks.CHECKS,
        *nature_checks.CHECKS,
        *sum_checks.CHECKS,
        *reminding.CHECKS,
        check_named_editions,
    )
    plan, findings = held(Plan, taken.data, checks)
    faults = [*known, *(source.fault(each) for each in taken.findings[:MOST_TOLD])]
    if len(taken.findings) > MOST_TOLD:
        faults.append(source.fault(and_more()))
    told = {each.path for each in source.findings}
    faults += [taken.fault(each) for each in findings if not (each.at_key and each.path in told)]
    return (None if faults else plan), in_order(faults)


def doubtful(file: Path, plan: Plan) -> list[PlanFault]:
    """Return what is odd in a sound plan's file, by line: the plan can be used, and somebody should look."""
    with no_collecting():
        taken = take(PlanSource(file))
    findings = [
        finding
        for each in (*doubts.CHECKS, *slips.CHECKS, *figure_slips.CHECKS, *word_slips.CHECKS)
        for finding in each(plan)
    ]
    findings += [finding for each in (*slips.OF_DATA, *word_slips.OF_DATA) for finding in each(taken.data)]
    if taken.directory and taken.directory.made:
        findings += outlived(plan, taken.directory.made)
    return [*in_order(map(taken.fault, findings)), *doubts_of_themes(plan)]


@contextmanager
def no_collecting() -> Iterator[None]:
    """Make many objects that all stay, without looking through them again and again for some that don't."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
