"""What a sheet would change in a directory: bodies added, parts changed, bodies that it does not name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pydantic import EmailStr, TypeAdapter, ValidationError

from soket.directory.headings import LABELS
from soket.directory.sheet import SheetRow
from soket.plan.directory import Directory, ListedOffice, ListedUnit
from soket.plan.directory_checks import foreign
from soket.plan.fault import DataPath
from soket.plan.model import Contact
from soket.plan.schema_errors import nearest
from soket.text import fold

Listed = ListedUnit | ListedOffice

# What a sheet may change of a body that is in the directory: its name and its code are what it is known by.
_CHANGED = tuple(part for part in LABELS if part.startswith(("contact.", "head.")))


@dataclass(frozen=True)
class PartChange:
    """One part of one body, as it is and as the sheet has it."""

    row: int
    code: str
    name: str
    part: str
    old: str | None
    new: str
    path: DataPath  # in the directory's file

    @property
    def label(self) -> str:
        """What the part is called."""
        return LABELS[self.part].lower()


@dataclass(frozen=True)
class NewUnit:
    """A body that the sheet names and the directory does not."""

    row: int
    code: str
    parts: dict[str, str]
    group: str


@dataclass
class Changes:
    """All that a sheet comes to."""

    added: list[NewUnit] = field(default_factory=list)
    changed: list[PartChange] = field(default_factory=list)
    missing: list[Listed] = field(
        default_factory=list
    )  # in the directory and not in the sheet: nothing is done to them
    told: list[str] = field(default_factory=list)  # what somebody should look at

    def __bool__(self) -> bool:
        return bool(self.added or self.changed)


def changes_of(directory: Directory, rows: Sequence[SheetRow]) -> Changes:
    """Return what a sheet's rows would change in a directory."""
    return _Comparing(directory).compare(rows)


