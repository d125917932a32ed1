"""What is kept of a closed campaign: every object with its SHA-256, and for people its papers on a few pages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from soket.documents.letterhead import ATTACHMENT, by_order
from soket.documents.rendering import render
from soket.plan.model import Campaign, Duty, Plan, Stage, StageKind
from soket.record.decision_lines import DecisionLine, decision_lines
from soket.record.products import CONTENT_TYPES
from soket.record.provisional import ROUND
from soket.record.register import Register
from soket.record.signed import IssuedPaper
from soket.record.words import product_names, submission_word
from soket.store.keys import Keys
from soket.store.record import Record
from soket.store.store import Store
from soket.text import format_date, format_number, format_size, upper_first

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
_PAPERS = frozenset(CONTENT_TYPES) - {"json", "png"} | {"doc", "odt", "pdf"}


class ManifestFile(Record):
    """One object, as it was when the campaign closed."""

    key: str
    size: int
    sha256: str


class Manifest(Record):
    """Every object, by key."""

    files: tuple[ManifestFile, ...]


@dataclass(frozen=True)
class Kept:
    """One line of the contents: a paper, a unit's report with all its files, or a decision."""

    title: str
    author: str
    file: str  # its key, or its folder's, without plan and campaign
    date: str = ""
    sign: str = ""  # number and sign, where they are known: papers get theirs by hand
    keys: tuple[str, ...] = ()  # of its objects


@dataclass
class KeptGroup:
    """Papers of one kind, by time."""

    name: str
    rows: list[Kept] = field(default_factory=list)


def kept_prefixes(keys: Keys) -> tuple[str, ...]:
    """Return the prefixes of all that is kept of a campaign."""
    return (keys.editions, keys.receipts, keys.reports, keys.decisions, keys.stages, keys.notices)


def manifest(store: Store, prefixes: Iterable[str]) -> Manifest:
    """Read every object under some prefixes and return their manifest."""
    keys = sorted({found.key for prefix in prefixes for found in store.list(prefix)})
    files = []
    for key in keys:
        data = store.get(key)
        files.append(ManifestFile(key=key, size=len(data), sha256=hashlib.sha256(data).hexdigest()))
    return Manifest(files=tuple(files))


def contents(
    plan: Plan, register: Register, entries: Manifest, proposed: Mapping[str, str] | None = None
) -> list[KeptGroup]:
    """Return what people look for among the objects of a manifest, as they look for it; empty groups not.

    `proposed`: of commendations, who they are, by their proposals' ids.
    """
    there = {file.key for file in entries.files}
    groups = {name: KeptGroup(name) for name in _ORDER}
    groups[_REQUEST].rows += _plan(plan, there)
    unlisted = set(there)
    for stage in plan.stages:
        groups[_GROUPS[stage.kind]].rows += _papers(plan, register, stage, unlisted)
    press = {unit.code for unit in plan.units if unit.owes is Duty.COVERAGE_PLAN}
    for code in register.units:
        group = _GROUPS[StageKind.PUBLISH] if code in press else _REPORTS
        groups[group].rows += _report(plan, register, code, there)
    groups[_DECISIONS].rows += _decisions(decision_lines(plan, register, proposed), register, there)
    return [group for group in groups.values() if group.rows]


def render_manifest(
    plan: Plan, campaign: Campaign, stage: Stage, entries: Manifest, groups: Iterable[KeptGroup], gaps: Sequence[str]
) -> bytes:
    """Return the contents as a Word file, with what they lack; the digest of the manifest holds for every object."""
    rows = []
    for group in _short_enough(plan, list(groups)):
        rows.append({"group": group.name, "count": len(group.rows)})
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


def _plan(plan: Plan, there: set[str]) -> Iterator[Kept]:
    """Yield the line of the plan, with all the editions that the campaign went by."""
    editions = sorted(key for key in there if key.startswith("plans/") and "/refused/" not in key)
    if editions:
        more = f" ({len(editions)} bản, do thay đổi trong đợt)" if len(editions) > 1 else ""
        folder = _short(editions[0]).rpartition("/")[0] + "/"
        yield Kept(
            f"Kế hoạch: {plan.short_title}{more}",
            plan.issuer,
            folder,
            sign=plan.document_number or "",
            keys=tuple(editions),
        )


def _papers(plan: Plan, register: Register, stage: Stage, unlisted: set[str]) -> Iterator[Kept]:
    """Yield what a stage made or took in, as of when it was there; what an earlier stage did, not again."""
    names = product_names(plan)
    stems = {name.rpartition(".")[0]: told for name, told in names.items()}
    entry = register.stages.get(stage.id)
    for record in entry.records if entry else ():
        if record.round == ROUND:  # a provisional draft, which its successors replaced
            continue
        for key in record.products:
            name = key.rpartition("/")[2]
            stem, _, extension = name.rpartition(".")
            if key not in unlisted or extension not in _PAPERS:
                continue
            unlisted.remove(key)
            author = plan.office(stage.owner).name
            if isinstance(issued := record.details, IssuedPaper) and issued.day:
                what = "Thông báo kết luận" if stage.kind is StageKind.CONFER else stage.delivers
                yield Kept(
                    f"{what} (bản đã ban hành)", author, _short(key), format_date(issued.day), issued.number, (key,)
                )
                continue
            title = upper_first(names.get(name) or stems.get(stem) or name)
            turn = f", vòng {record.round}" if record.round > 1 else ""
            yield Kept(title + turn, author, _short(key), format_date(record.at.date()), keys=(key,))


def _report(plan: Plan, register: Register, code: str, there: set[str]) -> Iterator[Kept]:
    """Yield a unit's line: the submission that counts or, without one, its last."""
    entry, keys = register.units[code], Keys(register.plan, register.campaign)
    receipts = [each for each in entry.receipts if keys.receipt(code, each.number) in there]
    if not receipts:
        return
    receipt = next((each for each in receipts if each.number == entry.accepted), receipts[-1])
    verdict = next((each for each in entry.outcomes if each.number == receipt.number), None)
    title = upper_first(str(submission_word(plan, verdict.kind).label)) if verdict else "Hồ sơ đã nộp"
    told = [] if entry.accepted == receipt.number else ["chưa được tiếp nhận"]
    told += [f"nộp {len(receipts)} lần"] if len(receipts) > 1 else []
    kept = tuple(file.key for file in receipt.files if file.key in there)
    folder = _short(kept[0]).partition("/files/")[0] if kept else ""
    yield Kept(
        title + (f" ({', '.join(told)})" if told else ""),
        plan.unit(code).name,
        f"{folder}/ ({len(kept)}\u00a0tệp)" if kept else "",
        format_date(receipt.received_at.date()),
        keys=kept,
    )


def _decisions(lines: Sequence[DecisionLine], register: Register, there: set[str]) -> Iterator[Kept]:
    keys = Keys(register.plan, register.campaign)
    for line in reversed(lines):
        title = ": ".join(part for part in (upper_first(line.kind), line.subject, line.content) if part)
        act, key = line.act, keys.decision(line.act.id)
        if key not in there:
            continue
        undone = " (đã hủy)" if line.undone_by else ""
        yield Kept(
            title + undone,
            act.granted_by,
            _short(key),
            format_date(act.decided_at.date()),
            act.document_number or "",
            keys=(key,),
        )


def _short(key: str) -> str:
    """Return a key without plan and campaign, which are the same in all."""
    root, _, _, rest = key.split("/", 3)
    return f"{root}/{rest}"
