"""Bodies that a plan names, matched with a directory by name and alias; the others are written out with examples."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from soket.plan.directory import Directory
from soket.plan_reading.asking import Asking, OpenQuestion
from soket.plan_reading.bodies import NamedBody
from soket.plan_reading.groups import BodyGroup
from soket.plan_reading.review_step import key_of
from soket.plan_reading.yaml_text import Flow, noted
from soket.text import flat

_LONGEST_CODE = 40
_DOMAIN = "vi-du.example"  # reserved: mail to it goes nowhere


def code_of(name: str, taken: Iterable[str] = ()) -> str:
    """Return a code made of a name's letters: none of those that are taken."""
    words = "_".join(re.findall(r"[a-z0-9]+", flat(name)))
    if len(words) > _LONGEST_CODE:  # whole words
        words = words[: _LONGEST_CODE + 1].rpartition("_")[0] or words[:_LONGEST_CODE]
    code = words if words[:1].isalpha() and len(words) > 1 else f"x_{words}"
    used, number = set(taken), 2
    while code in used:
        code = f"{code.rstrip('0123456789_')}_{number}"
        number += 1
    return code


@dataclass
class Known:
    """The offices of the plan being written, and the units of its blocks."""

    directory: Directory | None
    asking: Asking
    offices: dict[str, object] = field(default_factory=dict)  # by code, as the plan lists them
    units: list[object] = field(default_factory=list)
    unmatched: list[str] = field(default_factory=list)
    _contacts: dict[str, dict[str, str]] = field(default_factory=dict)  # of offices that are written out
    _units: list[str] = field(default_factory=list)
    _codes: dict[str, str] = field(default_factory=dict)

    def name_of(self, body: NamedBody, where: str) -> str:
        """Return a body's name; of one that may be several, or whose name may end earlier, what is answered."""
        if not body.unsure or self.unit(body.name) or self._in_directory(key_of(body.name)):
            return body.name
        words = f"{where}: «{body.name}» có đúng là tên một cơ quan không? Nếu không, ghi đúng tên"
        return self.asking.ask(OpenQuestion(f"ten_{code_of(body.name)}", words, body.name)) or body.name

    def office(self, body: NamedBody | str, where: str = "", *, phone: bool = False) -> str:
        """Return the code of an office, listed from now on."""
        name = body if isinstance(body, str) else self.name_of(body, where)
        key = key_of(name)
        if key not in self._codes:
            self._codes[key] = self._matched(key) or self._written_out(name, where)
        code = self._codes[key]
        if (
            phone
            and isinstance(entry := getattr(self.offices[code], "value", None), dict)
            and not entry["contact"].value.get("phone")
        ):
            entry["contact"].value["phone"] = "0000 000 000"
            self.asking.example("số điện thoại của cơ quan chủ trì; mọi thư gửi đơn vị ghi số này, thay bằng số thật")
        return code

    def group(self, group: BodyGroup) -> str | None:
        """Return the code of the directory's group that a group of units is; None where it has none."""
        wanted = {group.code, key_of(group.name)}
        groups = self.directory.groups if self.directory else ()
        return next((each.code for each in groups if each.code in wanted or key_of(each.name) in wanted), None)

    def unit(self, name: str) -> str | None:
        """Return the code of the directory's unit with a name or alias; None where none or two have it."""
        key = key_of(name)
        listed = self.directory.units if self.directory else ()
        found = {each.code for each in listed if key in map(key_of, (each.name, *each.aliases))}
        return found.pop() if len(found) == 1 else None

    def write_unit(self, name: str, group: BodyGroup, *, example: bool = False) -> None:
        """Write a unit out that no directory has, with addresses that are examples."""
        if self.directory and not example:
            self.unmatched.append(name)
        code = code_of(name, [*self.offices, *self._units])
        self._units.append(code)
        host = f"{code.replace('_', '-')}.{_DOMAIN}"
        words = f"«{name}»; thay bằng đơn vị thật" if example else "địa chỉ thư của đơn vị viết trong kế hoạch"
        entry = {
            "code": code,
            "name": name,
            "block": group.code,
            **({"owes": "coverage_plan"} if group.press else {}),
            "contact": Flow({"name": f"Văn thư {name}", "email": f"vanthu@{host}"}),
            "head": Flow({"name": f"Thủ trưởng {name}", "email": f"thutruong@{host}"}),
        }
        self.units.append(noted(entry, self.asking.example(words)))

    def _matched(self, key: str) -> str | None:
        if code := self._in_directory(key):
            self.offices[code] = code
        return code

    def _in_directory(self, key: str) -> str | None:
        listed = self.directory.offices if self.directory else ()
        found = {each.code for each in listed if key in map(key_of, (each.name, each.short_name))}
        return found.pop() if len(found) == 1 else None

    def _written_out(self, name: str, where: str) -> str:
        if self.directory:
            self.unmatched.append(name)
        code = code_of(name, [*self.offices, *self._units])
        contact = {"name": name, "email": f"{code.replace('_', '-')}@{_DOMAIN}"}
        entry = {"code": code, "name": name, "short_name": name, "contact": Flow(contact), "account": code}
        self.offices[code] = noted(
            entry, where, self.asking.example("địa chỉ thư, tài khoản của các cơ quan viết trong kế hoạch")
        )
        return code
