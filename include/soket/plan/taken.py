"""What a plan takes from its directory: the plan's data in full, and where each part of it stands.

A plan with `directory: <name>` may write an office as a code, and have a block list its units by code or take a group
of them. What it says itself of an office or a unit, by its code, goes before what the directory says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import Field

from soket.plan.directory import DirectoryFile, directory_file, directory_names, examined
from soket.plan.fault import DataPath, PlanFault, UnplacedFault
from soket.plan.held import MOST_TOLD, held
from soket.plan.model import Block, Duty, Office, Unit
from soket.plan.references import twice
from soket.plan.schema_errors import listed, nearest
from soket.plan.source import PlanSource
from soket.plan.strict import Slug, Strict

Place = tuple[PlanSource, DataPath]


class BlockTaking(Strict, title="Khối lấy đơn vị từ danh bạ"):
    """How a block of a plan with a directory says which units it has."""

    group: Slug | None = Field(None, description="Lấy mọi đơn vị của một nhóm, theo mã", examples=["cac_so"])
    without: tuple[Slug, ...] = Field((), description="Trừ các đơn vị này", examples=["[so_tai_chinh]"])
    units: tuple[Slug, ...] = Field((), description="Và lấy thêm các đơn vị này", examples=["[bao_nam_son]"])
    owes: Duty | None = Field(
        None, description="Mỗi đơn vị của khối phải gửi gì, nếu kế hoạch không ghi riêng", examples=["coverage_plan"]
    )


_TAKING = tuple(BlockTaking.model_fields)


@dataclass
class Taken:
    """A plan's data, with what it takes."""

    source: PlanSource
    data: dict[str, Any]
    directory: DirectoryFile | None = None
    findings: list[UnplacedFault] = field(default_factory=list)  # in the plan's own words for what it takes
    origins: dict[DataPath, Place] = field(default_factory=dict)  # of what stands elsewhere than in the data

    def fault(self, finding: UnplacedFault) -> PlanFault:
        """Return what is wrong in the data with its place in the file it comes from."""
        source, path = self._origin(finding.path)
        if finding.first is None:
            return source.fault(replace(finding, path=path))
        other, first = self._origin(finding.first)
        if other is source:
            return source.fault(replace(finding, path=path, first=first))
        message = f"{finding.message} (đã có ở {other.file.name}, dòng {other.line(first)})"
        return source.fault(replace(finding, path=path, first=None, message=message))

    def _origin(self, path: DataPath) -> Place:
        for length in range(len(path), 0, -1):
            if found := self.origins.get(path[:length]):
                return found[0], (*found[1], *path[length:])
        return self.source, path


def take(source: PlanSource) -> Taken:
    """Return a plan's data in full; the source's data is a mapping."""
    taken = Taken(source, source.data)
    name = source.data.get("directory")
    if name is None:
        taken.findings += _without_directory(source.data)
    elif not isinstance(name, str) or name not in directory_names():
        known = directory_names()
        hint = f"Có: {', '.join(known)}." if known else "Chưa có danh bạ nào trong thư mục directory."
        taken.findings.append(
            UnplacedFault(("directory",), f"không có danh bạ «{name}»", hint, nearest(str(name), known))
        )
    else:
        taken.directory = examined(directory_file(name))
        if taken.directory.made:
            _Taking(taken, taken.directory).take_all()
    return taken


def _without_directory(data: dict[str, Any]) -> Iterator[UnplacedFault]:
    for where, each in _listed(data, "blocks"):
        for key in _TAKING:
            if isinstance(each, dict) and key in each:
                message = f"«{key}» lấy đơn vị từ danh bạ mà kế hoạch chưa nêu danh bạ nào"
                yield UnplacedFault((*where, key), message, "Thêm «directory: tên danh bạ» ở đầu tệp.", at_key=True)