class _Comparing:
    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self.places: dict[str, DataPath] = {}
        self.bodies: dict[str, Listed] = {}
        self.by_name: dict[str, set[str]] = defaultdict(set)
        for index, office in enumerate(directory.offices):
            self._add(office, ("offices", index), (office.name, office.short_name))
        for index, unit in enumerate(directory.units):
            self._add(unit, ("units", index), (unit.name, *unit.aliases))
        self.groups = {fold(text): group.code for group in directory.groups for text in (group.code, group.name)}

    def _add(self, body: Listed, place: DataPath, names: Sequence[str]) -> None:
        self.places[body.code], self.bodies[body.code] = place, body
        for name in names:
            self.by_name[fold(name)].add(body.code)

    def compare(self, rows: Sequence[SheetRow]) -> Changes:
        """Return all that the rows come to."""
        changes, first = Changes(), dict[str, int]()
        for row in rows:
            changes.told += [f"dòng {row.number}, {row.name}: {words}" for words in row.told]
            code = self._code_of(row, changes)
            if code is None:
                continue
            if code in first:
                changes.told.append(f"dòng {row.number}, {row.name}: trùng với dòng {first[code]}; chỉ lấy dòng đầu")
                continue
            first[code] = row.number
            parts = dict(self._sound(row, changes))
            if code in self.bodies:
                changes.changed += self._changed(row, code, parts)
            elif new := self._new(row, code, parts, changes):
                changes.added.append(new)
        changes.missing = [body for code, body in self.bodies.items() if code not in first]
        changes.told += self._shared(changes)
        return changes

    def _code_of(self, row: SheetRow, changes: Changes) -> str | None:
        """Return the code that a row means: its own, that of its name, or for a new body one made of its name."""
        if code := row.parts.get("code"):
            if not re.fullmatch(r"[a-z][a-z0-9_]{1,60}", code):
                changes.told.append(f"dòng {row.number}: mã «{code}» viết chưa đúng (chữ thường không dấu, gạch dưới)")
                return None
            return code
        known = self.by_name.get(fold(row.name), set())
        if len(known) > 1:
            listed = ", ".join(sorted(known))
            changes.told.append(f"dòng {row.number}, {row.name}: tên chỉ {len(known)} nơi ({listed}); thêm cột Mã")
            return None
        if known:
            return next(iter(known))
        return re.sub(r"[^a-z0-9]+", "_", fold(row.name)).strip("_")[:60] or None

    def _sound(self, row: SheetRow, changes: Changes) -> Iterator[tuple[str, str]]:
        """Yield the parts that can be taken; addresses that are none, or of no official domain, are told."""
        for part, text in row.parts.items():
            if part.endswith(".email"):
                where = f"dòng {row.number}, {row.name}"
                try:
                    TypeAdapter(EmailStr).validate_python(text)
                except ValidationError:
                    changes.told.append(f"{where}: «{text}» không phải địa chỉ thư; chưa lấy")
                    continue
                if not text.isascii():
                    changes.told.append(f"{where}: địa chỉ thư «{text}» có dấu; chưa lấy")
                    continue
                if words := foreign(text, self.directory.mail_domains):
                    changes.told.append(f"{where}: {words}")
            yield part, text

    def _changed(self, row: SheetRow, code: str, parts: dict[str, str]) -> Iterator[PartChange]:
        body = self.bodies[code]
        for part in _CHANGED:
            whose, _, what = part.partition(".")
            if (new := parts.get(part)) is None or (whose == "head" and isinstance(body, ListedOffice)):
                continue
            person = getattr(body, whose)
            old = getattr(person, what) if person else None
            if old != new:
                yield PartChange(row.number, code, body.name, part, old, new, (*self.places[code], whose, what))

    def _new(self, row: SheetRow, code: str, parts: dict[str, str], changes: Changes) -> NewUnit | None:
        where = f"dòng {row.number}, {row.name}"
        likely = nearest(row.name, [body.name for body in self.bodies.values()])
        hint = f"; gần nhất là “{likely}”: nếu là đơn vị ấy thì thêm cột Mã" if likely else ""
        stated = [fold(text) for text in (parts.get("group"), row.section) if text]
        group = next((self.groups[text] for text in stated if text in self.groups), None)
        lacking = [LABELS[part] for part in ("name", "contact.name", "contact.email") if part not in parts]
        if group is None:
            lacking.append(f"Nhóm (ghi ở cột Nhóm: {', '.join(each.code for each in self.directory.groups)})")
        if lacking:
            changes.told.append(f"{where}: chưa có trong danh bạ{hint}; chưa thêm vì thiếu {', '.join(lacking)}")
            return None
        if "head.name" not in parts or "head.email" not in parts:
            changes.told.append(f"{where}: thiếu thủ trưởng hoặc thư điện tử thủ trưởng; kế hoạch chưa giao việc được")
        if hint:
            changes.told.append(f"{where}: thêm mới với mã {code}{hint}")
        assert group  # noqa: S101 - else it is lacking
        return NewUnit(row.number, code, parts, group)

    def _shared(self, changes: Changes) -> Iterator[str]:
        """Tell of addresses that two bodies would have in the end."""
        users: dict[str, dict[str, str]] = defaultdict(dict)
        new = {(each.code, each.part): each.new for each in changes.changed}
        for code, body in self.bodies.items():
            for whose in ("contact", "head"):
                person: Contact | None = getattr(body, whose, None)
                if address := new.get((code, f"{whose}.email"), person.email if person else None):
                    users[address.casefold()][code] = body.name
        for unit in changes.added:
            for part in ("contact.email", "head.email"):
                if part in unit.parts:
                    users[unit.parts[part].casefold()][unit.code] = unit.parts["name"]
        touched = {each.code for each in changes.changed} | {each.code for each in changes.added}
        for address, names in users.items():
            if len(names) > 1 and touched & {*names}:
                yield f"hộp thư {address} dùng chung cho {len(names)} nơi: {', '.join(names.values())}"
