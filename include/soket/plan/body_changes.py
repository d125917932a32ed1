"""What changed in a plan's offices and units, and what of it is refused."""

from __future__ import annotations

from collections.abc import Iterator

from soket.plan.changes import Amendment, ChangeKind, Versions, turned
from soket.plan.model import Contact, Duty, Office, Plan, Unit


def office_changes(versions: Versions) -> Iterator[Amendment]:
    """Yield the changes of offices."""
    news = {office.code: office for office in versions.new.offices}
    for old in versions.old.offices:
        if (new := news.pop(old.code, None)) is None:
            held = old.code in versions.record.handed_in
            why = f"thư mục của {old.name} có tệp. Giữ cơ quan ấy trong kế hoạch." if held else ""
            yield Amendment(kind=ChangeKind.OFFICE_REMOVED, about=old.code, name=old.name, refused=why)
            continue
        yield from _contact(old.code, new.name, old.contact, new.contact)
        if old.model_dump(exclude={"contact"}) != new.model_dump(exclude={"contact"}):
            yield Amendment(kind=ChangeKind.SETTING, about=old.code, name=f"{new.name}: tên, tài khoản, thể thức")
    for new in news.values():
        yield Amendment(kind=ChangeKind.SETTING, about=new.code, name=new.name, after="thêm cơ quan")


def unit_changes(versions: Versions) -> Iterator[Amendment]:
    """Yield the changes of units."""
    olds, news = ({unit.code: unit for unit in plan.units} for plan in (versions.old, versions.new))
    added = {code: unit for code, unit in news.items() if code not in olds}
    for code, unit in olds.items():
        if code in news:
            yield from _unit(versions, unit, news[code])
            continue
        heir = next((each for each in added.values() if each.name == unit.name), None)
        if heir:
            del added[heir.code]
        yield _recoded(versions, unit, heir) if heir else _removed(versions, unit)
    for unit in added.values():
        yield Amendment(kind=ChangeKind.UNIT_ADDED, about=unit.code, name=unit.name, refused=_late(versions, unit))


def with_contacts(old: Plan, new: Plan) -> Plan:
    """Return a plan with the contacts that another has of its offices and units; the same plan where they are its own.

    Nothing else of a plan leans on an address: it holds whatever else is refused.
    """
    offices = {each.code: each for each in new.offices}
    units = {each.code: each for each in new.units}

    def office(own: Office) -> Office:
        other = offices.get(own.code, own)
        return own if own.contact == other.contact else own.model_copy(update={"contact": other.contact})

    def unit(own: Unit) -> Unit:
        other = units.get(own.code, own)
        same = (own.contact, own.head) == (other.contact, other.head)
        return own if same else own.model_copy(update={"contact": other.contact, "head": other.head})

    changed = {"offices": tuple(map(office, old.offices)), "units": tuple(map(unit, old.units))}
    return old if changed == {"offices": old.offices, "units": old.units} else old.model_copy(update=changed)


def _late(versions: Versions, unit: Unit) -> str:
    """Say that a unit that owes something from now on is late already."""
    stage = versions.new.stage_of(unit)
    last_day = versions.new.deadline_of(versions.after, stage, unit).last_day
    if unit.owes is Duty.EXEMPT or not versions.is_over(stage.id, last_day):
        return ""
    return "thời hạn của đơn vị đã qua, vừa được đề nghị đã là muộn. Ghi cho đơn vị một thời hạn riêng chưa đến."


def _removed(versions: Versions, unit: Unit) -> Amendment:
    stage, why = versions.old.stage_of(unit), ""
    if unit.code in versions.record.handed_in:
        why = "đã nộp tệp"
    elif stage.id in versions.record.done:
        why = f"giai đoạn “{stage.title}” đã khép lại và ghi tên đơn vị"
    if why:
        why += ". Giữ đơn vị trong kế hoạch; không cần báo cáo nữa thì miễn: soket act exempt, hoặc «owes: exempt»."
    return Amendment(kind=ChangeKind.UNIT_REMOVED, about=unit.code, name=unit.name, refused=why)


def _recoded(versions: Versions, old: Unit, new: Unit) -> Amendment:
    begun = versions.old.stage_of(old).id in versions.record.begun
    why = f"đơn vị đã được đề nghị, thư mục nộp, khóa, thư đều theo mã cũ. Giữ «code: {old.code}»; tên thì đổi được."
    return Amendment(
        kind=ChangeKind.UNIT_RECODED,
        about=new.code,
        name=new.name,
        before=old.code,
        after=new.code,
        refused=why if begun else "",
    )


def _unit(versions: Versions, old: Unit, new: Unit) -> Iterator[Amendment]:
    if old == new:
        return
    handed_in = old.code in versions.record.handed_in
    yield from turned(ChangeKind.UNIT_RENAMED, new.code, new.name, old.name, new.name)
    yield from _contact(new.code, new.name, old.contact, new.contact)
    yield from _contact(new.code, f"{new.name}, lãnh đạo", old.head, new.head)
    if old.block != new.block:
        blocks = versions.old.block(old.block).name, versions.new.block(new.block).name
        why = "đơn vị đã nộp tệp theo biểu, thời hạn của khối cũ. Giữ khối cũ." if handed_in else ""
        yield from turned(ChangeKind.UNIT_MOVED, new.code, new.name, *blocks, refused=why)
    if old.owes is not new.owes:
        other = Duty.EXEMPT not in (old.owes, new.owes) and Duty.COVERAGE_PLAN in (old.owes, new.owes)
        why = "đơn vị đã nộp tệp cho giai đoạn kia. Giữ việc cũ." if other and handed_in else ""
        why = why or (_late(versions, new) if old.owes is Duty.EXEMPT else "")
        yield Amendment(kind=ChangeKind.DUTY, about=new.code, name=new.name, refused=why)
    rest = {"aliases", "place", "exempt_reason", "predecessors"}
    if old.model_dump(include=rest) != new.model_dump(include=rest) and old.owes is new.owes:
        yield Amendment(kind=ChangeKind.SETTING, about=new.code, name=f"{new.name}: cách gọi, địa bàn, nơi sáp nhập")


def _contact(about: str, name: str, before: Contact, after: Contact) -> Iterator[Amendment]:
    if before != after:
        told = _say(before), _say(after)
        told = told if told[0] != told[1] else ("", "chức vụ, điện thoại, người thay")
        yield Amendment(kind=ChangeKind.CONTACT, about=about, name=name, before=told[0], after=told[1])


def _say(contact: Contact) -> str:
    return f"{contact.name}, {contact.email}"
