"""What is kept of a closed campaign: every object with its SHA-256, and for people its papers on a few pages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from soket.documents.archive_lines import Kept, decisions_of, papers_of, plan_of, report_of
from soket.documents.letterhead import ATTACHMENT, by_order
from soket.documents.rendering import render
from soket.plan.model import Campaign, Duty, Plan, Stage, StageKind
from soket.record.commending import Proposed
from soket.record.decision_lines import decision_lines
from soket.record.register import Register
from soket.store.keys import Keys
from soket.store.record import Record
from soket.store.store import Store
from soket.text import format_number, format_size

_REQUEST = "Kế hoạch và văn bản đề nghị"
_REPORTS = "Báo cáo của các đơn vị"
_DECISIONS = "Quyết định trong đợt"
_GROUPS = {
    StageKind.COLLECT: _REQUEST,
    StageKind.DRAFT: "Dự thảo",
    StageKind.APPRAISE: "Thẩm định",
    StageKind.CONFER: "Hội nghị",
    StageKind.PUBLISH: "Tuyên truyền",
}
_ORDER = (_REQUEST, _REPORTS, *list(_GROUPS.values())[1:], _DECISIONS)
_MOST_LINES = 130  # of the list for people: about five pages


class ManifestFile(Record):
    """One object, as it was when the campaign closed."""

    key: str
    size: int
    sha256: str


class Manifest(Record):
    """Every object, by key."""

    files: tuple[ManifestFile, ...]


@dataclass
class KeptGroup:
    """Papers of one kind, by time."""

    name: str
    rows: list[Kept] = field(default_factory=list)

    @property
    def count(self) -> str:
        """How many there are, and how many of them do not count."""
        left = sum(not each.taken for each in self.rows)
        return f"{len(self.rows)}, trong đó {left} không được tiếp nhận" if left else f"{len(self.rows)}"


def kept_prefixes(keys: Keys) -> tuple[str, ...]:
    """Return the prefixes of all that is kept of a campaign."""
    told = (keys.editions, keys.receipts, keys.reports, keys.replies, keys.decisions, keys.stages, keys.notices)
    return (*told, keys.check_run(), keys.parsed())


def manifest(store: Store, prefixes: Iterable[str]) -> Manifest:
    """Read every object under some prefixes and return their manifest."""
    keys = sorted({found.key for prefix in prefixes for found in store.list(prefix)})
    files = []
    for key in keys:
        data = store.get(key)
        files.append(ManifestFile(key=key, size=len(data), sha256=hashlib.sha256(data).hexdigest()))
    return Manifest(files=tuple(files))


def contents(
    plan: Plan, register: Register, entries: Manifest, proposed: Mapping[str, Proposed] | None = None
) -> list[KeptGroup]:
    """Return what people look for among the objects of a manifest, as they look for it; empty groups not.

    `proposed`: of commendations, who they are, by their proposals' ids.
    """
    there = {file.key for file in entries.files}
    groups = {name: KeptGroup(name) for name in _ORDER}
    groups[_REQUEST].rows += plan_of(plan, there)
    unlisted = set(there)
    for stage in plan.stages:
        groups[_GROUPS[stage.kind]].rows += papers_of(plan, register, stage, unlisted)
    press = {unit.code for unit in plan.units if unit.owes is Duty.COVERAGE_PLAN}
    for code in register.units:
        group = _GROUPS[StageKind.PUBLISH] if code in press else _REPORTS
        groups[group].rows += report_of(plan, register, code, there)
    groups[_DECISIONS].rows += decisions_of(decision_lines(plan, register, proposed), register, there)
    return [group for group in groups.values() if group.rows]


def render_manifest(
    plan: Plan, campaign: Campaign, stage: Stage, entries: Manifest, groups: Iterable[KeptGroup], gaps: Sequence[str]
) -> bytes:
    """Return the contents as a Word file, with what they lack; the digest of the manifest holds for every object."""
    rows: list[dict[str, object]] = []
    listed = list(groups)
    for group, whole in zip(_short_enough(plan, listed), listed, strict=True):
        rows.append({"group": group.name, "count": whole.count})
        rows += [{"group": "", "number": number, "kept": kept} for number, kept in enumerate(group.rows, 1)]
    return render(
        "archive_manifest",
        {
            "head": by_order(plan, stage.owner, ATTACHMENT, campaign.closes),
            "plan": plan,
            "campaign": campaign,
            "count": format_number(len(entries.files)),
            "size": format_size(sum(file.size for file in entries.files)),
            "digest": hashlib.sha256(entries.to_json()).hexdigest(),
            "rows": rows,
            "gaps": gaps,
        },
    )


def _short_enough(plan: Plan, groups: list[KeptGroup]) -> list[KeptGroup]:
    """Return the contents with a line for each block of units where a line for each unit is more than few pages."""
    if sum(len(group.rows) for group in groups) <= _MOST_LINES:
        return groups
    block_of = {unit.name: plan.block(unit.block).name for unit in plan.units}
    return [KeptGroup(each.name, _by_block(each.rows, block_of)) if each.name == _REPORTS else each for each in groups]


def _by_block(rows: list[Kept], block_of: Mapping[str, str]) -> list[Kept]:
    by_block: dict[str, list[Kept]] = {}
    for kept in rows:
        by_block.setdefault(block_of[kept.author], []).append(kept)
    return [
        Kept(
            f"Báo cáo của {len(own)} đơn vị (từng đơn vị: trang xem của bản xuất)",
            block,
            f"reports/MÃ_ĐƠN_VỊ/ ({sum(len(each.keys) for each in own)}\u00a0tệp)",
            keys=tuple(key for each in own for key in each.keys),
        )
        for block, own in by_block.items()
    ]
