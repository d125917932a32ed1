"""A directory: the bodies of a province, and who is reached there, once for every plan.

A plan names its directory and takes what it needs (`soket.plan.taken`); what reads plans knows no directories.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

from pydantic import Field, model_validator

from soket.folders import folder_of
from soket.plan.bodies import PLACE
from soket.plan.directory_checks import CHECKS, DOUBTS
from soket.plan.edition_files import check_named_editions
from soket.plan.fault import PlanFault, UnplacedFault
from soket.plan.file_text import state_of, yaml_files
from soket.plan.held import HeldFile, held_file, in_order
from soket.plan.model import Contact, Office, Plan, Predecessor
from soket.plan.references import unknown
from soket.plan.schema_errors import nearest
from soket.plan.slips import OF_DATA
from soket.plan.strict import Slug, Strict, Text
from soket.plan.years import check_years_of_bodies
from soket.text import format_date

ENVIRONMENT_VARIABLE = "SOKET_DIRECTORY"


class Dated(Strict, title="Từ ngày đến ngày"):
    """What holds from a day to a day, as far as the public record says."""

    valid_from: date | None = Field(None, description="Có từ ngày", examples=["2025-07-01"])
    valid_to: date | None = Field(None, description="Có đến hết ngày", examples=["2025-06-30"])

    @model_validator(mode="after")
    def _begins_first(self) -> Dated:
        if self.valid_from and self.valid_to and self.valid_from > self.valid_to:
            raise ValueError("«valid_from» (từ ngày) sau «valid_to» (đến hết ngày)")
        return self

    def holds_on(self, day: date) -> bool:
        """Whether it holds on a day."""
        return (self.valid_from or day) <= day <= (self.valid_to or day)


class ListedOffice(Office, Dated, title="Cơ quan trong danh bạ"):
    """An office that plans may give a part to."""


class ListedUnit(Dated, title="Đơn vị trong danh bạ"):
    """A body that plans may ask for a report."""

    code: Slug = Field(description="Mã đơn vị, không trùng", examples=["h_thach_lam"])
    name: Text = Field(description="Tên đầy đủ", examples=["Huyện ủy Thạch Lâm"])
    aliases: tuple[Text, ...] = Field((), description="Tên gọi khác", examples=["[H. Thạch Lâm]"])
    place: Text | None = Field(None, description=PLACE, examples=["huyện Thạch Lâm"])
    kind: Text | None = Field(None, description="Loại: xã, phường, sở, …", examples=["huyện"])
    group: Slug = Field(description="Nhóm của đơn vị, theo mã", examples=["huyen_thi_thanh_uy"])
    contact: Contact = Field(description="Đầu mối nhận thư", examples=["{name: Văn thư, email: vanthu@donvi.example}"])
    head: Contact | None = Field(
        None,
        description="Thủ trưởng; kế hoạch hỏi đơn vị thì phải có",
        examples=["{name: Bí thư, email: bithu@donvi.example}"],
    )
    predecessors: tuple[Predecessor, ...] = Field(
        (), description="Đơn vị cũ, trong danh bạ nêu ở «follows»", examples=["[{unit: h_thach_lam, share: 0.35}]"]
    )


class UnitGroup(Strict, title="Nhóm đơn vị"):
    """Units that plans take together."""

    code: Slug = Field(description="Mã nhóm, không trùng", examples=["huyen_thi_thanh_uy"])
    name: Text = Field(description="Tên nhóm", examples=["Các huyện ủy, thị ủy, thành ủy"])


class Directory(Dated, title="Danh bạ"):
    """The bodies of a province at a time. The file is named after its id."""

    id: Slug = Field(description="Mã danh bạ, như tên tệp", examples=["tinh_nam_son"])
    title: Text = Field(description="Tên danh bạ", examples=["Danh bạ tỉnh Nam Sơn"])
    follows: Slug | None = Field(
        None, description="Danh bạ của bộ máy trước, nơi có các đơn vị cũ", examples=["tinh_nam_son_cu"]
    )
    mail_domains: tuple[Text, ...] = Field(
        (), description="Tên miền công vụ; địa chỉ ngoài đó thì được nêu để xem lại", examples=["[tinh.example]"]
    )
    groups: tuple[UnitGroup, ...] = Field(
        (), description="Các nhóm đơn vị", examples=["[{code: cac_so, name: Các sở}]"]
    )
    offices: tuple[ListedOffice, ...] = Field((), description="Các cơ quan có thể giữ phần việc trong kế hoạch")
    units: tuple[ListedUnit, ...] = Field((), description="Các đơn vị")


DirectoryFile = HeldFile[Directory]


def directory_folder() -> Path:
    """Return the folder of directories: `SOKET_DIRECTORY`, or the one beside this package."""
    return folder_of(ENVIRONMENT_VARIABLE, "directory")


def directory_names() -> list[str]:
    """Return the names of the directories that there are."""
    return [path.stem for path in yaml_files(directory_folder())]


def directory_file(name: str) -> Path:
    """Return where the directory of a name lies."""
    return directory_folder() / f"{name}.yaml"


def examined(file: Path) -> DirectoryFile:
    """Return what a directory's file holds, read once for as long as it stays as it is."""
    state = state_of(file)
    return _examined(file) if state is None else _remembered(file, state)


