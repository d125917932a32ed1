"""The reports of one block, found by what they say: which earlier one has the most of a report, and how much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from soket.intake.likeness.sketch import RANGE, limit_of, numbers_of, share_of
from soket.intake.peers import Peer

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_FEWEST_RUNS = 100  # of a report's own: with fewer it says too little to be anybody's
_FEWEST_SEEN = 20  # numbers of a sketch
_MANY_UNITS, _MANY_SHARE = 10, 0.05  # a run that more units have had than either is common property
_LOOKED_AT = 5


@dataclass(frozen=True)
class Alike:
    """An earlier report that has a share of a later one."""

    peer: Peer
    share: float


class Arrivals:
    """The submissions of a block in the order of arrival, and which units had each run of words, since when."""

    def __init__(self, peers: Sequence[Peer]) -> None:
        import numpy as np

        self._peers = peers
        self._at = {(peer.unit, peer.number): index for index, peer in enumerate(peers)}
        codes = {unit: index for index, unit in enumerate(dict.fromkeys(peer.unit for peer in peers))}
        self._unit_at = np.array([codes[peer.unit] for peer in peers], dtype=np.int64)
        self._submissions: dict[int, list[int]] = {}
        for index, unit in enumerate(self._unit_at.tolist()):
            self._submissions.setdefault(unit, []).append(index)
        self._units_before = np.searchsorted([each[0] for each in self._submissions.values()], np.arange(len(peers)))
        self._index = self._made()

    def _made(self) -> npt.NDArray[np.uint64]:
        """Return, in ascending order, each run's number beside the place of each unit's first report that has it."""
        import numpy as np

        sketches = [numbers_of(peer.sketch) for peer in self._peers]
        places = np.repeat(np.arange(len(sketches), dtype=np.uint64), [len(each) for each in sketches])
        shifted = np.concatenate(sketches).astype(np.uint64) << np.uint64(32)
        _, first = np.unique(shifted | self._unit_at[places].astype(np.uint64), return_index=True)
        return np.sort(shifted[first] | places[first])

    def most_like(self, unit: str, number: int) -> Alike | None:
        """Return the earlier report that has the most of a submission's text; None where that says too little."""
        import numpy as np

        at = self._at[unit, number]
        own = numbers_of(self._peers[at].sketch)
        shifted = own.astype(np.uint64) << np.uint64(32)
        starts = np.searchsorted(self._index, shifted)
        counts = np.searchsorted(self._index, shifted | np.uint64(at)) - starts
        kept = counts <= max(_MANY_UNITS, _MANY_SHARE * self._units_before[at])
        if kept.sum() * RANGE / limit_of(own) < _FEWEST_RUNS:
            return None
        holders = self._index[_ranges(starts[kept], counts[kept])] & np.uint64(RANGE - 1)
        shared = np.bincount(self._unit_at[holders.astype(np.int64)], minlength=len(self._submissions))
        shared[self._unit_at[at]] = 0
        found = [
            Alike(peer, share)
            for other in np.argsort(-shared, kind="stable")[:_LOOKED_AT]
            if shared[other] and (peer := self._latest(int(other), at))
            for share, seen in [share_of(own[kept], numbers_of(peer.sketch), limit_of(own))]
            if seen >= _FEWEST_SEEN
        ]
        return max(found, key=lambda each: each.share, default=None)

    def _latest(self, unit: int, before: int) -> Peer | None:
        return next((self._peers[place] for place in reversed(self._submissions[unit]) if place < before), None)


def _ranges(starts: npt.NDArray[np.int64], counts: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return all places of some stretches, each given by its start and length."""
    import numpy as np

    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    shifts: npt.NDArray[np.int64] = np.repeat(starts - (ends - counts), counts)
    return shifts + np.arange(total)
