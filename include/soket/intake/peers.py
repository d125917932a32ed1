"""Peers: what other units of the same block had reported before a submission arrived.

Some checks hold a submission against its peers. A verdict must be the same whether a submission is judged in a batch or
alone, so only what arrived earlier counts, whether it was judged before or is judged now.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from soket.intake.examine import Examined
from soket.intake.likeness.sketch import body_of, from_text, sketch_of
from soket.intake.measured import kept_measured
from soket.intake.validation import SubmissionId
from soket.record.parsed import named_by, parsed_into
from soket.record.records import Figure, Measured, ParsedReport, Receipt, Verdict
from soket.record.register import Register
from soket.record.workspace import Workspace
from soket.store.store import MissingObjectError

_ALONE = "measured.json"  # where earlier editions of soket kept it, of each submission apart
_READERS = 8

log = logging.getLogger(__name__)

Arrival = tuple[datetime, str, int]


@dataclass(frozen=True)
class Peer:
    """One submission as its peers are measured by it."""

    unit: str
    number: int
    received_at: datetime
    sketch: bytes  # of its text: see intake.likeness
    figures: tuple[Figure, ...]

    @property
    def arrival(self) -> Arrival:
        """Its place in the order of arrival, the same for every reader."""
        return self.received_at, self.unit, self.number


class Peers:
    """The submissions of a campaign, block by block; those judged before are read when they are first asked for."""

    def __init__(self, workspace: Workspace, register: Register, examined: Iterable[Examined]) -> None:
        self._workspace = workspace
        self.register = register
        self._now = [
            Peer(each.receipt.unit, each.receipt.number, each.receipt.received_at, each.sketch, each.figures)
            for each in examined
        ]

    def arrivals(self) -> Iterable[Sequence[Peer]]:
        """Return the submissions of each block that the batch touches, in the order of arrival."""
        return self._by_block.values()

    def block_of(self, unit: str) -> list[Peer]:
        """Return every submission of a unit's block, its own too, in the order of arrival."""
        return self._by_block[self._block_of(unit)]

    @cached_property
    def _by_block(self) -> defaultdict[str, list[Peer]]:
        """Every submission by its unit's block, in the order of arrival."""
        blocks: defaultdict[str, list[Peer]] = defaultdict(list)
        for peer in sorted([*self._now, *self._judged_before()], key=lambda peer: peer.arrival):
            blocks[self._block_of(peer.unit)].append(peer)
        return blocks

    def _judged_before(self) -> Sequence[Peer]:
        wanted = {self._block_of(peer.unit) for peer in self._now}
        found = [
            (receipt, verdict)
            for entry in self.register.units.values()
            if self._block_of(entry.unit) in wanted
            for verdict in entry.verdicts
            for receipt in entry.receipts
            if receipt.number == verdict.number and verdict.parsed_key is not None
        ]
        if not found:
            return ()
        kept: dict[SubmissionId, Measured] = {}
        for block in {self._block_of(receipt.unit) for receipt, _ in found}:
            kept |= kept_measured(self._workspace, block)
        with ThreadPoolExecutor(_READERS) as pool:
            read = pool.map(lambda each: self._read(each[0], kept.get((each[0].unit, each[0].number))), found)
            peers = [peer for peer in read if peer is not None]
        there = {(peer.unit, peer.number) for peer in peers}
        return [*peers, *self._parsed([each for each in found if (each[0].unit, each[0].number) not in there])]

    def _read(self, receipt: Receipt, kept: Measured | None) -> Peer | None:
        """Return an earlier submission as it is measured; None where it was judged before that was kept, or spoilt."""
        with suppress(MissingObjectError, ValueError):
            return self._measured(receipt, kept or self._kept_alone(receipt))
        return None

    def _kept_alone(self, receipt: Receipt) -> Measured:
        key = self._workspace.keys.report(receipt.unit, receipt.number, _ALONE)
        return Measured.model_validate_json(self._workspace.store.get(key))

    def _measured(self, receipt: Receipt, measured: Measured) -> Peer:
        sketch = from_text(measured.sketch)
        return Peer(receipt.unit, receipt.number, receipt.received_at, sketch, measured.figures)

    def _parsed(self, judged: Sequence[tuple[Receipt, Verdict]]) -> Iterator[Peer]:
        """Yield others as they were read; those of which nothing can be read are no peers, and no later one suffers."""

        def measured(parsed: ParsedReport) -> tuple[bytes, tuple[Figure, ...]]:
            return sketch_of(self._workspace.plan, body_of(parsed.sections)), parsed.figures

        wanted = named_by(verdict for _, verdict in judged)
        read = parsed_into(measured, self._workspace.store, self._workspace.keys, wanted)
        for receipt, _ in judged:
            if found := read.get((receipt.unit, receipt.number)):
                yield Peer(receipt.unit, receipt.number, receipt.received_at, *found)
            else:
                log.warning("Submission %s of %s cannot be read and is no peer", receipt.number, receipt.unit)

    def _block_of(self, unit: str) -> str:
        return self._workspace.plan.unit(unit).block