def doubts_of(file: DirectoryFile) -> list[PlanFault]:
    """Return what is odd in a sound directory: it can be used, and somebody should look."""
    if file.source is None or file.made is None:
        return []
    found = [each for doubt in (*DOUBTS, *OF_DATA) for each in doubt(file.source.data)]
    return in_order(map(file.source.fault, [*found, *_unknown_predecessors(file.made)]))


def _unknown_predecessors(directory: Directory) -> Iterator[UnplacedFault]:
    """Find predecessors that the directory before does not have."""
    if directory.follows is None:
        return
    if directory.follows not in directory_names() or directory.follows == directory.id:
        yield unknown(("follows",), directory.follows, "danh bạ", [*{*directory_names()} - {directory.id}])
        return
    before = examined(directory_file(directory.follows)).made
    known = [unit.code for unit in before.units] if before else []
    for index, unit in enumerate(directory.units):
        for place, each in enumerate(unit.predecessors):
            if before and each.unit not in known:
                path = ("units", index, "predecessors", place, "unit")
                message = f"danh bạ {before.id} không có đơn vị «{each.unit}»"
                yield UnplacedFault(path, message, "Xem mã trong danh bạ ấy.", nearest(each.unit, known))


def outlived(plan: Plan, directory: Directory) -> Iterator[UnplacedFault]:
    """Find campaigns that a plan's directory, or one of its bodies, does not hold for any more, or not yet."""
    listed = {unit.code: unit for unit in directory.units}
    for index, campaign in enumerate(plan.campaigns):
        if not directory.holds_on(campaign.opens):
            path, words = (
                ("campaigns", index, "opens"),
                f"đợt «{campaign.code}» mở khi danh bạ {directory.id} không đúng",
            )
            yield UnplacedFault(path, f"{words} ({_span_words(directory)})", "Dùng danh bạ của bộ máy khi ấy.")
            continue
        for at, unit in enumerate(plan.units):
            body = listed.get(unit.code)
            if body and not body.holds_on(campaign.opens):
                words = f"đợt «{campaign.code}» mở khi không có «{unit.code}» ({_span_words(body)})"
                yield UnplacedFault(("units", at), words, "Bỏ đơn vị này, hoặc ghi đơn vị thay nó.")


def _span_words(dated: Dated) -> str:
    words = [f"từ ngày {format_date(dated.valid_from)}"] if dated.valid_from else []
    words += [f"đến hết ngày {format_date(dated.valid_to)}"] if dated.valid_to else []
    return " ".join(words)


def state_of_directories() -> tuple[tuple[Path, tuple[int, ...] | None], ...]:
    """Return what changes when a directory's file does: a plan is read again then."""
    return tuple((file, state_of(file)) for file in yaml_files(directory_folder()))


@lru_cache(maxsize=16)
def _remembered(file: Path, _state: object) -> DirectoryFile:
    return _examined(file)


def _examined(file: Path) -> DirectoryFile:
    return held_file(file, Directory, (*CHECKS, check_years_of_bodies, check_named_editions), "danh bạ")