class _Taking:
    """One plan taking from one directory; what is no mapping or list where it should be is told by the model."""

    def __init__(self, taken: Taken, file: DirectoryFile) -> None:
        assert file.source is not None  # noqa: S101 - a sound directory was read from somewhere
        self.taken = taken
        self.file = file.source
        self.offices = {each["code"]: index for index, each in enumerate(self.file.data.get("offices") or ())}
        self.units = {each["code"]: index for index, each in enumerate(self.file.data.get("units") or ())}
        self.placed: dict[str, DataPath] = {}  # units by code: where the plan names them

    def take_all(self) -> None:
        """Replace offices, blocks and units of the plan's data by what they come to."""
        data = dict(self.taken.data)
        if isinstance(data.get("offices"), list):
            data["offices"] = list(self._offices())
        if isinstance(data.get("blocks"), list) and isinstance(data.get("units", []), list):
            data["blocks"], data["units"] = self._blocks_and_units()
        self.taken.data = data

    def _offices(self) -> Iterator[Any]:
        for where, own in _listed(self.taken.data, "offices"):
            code = own if isinstance(own, str) else _code(own)
            if code in self.offices:
                said = {} if isinstance(own, str) else own
                yield self._merged(where, ("offices", self.offices[code]), where, said, Office)
            elif isinstance(own, str):
                self._unknown(where, own, "cơ quan", self.offices)
                yield _stand_in(own, Office)
            else:
                yield own

    def _blocks_and_units(self) -> tuple[list[Any], list[Any]]:
        own = [(where, unit, _code(unit)) for where, unit in _listed(self.taken.data, "units")]
        said_of = {code: (where, unit) for where, unit, code in own if code}
        self.taken.findings += twice(
            [((*where, "code"), code) for where, _, code in own if code],
            "mã đơn vị, cơ quan «{name}» dùng hai lần",
            "Mỗi nơi một tên riêng.",
        )
        blocks: list[Any] = []
        units: list[Any] = []
        for where, block in _listed(self.taken.data, "blocks"):
            blocks.append(self._block(where, block) if isinstance(block, dict) else block)
            for taken, named_at in self._taken_by(where, block) if isinstance(block, dict) else ():
                said_at, said = said_of.get(taken, (named_at, {}))
                if said.get("block", block.get("code")) != block.get("code"):
                    self._told((*said_at, "block"), f"«{taken}» đã ở khối «{block.get('code')}»", first=named_at)
                units.append(self._unit(len(units), taken, said_at, said))
                for key, path in (("block", (*where, "code")), ("owes", (*where, "owes"))):
                    if key not in said and path[-1] in block:
                        units[-1][key] = block[path[-1]]
                        self.taken.origins["units", len(units) - 1, key] = (self.taken.source, path)
        for where, unit, code in own:  # what no block takes stands here: whole, or with what the directory knows of it
            if code in self.placed:
                continue
            if code and code in self.units:
                units.append(self._unit(len(units), code, where, unit))
            else:
                self.taken.origins["units", len(units)] = (self.taken.source, where)
                units.append(unit)
        return blocks, units

    def _block(self, where: DataPath, block: dict[Any, Any]) -> dict[Any, Any]:
        """Return a block without what says how it takes its units, and without what no block has."""
        known = [*Block.model_fields, *_TAKING]
        for key in block:
            if key not in known:
                message, hint = f"không có mục nào tên «{key}»", f"Dùng được: {listed(known)}."
                wrong = UnplacedFault((*where, key), message, hint, nearest(str(key), known), at_key=True)
                self.taken.findings.append(wrong)
        return {key: value for key, value in block.items() if key in Block.model_fields}

    def _unit(self, index: int, code: str, said_at: DataPath, said: dict[str, Any]) -> dict[str, Any]:
        """Return what a unit comes to; what the plan says of it stands where the plan says it."""
        at = ("units", index)
        if code not in self.units:
            self.taken.origins[at] = (self.taken.source, said_at)
            return _stand_in(code, Unit) | said
        unit = self._merged(at, ("units", self.units[code]), said_at, said, Unit)
        self.taken.origins.setdefault((*at, "block"), (self.taken.source, (*said_at, "block")))
        return unit

    def _taken_by(self, where: DataPath, block: dict[str, Any]) -> Iterator[tuple[str, DataPath]]:
        """Yield the codes of the units that a block takes, with where they are named."""
        said = {key: block[key] for key in _TAKING if key in block}
        taking, findings = held(BlockTaking, said, ())
        self.taken.findings += [replace(each, path=(*where, *each.path)) for each in findings]
        if taking is None:
            return
        named: list[tuple[str, DataPath]] = []
        if taking.group:
            members = [each["code"] for each in self.file.data.get("units") or () if each.get("group") == taking.group]
            if not members:
                groups = [each["code"] for each in self.file.data.get("groups") or ()]
                self._unknown((*where, "group"), taking.group, "nhóm", groups)
            for index, code in enumerate(taking.without):
                if code not in members:
                    self._unknown((*where, "without", index), code, "đơn vị", members)
            named += [(code, (*where, "group")) for code in members if code not in taking.without]
        named += [(code, (*where, "units", index)) for index, code in enumerate(taking.units)]
        for code, path in named:
            if code in self.placed:
                self._told(path, f"đơn vị «{code}» nêu hai lần", first=self.placed[code])
                continue
            if code not in self.units:
                self._unknown(path, code, "đơn vị", self.units)
            self.placed[code] = path
            yield code, path

    def _merged(
        self, at: DataPath, base_at: DataPath, own_at: DataPath, own: dict[str, Any], model: type[Strict]
    ) -> dict[str, Any]:
        """Return what the directory says with what the plan says before it, part by part."""
        base = self.file.data[base_at[0]][base_at[1]]
        said = {key: value for key, value in base.items() if key in model.model_fields}
        self.taken.origins[at] = (self.file, base_at)
        for key, value in own.items():
            here = (*at, key)
            if isinstance(value, dict) and isinstance(said.get(key), dict):
                said[key] = {**said[key], **value}
                for part in value:
                    self.taken.origins[*here, part] = (self.taken.source, (*own_at, key, part))
            else:
                said[key] = value
                self.taken.origins[here] = (self.taken.source, (*own_at, key))
        return said

    def _unknown(self, path: DataPath, name: str, what: str, known: Any) -> None:  # noqa: ANN401 - codes
        if len(self.taken.findings) > MOST_TOLD:
            return
        message = f"danh bạ {self.file.file.name} không có {what} «{name}»"
        hint = f"Xem mã trong danh bạ, hoặc thêm {what} này vào đó."
        self.taken.findings.append(UnplacedFault(path, message, hint, nearest(name, known)))

    def _told(self, path: DataPath, message: str, first: DataPath) -> None:
        self.taken.findings.append(UnplacedFault(path, message, "Để ở một chỗ.", first=first))


def _stand_in(code: str, model: type[Strict]) -> dict[str, Any]:
    """Return something in the place of what the directory does not have, so that only that is told."""
    contact = {"name": code, "email": "dia-chi@thay-the.example", "phone": code}
    whole = {"code": code, "name": code, "short_name": code, "account": code, "contact": contact, "head": contact}
    return {key: value for key, value in whole.items() if key in model.model_fields}


def _listed(data: dict[str, Any], key: str) -> Iterator[tuple[DataPath, Any]]:
    value = data.get(key)
    yield from (((key, index), each) for index, each in enumerate(value if isinstance(value, list) else ()))


def _code(thing: Any) -> str | None:  # noqa: ANN401 - whatever the file has
    code = thing.get("code") if isinstance(thing, dict) else None
    return code if isinstance(code, str) else None
