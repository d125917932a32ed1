"""What a submission's figures are held against beyond their own table: its block's peers, and its last report.

Both are facts that were there when the submission arrived, so a verdict does not depend on what is judged with it.
"""

from __future__ import annotations

import logging
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from statistics import median

from soket.directory.predecessors import inherited
from soket.intake.peers import Peer
from soket.intake.validation import SubmissionId
from soket.plan.model import Indicator, Plan, Predecessor, RangeRule, Severity, Unit
from soket.plan.periods import PeriodId
from soket.record.keeping import read_register
from soket.record.parsed import named_by, parsed_into
from soket.record.records import Figure, ParsedReport
from soket.record.tally import register_then
from soket.record.units import UnitEntry
from soket.record.workspace import Workspace

log = logging.getLogger(__name__)

_YEARS = 2  # other years that tell of what size a unit is
_ALIKE = 2.5  # times: how far from peers years of one size may differ
_A_SLIP = 50.0  # times: what a wrong unit of measure makes at the least

At = tuple[str, PeriodId]
"""An indicator's code and a year, or a part of one."""


@dataclass(frozen=True)
class Usual:
    """Between what values the middle half of the peers lies."""

    low: float
    high: float
    peers: int

    def how_far(self, value: float) -> float:
        """Return how many times beyond these a value lies: below 1 under them, 1 between, 0 for none."""
        return value / self.high if value > self.high else value / self.low if value < self.low else 1.0


class _SaidSoFar:
    """What the units of a block say at one moment, each by its latest submission."""

    def __init__(self, indicators: Mapping[str, Indicator]) -> None:
        self._indicators = indicators
        self._values: defaultdict[At, list[float]] = defaultdict(list)  # sorted
        self._latest: dict[str, Peer] = {}

    def remove(self, unit: str) -> None:
        """Forget what a unit said."""
        if before := self._latest.pop(unit, None):
            for at, value in self._counting(before.figures):
                values = self._values[at]
                del values[bisect_left(values, value)]

    def add(self, peer: Peer) -> None:
        """Note what a unit says now."""
        self._latest[peer.unit] = peer
        for at, value in self._counting(peer.figures):
            insort(self._values[at], value)

    def usual(self, figures: Iterable[Figure]) -> dict[At, Usual]:
        """Return the quartiles of all values there are for each of a unit's figures; none of fewer than two.

        None either for a figure that is as far from its peers' as the unit's other years are: it is large, or small.
        """
        found, far = {}, {}
        for figure in figures:
            at = figure.indicator, figure.year
            values = self._values.get(at, ())
            if len(values) >= 2:
                found[at] = Usual(_quantile(values, 0.25), _quantile(values, 0.75), len(values))
                far[at] = found[at].how_far(figure.value or 0.0)
        return {at: each for at, each in found.items() if not _is_its_size(at, far)}

    def _counting(self, figures: Iterable[Figure]) -> Iterator[tuple[At, float]]:
        """Yield the values that peers are measured by: above zero, and not such as a report is returned for."""
        for figure in figures:
            indicator = self._indicators.get(figure.indicator)
            if indicator and figure.value is not None and figure.value > 0 and _in_range(indicator, figure.value):
                yield (figure.indicator, figure.year), figure.value


def _is_its_size(at: At, far: Mapping[At, float]) -> bool:
    """Return whether a figure beyond its peers' is so because the unit is of another size, in its other years, too.

    What is fifty times as much in each year, or a fiftieth, may be counted in another unit of measure.
    """
    others = [each for (code, year), each in far.items() if code == at[0] and year != at[1] and each > 0]
    if len(others) < _YEARS or not 1 / _A_SLIP < far[at] < _A_SLIP:
        return False
    on_one_side = all((each - 1) * (far[at] - 1) > 0 for each in others)
    return on_one_side and 1 / _ALIKE <= far[at] / median(others) <= _ALIKE


def _quantile(values: Sequence[float], share: float) -> float:
    """Return the value below which a share of sorted values lies, between two where it falls between them."""
    below, beyond = divmod((len(values) - 1) * share, 1)
    first = values[int(below)]
    return first + beyond * (values[int(below) + 1] - first) if beyond else first


def _in_range(indicator: Indicator, value: float) -> bool:
    return all(
        (rule.min is None or value >= rule.min) and (rule.max is None or value <= rule.max)
        for rule in indicator.rules
        if isinstance(rule, RangeRule) and rule.severity is Severity.CRITICAL and not rule.trial
    )


