"""What each rule came to in a campaign: of how many units it spoke, and what became of that; pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from soket.faults import MESSAGES, Fault
from soket.faults.blanks import unfilled
from soket.intake.form_rules import FormRule, rules_of
from soket.plan.model import Plan, Severity
from soket.record.register import Register, UnitEntry
from soket.text import Word


class Fate(StrEnum):
    """What became of a rule's word to a unit: what is least settled goes before."""

    STANDING = "standing"
    OVERRULED = "overruled"
    CONFIRMED = "confirmed"
    CORRECTED = "corrected"


FATES_OF_RULES = {
    Fate.STANDING: Word("còn nguyên"),
    Fate.OVERRULED: Word("cán bộ cho qua"),
    Fate.CONFIRMED: Word("đơn vị xác nhận đúng"),
    Fate.CORRECTED: Word("đã sửa"),
}


@dataclass(frozen=True)
class RuleCount:
    """One rule, and of how many units it spoke, by what became of it; each unit counts once."""

    code: str
    words: str
    fates: Mapping[Fate, int]
    tells: bool = False  # it asks for nothing, so nothing becomes of it
    trial: bool = False  # nobody is told, so nothing is confirmed or let pass

    @property
    def fired(self) -> int:
        """Of how many units it spoke."""
        return sum(self.fates.values())

    def cell(self, fate: Fate) -> int | None:
        """Return how many units a fate has; None where it has no sense."""
        if self.tells or (self.trial and fate in (Fate.OVERRULED, Fate.CONFIRMED)):
            return None
        return self.fates.get(fate, 0)


@dataclass(frozen=True)
class RuleTable:
    """All rules of a campaign."""

    judged: str  # of whom something was judged, the press apart, in words
    own: tuple[RuleCount, ...]  # of the plan, in its order, then those that it had once
    trial: tuple[RuleCount, ...]  # those of them that are only tried out
    catalogue: tuple[RuleCount, ...]  # of every plan, as far as they spoke, those that spoke most first


def rule_table(plan: Plan, register: Register) -> RuleTable:
    """Return what became of each rule."""
    spoke: defaultdict[str, Counter[Fate]] = defaultdict(Counter)
    tried: defaultdict[str, Counter[Fate]] = defaultdict(Counter)
    asking: set[str] = set()
    judged = [entry for entry in register.units.values() if entry.verdicts]
    for entry in judged:
        for code, fate in _fates(entry, asking):
            spoke[code][fate] += 1
        latest = entry.verdicts[-1].on_trial
        for code in {code for verdict in entry.verdicts for code in verdict.on_trial}:
            tried[code][Fate.STANDING if code in latest else Fate.CORRECTED] += 1
    rules = {rule.code: rule for form in plan.forms for rule in rules_of(form) if not isinstance(rule.rule, str)}
    return RuleTable(
        judged=_say_judged(plan, register),
        own=(
            *(_line(rule, spoke[code]) for code, rule in rules.items() if not rule.trial),
            *_gone(spoke, {*rules, *MESSAGES}),
        ),
        trial=(
            *(_line(rule, tried[code]) for code, rule in rules.items() if rule.trial),
            *_gone(tried, {*rules}, trial=True),
        ),
        catalogue=tuple(
            RuleCount(code, unfilled(plan, code), fates, tells=code not in asking)
            for code, fates in sorted(spoke.items(), key=lambda each: (-each[1].total(), each[0]))
            if code not in rules and code in MESSAGES
        ),
    )


def _say_judged(plan: Plan, register: Register) -> str:
    owing, press = register.reporting(plan), register.press(plan)
    said = f"{sum(bool(each.verdicts) for each in owing)}/{len(owing)} đơn vị phải báo cáo"
    return f"{said} và {sum(bool(each.verdicts) for each in press)}/{len(press)} cơ quan báo chí" if press else said


def _line(rule: FormRule, fates: Counter[Fate]) -> RuleCount:
    return RuleCount(rule.code, rule.about, fates, tells=rule.severity is Severity.INFO, trial=rule.trial)


def _gone(found: Mapping[str, Counter[Fate]], known: Collection[str], *, trial: bool = False) -> Iterator[RuleCount]:
    """Yield the rules that the plan has no more, of which verdicts speak."""
    for code in sorted(found.keys() - known):
        yield RuleCount(code, "(kế hoạch không còn quy tắc này)", found[code], trial=trial)


def _fates(entry: UnitEntry, asking: set[str]) -> Iterator[tuple[str, Fate]]:
    """Yield each rule that ever spoke of a unit, and what became of it; note those that ask for something."""
    latest, now = entry.verdicts[-1], entry.outcomes[-1]
    changed = {fault.known_as: fault for fault in now.faults} if now is not latest else {}
    left: defaultdict[str, set[Fate]] = defaultdict(set)
    for fault in latest.faults:
        left[fault.code].add(_fate(fault, changed.get(fault.known_as, fault) if changed else fault))
    found: set[str] = set()
    for verdict in entry.verdicts:
        found.update(fault.code for fault in verdict.faults)
        asking.update(fault.code for fault in verdict.faults if fault.severity is not Severity.INFO or fault.confirmed)
    for code in found:
        yield code, next((fate for fate in Fate if fate in left[code]), Fate.CORRECTED)


def _fate(fault: Fault, now: Fault) -> Fate:
    if now.confirmed:
        return Fate.CONFIRMED
    passed = now.severity is Severity.INFO and fault.severity is not Severity.INFO
    return Fate.OVERRULED if passed else Fate.STANDING
