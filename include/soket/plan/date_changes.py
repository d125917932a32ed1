"""What changed in a plan's stages and dates, and what of it is refused."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from soket.plan.changes import Amendment, ChangeKind, MovedDate, Versions, turned
from soket.plan.dates import Deadline
from soket.plan.model import Stage
from soket.text import format_date

_FLOW = ("kind", "after", "returns_to", "blocks")
_HOLDERS = ("owner", "receiver")


def stage_changes(versions: Versions) -> Iterator[Amendment]:
    """Yield the changes of stages."""
    olds, news = ({stage.id: stage for stage in plan.stages} for plan in (versions.old, versions.new))
    for code, stage in news.items():
        if code in olds:
            yield from _stage(versions, olds[code], stage)
            continue
        begun = [each.title for each in versions.new.downstream(stage) if each.id in versions.record.begun]
        why = f"giai đoạn đi sau nó đã bắt đầu: {', '.join(begun)}. Cho giai đoạn mới đi sau các giai đoạn ấy."
        yield Amendment(kind=ChangeKind.STAGE_ADDED, about=code, name=stage.title, refused=why if begun else "")
    for code, stage in olds.items():
        if code not in news:
            why = "giai đoạn đã bắt đầu. Giữ giai đoạn; cần dừng thì tạm dừng (pause) luồng của nó trên Airflow."
            refused = why if code in versions.record.begun else ""
            yield Amendment(kind=ChangeKind.STAGE_REMOVED, about=code, name=stage.title, refused=refused)


def _stage(versions: Versions, old: Stage, new: Stage) -> Iterator[Amendment]:
    yield from turned(ChangeKind.TITLE, new.id, "giai đoạn", old.title, new.title)
    if any(getattr(old, each) != getattr(new, each) for each in _FLOW):
        why = "giai đoạn đã bắt đầu. Giữ loại, thứ tự, khối như cũ." if old.id in versions.record.begun else ""
        yield Amendment(kind=ChangeKind.STAGE_MOVED, about=new.id, name=new.title, refused=why)
    for each in _HOLDERS:
        offices = versions.old.office(getattr(old, each)).name, versions.new.office(getattr(new, each)).name
        if getattr(old, each) != getattr(new, each):
            yield from turned(ChangeKind.OWNER, new.id, new.title, *offices)
    rest = {"title", *_FLOW, *_HOLDERS}
    if old.model_dump(exclude=rest) != new.model_dump(exclude=rest):
        yield Amendment(kind=ChangeKind.SETTING, about=new.id, name=f"{new.title}: sản phẩm, căn cứ, khi hết hạn")


def span_changes(versions: Versions) -> Iterator[Amendment]:
    """Yield the changes of a campaign's own days."""
    begun = versions.before.start <= versions.record.now
    why = f"đợt đã mở từ ngày {format_date(versions.before.opens)}. Giữ ngày mở cũ." if begun else ""
    yield from _days("campaign", "ngày mở đợt", versions.before.opens, versions.after.opens, why)
    over = versions.after.end <= versions.record.now
    why = "ngày cuối mới đã qua. Ghi một ngày chưa qua." if over else ""
    yield from _days("campaign", "ngày cuối của đợt", versions.before.closes, versions.after.closes, why)


def date_changes(versions: Versions) -> Iterator[Amendment]:
    """Yield the changes of stages' openings and dates."""
    for code, new in versions.after.stages.items():
        if (old := versions.before.stages.get(code)) is None:
            continue
        title = versions.new.stage(code).title
        if old.opens != new.opens:
            begun = code in versions.record.begun
            why = f"đã mở từ ngày {format_date(old.opens)}. Giữ ngày mở cũ; cần làm lại thì mở lại giai đoạn."
            days = format_date(old.opens), format_date(new.opens)
            yield from turned(ChangeKind.OPENING, code, title, *days, refused=why if begun else "")
        yield from _date(versions, code, title, old, new)


def _date(versions: Versions, code: str, title: str, old: Deadline, new: Deadline) -> Iterator[Amendment]:
    moved = tuple(_moved(versions, code))
    if old.last_day == new.last_day and not moved:
        return
    ends = [*(each.after for each in moved), *([new.last_day] if old.last_day != new.last_day else [])]
    over = any(versions.is_over(code, each) for each in ends)
    why = "thời hạn mới đã qua, chưa ai kịp biết đã thành muộn. Ghi một ngày chưa qua." if over else ""
    same = old.last_day == new.last_day
    days = ("", "của khối, của đơn vị") if same else (f"hết ngày {format_date(each.last_day)}" for each in (old, new))
    before, after = days
    own = () if same else (MovedDate(units=(), before=old.last_day, after=new.last_day),)
    yield Amendment(
        kind=ChangeKind.DATE, about=code, name=title, before=before, after=after, moved=(*own, *moved), refused=why
    )


def _moved(versions: Versions, stage: str) -> Iterator[MovedDate]:
    """Yield the moves of units' dates in a stage, those alike together."""
    units: defaultdict[tuple[date, date], list[str]] = defaultdict(list)
    olds = {unit.code: unit for unit in versions.old.units}
    for unit in versions.new.units:
        now = versions.new.stage_of(unit)
        if unit.code not in olds or now.id != stage:
            continue
        old = olds[unit.code]
        before = versions.old.deadline_of(versions.before, versions.old.stage_of(old), old).last_day
        after = versions.new.deadline_of(versions.after, now, unit).last_day
        if before != after:
            units[before, after].append(unit.code)
    for (before, after), codes in units.items():
        yield MovedDate(units=tuple(codes), before=before, after=after)


def _days(about: str, name: str, before: date, after: date, refused: str) -> Iterator[Amendment]:
    yield from turned(ChangeKind.SPAN, about, name, format_date(before), format_date(after), refused)