def usual_values(
    arrivals: Iterable[Iterable[Peer]], indicators: Mapping[str, Indicator], wanted: Collection[SubmissionId]
) -> dict[SubmissionId, dict[At, Usual]]:
    """Return, for each submission wanted, what was usual among its peers when it arrived.

    `arrivals` are each block's submissions in the order of arrival; one walk through them serves the whole batch.
    """
    found: dict[SubmissionId, dict[At, Usual]] = {}
    for block in arrivals:
        standing = _SaidSoFar(indicators)
        for peer in block:
            standing.remove(peer.unit)
            if (peer.unit, peer.number) in wanted:
                of_interest = (figure for figure in peer.figures if figure.indicator in indicators)
                found[peer.unit, peer.number] = standing.usual(of_interest)
            standing.add(peer)
    return found


@dataclass(frozen=True)
class SaidBefore:
    """What a unit's figures are held against: its own of the campaign before, or those of units that it took over."""

    figures: Mapping[At, float] = field(default_factory=dict)
    whose: str = ""  # the units that it took over, where the figures are theirs
    incomparable: str = ""  # why figures that were reported are no measure

    def beside(self, earlier: SaidBefore) -> SaidBefore:
        """Return both together: what was said last goes before what was said earlier, of the same units."""
        if not self.figures and not self.incomparable:
            return earlier
        if self.whose != earlier.whose:
            return self
        return replace(self, figures={**earlier.figures, **self.figures})


def last_reported(
    workspace: Workspace, units: Collection[str], indicators: Mapping[str, Indicator]
) -> dict[str, SaidBefore]:
    """Return, for each unit, what counted in the campaign before; nothing where there was none.

    Of several campaigns the one that asked for a year last counts for that year. It counts as people's reviews left
    it. Only what was judged and decided before this campaign opened does, so it is the same for every submission of
    this one.
    """
    plan, asked = workspace.plan, _periods(workspace.plan)
    found: dict[str, SaidBefore] = {}
    for before in plan.campaigns_before(workspace.campaign):  # the latest first
        past = replace(workspace, campaign=before)
        if not asked.isdisjoint(_periods(past.plan)):
            said = _said_in(past, workspace, units, indicators)
            found = {code: found[code].beside(said[code]) if code in found else said[code] for code in units}
    return found


def _periods(plan: Plan) -> set[At]:
    return {(each.code, year) for form in plan.forms for each in form.indicators for year in form.years}


def _said_in(
    past: Workspace, workspace: Workspace, units: Collection[str], indicators: Mapping[str, Indicator]
) -> dict[str, SaidBefore]:
    """Return, for each unit, what counted in one campaign of the past."""
    register = register_then(past, read_register(past), workspace.campaign.start)
    followed = {code: _predecessors(workspace, code) for code in units}
    wanted = list(dict.fromkeys([*units, *(each.unit for chain in followed.values() for each in chain)]))
    said = _counting_figures(past, [register.units[code] for code in wanted if code in register.units])
    return {code: _reported(workspace, code, followed[code], said, indicators) for code in units}


def _predecessors(workspace: Workspace, code: str) -> tuple[Predecessor, ...]:
    unit = workspace.plan.holder(code)
    return unit.predecessors if isinstance(unit, Unit) else ()


def _reported(
    workspace: Workspace,
    code: str,
    predecessors: Sequence[Predecessor],
    said: Mapping[str, Mapping[At, float]],
    indicators: Mapping[str, Indicator],
) -> SaidBefore:
    others = [each.unit for each in predecessors if each.unit != code and said.get(each.unit)]
    if not others:  # nothing was taken over since: what it said itself counts
        return SaidBefore(said.get(code, {}))
    names = {each.unit: getattr(workspace.plan.holder(each.unit), "name", each.unit) for each in predecessors}
    taken = inherited(predecessors, said, indicators, names)
    return SaidBefore(taken.figures, ", ".join(names.values()), taken.reason)


def _counting_figures(past: Workspace, entries: Iterable[UnitEntry]) -> dict[str, dict[At, float]]:
    """Return by unit the figures of its report that counted; none that cannot be read, for which no one suffers."""
    counting = [each for entry in entries for each in entry.outcomes if each.number == entry.accepted]
    wanted = named_by(each for each in counting if each.parsed_key is not None)
    found = parsed_into(_figures, past.store, past.keys, wanted)
    for unit, number in wanted.keys() - found.keys():
        log.warning("Report %s of %s cannot be read, and nothing is held against it", number, unit)
    return {unit: figures for (unit, _), figures in found.items()}


def _figures(report: ParsedReport) -> dict[At, float]:
    return {(each.indicator, each.year): each.value for each in report.figures if each.value is not None}
