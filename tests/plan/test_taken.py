"""A plan that takes bodies from a directory is the plan that types them; faults stand in the file they are in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import REPOSITORY
from effort import within
from soket.plan.check import check, doubtful, examine
from soket.plan.directory import ENVIRONMENT_VARIABLE
from soket.plan.fault import PlanFault
from soket.plan.loader import load
from soket.plan.model import Duty, Plan

HERE = Path(__file__).parent
TYPED = (HERE / "small.yaml").read_text(encoding="utf-8")
DIRECTORY = (HERE / "small_directory.yaml").read_text(encoding="utf-8")


def between(text: str, start: str, end: str) -> str:
    return text[text.index(start) : text.index(end)]


# The same plan, with what the directory says left to it.
TAKING = (
    TYPED.replace(between(TYPED, "offices:", "roles:"), "offices: [tuyen_giao, van_phong]\n")
    .replace(between(TYPED, "units:", "stages:"), "")
    .replace("id: small\n", "id: small\ndirectory: tinh_nho\n")
)
for name, taken in (
    ("Huyện", "group: cac_huyen"),
    ("Sở", "units: [so_hai]"),
    ("Báo", "group: khac, without: [so_hai], owes: coverage_plan"),
):
    TAKING = TAKING.replace(f"name: {name}, leader: tuyen_giao", f"name: {name}, leader: tuyen_giao, {taken}", 1)
    assert taken in TAKING

OWN_UNIT = (
    "units:\n"
    "  - {code: so_bon, name: Sở Bốn, block: so, contact: {name: A, email: a@bon.example}, "
    "head: {name: B, email: b@bon.example}}\n"
    "stages:"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a directory and a plan that takes from it."""
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(tmp_path))
    (tmp_path / "tinh_nho.yaml").write_text(DIRECTORY, encoding="utf-8")
    return tmp_path


@pytest.fixture
def checked(folder: Path) -> Callable[..., list[PlanFault]]:
    """Give the faults of the plan, with `old` for `new` in it, or in the directory."""

    def checked(old: str = "", new: str = "", *, directory: bool = False) -> list[PlanFault]:
        for name, text in (("tinh_nho", DIRECTORY), ("plan", TAKING)):
            changed = directory == (name == "tinh_nho")
            assert not changed or old in text, old
            (folder / f"{name}.yaml").write_text(text.replace(old, new, 1) if changed else text, encoding="utf-8")
        return check(folder / "plan.yaml")

    return checked


def plan_of(folder: Path, text: str) -> Plan:
    file = folder / "plan.yaml"
    file.write_text(text, encoding="utf-8")
    plan, faults = examine(file)
    assert plan, "\n".join(map(str, faults))
    return plan


def test_taking_comes_to_what_typing_does(folder: Path) -> None:
    typed, taking = plan_of(folder, TYPED), plan_of(folder, TAKING)
    assert taking.directory == "tinh_nho"
    assert taking.model_copy(update={"directory": None}) == typed


def test_a_plan_says_otherwise_of_one_unit(folder: Path) -> None:
    own = "units:\n  - {code: so_hai, owes: own_review, contact: {phone: 0239 111 111}}\nstages:"
    plan = plan_of(folder, TAKING.replace("stages:", own, 1))
    unit = plan.unit("so_hai")
    assert (unit.owes, unit.block, unit.contact.email, unit.contact.phone) == (
        Duty.OWN_REVIEW,
        "so",
        "vt@hai.example",
        "0239 111 111",
    )


def test_a_plan_has_units_of_its_own(folder: Path) -> None:
    own = OWN_UNIT
    plan = plan_of(folder, TAKING.replace("stages:", own, 1))
    assert [unit.code for unit in plan.units] == ["h_mot", "so_hai", "bao_ba", "so_bon"]


def test_a_plan_says_otherwise_of_an_office(folder: Path) -> None:
    own = "offices: [tuyen_giao, {code: van_phong, account: chanh_vp}]"
    plan = plan_of(folder, TAKING.replace("offices: [tuyen_giao, van_phong]", own))
    assert (plan.office("van_phong").account, plan.office("van_phong").short_name) == ("chanh_vp", "VP")


# What is edited in which file, into what (# <- marks the line to blame, of that file), what is said, the name offered.
CASES: dict[str, tuple[str, str, str, str, str | None]] = {
    "no such directory": ("plan", "directory: tinh_nho", "directory: tinh_nhu  # <-", "không có danh bạ", "tinh_nho"),
    "unknown unit": ("plan", "units: [so_hai],", "units: [so_hay],", "không có đơn vị «so_hay»", "so_hai"),
    "unknown group": ("plan", "group: cac_huyen", "group: cac_huyn", "không có nhóm «cac_huyn»", "cac_huyen"),
    "unknown office": ("plan", "[tuyen_giao, van_phong]", "[tuyen_giao, van_phon]  # <-", "«van_phon»", "van_phong"),
    "unknown exception": ("plan", "without: [so_hai]", "without: [so_hao]", "không có đơn vị «so_hao»", "so_hai"),
    "unit taken twice": ("plan", "units: [so_hai]", "units: [so_hai, h_mot]", "«h_mot» nêu hai lần", None),
    "no such duty": ("plan", "owes: coverage_plan", "owes: coverage", "cần một trong các từ", "coverage_plan"),
    "misspelt": ("plan", "group: cac_huyen", "grup: cac_huyen", "không có mục nào tên «grup»", "group"),
    "no head": ("directory", "    head: {name: Giám đốc, email: gd@hai.example}\n", "", "thiếu mục «head»", None),
    "bad address": ("directory", "vt@hai.example}", "vt.hai.example}  # <-", "địa chỉ thư không hợp lệ", None),
    "unknown key": ("directory", "    kind: huyện", "    knd: huyện  # <-", "không có mục nào tên «knd»", "kind"),
    "group of a unit": ("directory", "group: cac_huyen", "group: cac_huye  # <-", "nhóm «cac_huye»", "cac_huyen"),
    "one code for two": ("directory", "code: bao_ba", "code: so_hai  # <-", "«so_hai» dùng hai lần", None),
    "syntax": ("directory", "name: Sở Hai", "name: Sở: Hai  # <-", "dấu hai chấm không đúng chỗ", None),
    "other id": ("directory", "id: tinh_nho", "id: tinh_lon  # <-", "«id» khác tên tệp «tinh_nho»", None),
    "nobody to follow": ("directory", "kind: huyện", "predecessors: [{unit: h_cu}]  # <-", "chưa rõ đơn vị cũ", None),
    "ends first": ("directory", "2021-01-01", "2021-01-01\n    valid_to: 2020-01-01", "sau «valid_to»", None),
}


@pytest.mark.parametrize("name", CASES)
def test_a_fault_is_found_in_its_file_on_its_line(name: str, checked: Callable[..., list[PlanFault]]) -> None:
    where, old, new, message, offered = CASES[name]
    faults = checked(old, new, directory=where == "directory")
    assert faults
    fault = next((each for each in faults if message in each.message), None)
    assert fault, "\n".join(map(str, faults))
    assert fault.nearest == offered
    assert fault.file.name == ("plan.yaml" if where == "plan" else "tinh_nho.yaml")
    lines = fault.file.read_text(encoding="utf-8").splitlines()
    if any("# <-" in line for line in lines):
        assert "# <-" in lines[fault.line - 1], fault


def test_what_is_unknown_is_told_without_what_follows_from_it(checked: Callable[..., list[PlanFault]]) -> None:
    assert len(checked("units: [so_hai]", "units: [so_hay]")) == 1
    assert len(checked("directory: tinh_nho", "directory: tinh_nhu")) == 1
    faults = checked("[tuyen_giao, van_phong]", "[tuyen_giao, van_phon]")
    assert all("van_phon" in fault.message for fault in faults)


def test_what_is_found_twice_names_the_other_file(checked: Callable[..., list[PlanFault]]) -> None:
    own = OWN_UNIT.replace("name: Sở Bốn", "name: Sở Hai")
    (fault,) = checked("stages:", own)
    assert fault.file.name == "plan.yaml"
    assert "chỉ hai đơn vị (đã có ở tinh_nho.yaml, dòng 30)" in fault.message


def test_taking_without_a_directory_is_told(checked: Callable[..., list[PlanFault]]) -> None:
    faults = checked("directory: tinh_nho\n", "")
    assert "chưa nêu danh bạ nào" in "\n".join(map(str, faults))


def test_a_plan_is_read_again_when_its_directory_changes(folder: Path) -> None:
    file = folder / "plan.yaml"
    file.write_text(TAKING, encoding="utf-8")
    assert load(file).unit("so_hai").contact.email == "vt@hai.example"
    text = DIRECTORY.replace("vt@hai.example", "vanthu@hai.example")
    (folder / "tinh_nho.yaml").write_text(text, encoding="utf-8")
    assert load(file).unit("so_hai").contact.email == "vanthu@hai.example"


def test_what_is_odd_is_told_in_the_plan(folder: Path) -> None:
    text = TAKING.replace("2021-11-11: Nghỉ riêng", "2021-11-14: Nghỉ riêng")
    plan = plan_of(folder, text)
    assert [(each.file.name, each.path) for each in doubtful(folder / "plan.yaml", plan)][:1] == [
        ("plan.yaml", "holidays.2021-11-14")
    ]


@pytest.mark.parametrize(
    "junk", ["", "5", "[]", "units: 5\noffices: {}\nid: tinh_nho", "- a", "units: [5, {code: []}]"]
)
def test_no_junk_of_a_directory_is_too_odd_to_tell_of(junk: str, folder: Path) -> None:
    (folder / "plan.yaml").write_text(TAKING, encoding="utf-8")
    (folder / "tinh_nho.yaml").write_text(junk, encoding="utf-8")
    faults = check(folder / "plan.yaml")
    assert faults
    assert not any("không xét được" in fault.message for fault in faults), "\n".join(map(str, faults))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("offices: [tuyen_giao, van_phong]", "offices: [5, [], {code: 7}]"),
        ("directory: tinh_nho", "directory: [tinh_nho]"),
        ("units: [so_hai]", "units: so_hai"),
        ("units: [so_hai]", "units: [[so_hai]]"),
        ("stages:", "units: [so_hai, {code: so_hai}, {code: []}, 7]\nstages:"),
        ("stages:", "units: {code: so_hai}\nstages:"),
        ("blocks:", "blocks: [7]\nblocks_of_old:"),
    ],
)  # fmt: skip
def test_no_junk_of_taking_is_too_odd_to_tell_of(old: str, new: str, checked: Callable[..., list[PlanFault]]) -> None:
    faults = checked(old, new)
    assert faults
    assert not any("không xét được" in fault.message for fault in faults), "\n".join(map(str, faults))


def test_the_first_plan_types_no_unit_and_is_short() -> None:
    text = (REPOSITORY / "include" / "plans" / "nq06_du_lich.yaml").read_text(encoding="utf-8")
    assert len(text.splitlines()) < 370
    assert "@hatinh.example" not in text


def test_a_plan_of_every_commune_of_the_country_is_checked_in_time(folder: Path) -> None:
    units = "".join(
        f"  - {{code: x_{n}, name: Xã {n}, group: xa, contact: {{name: A, email: a@x{n}.example}},"
        f" head: {{name: B, email: b@x{n}.example}}}}\n"
        for n in range(3321)
    )
    text = DIRECTORY.replace("groups:\n", "groups:\n  - {code: xa, name: Xã}\n") + units
    (folder / "tinh_nho.yaml").write_text(text, encoding="utf-8")
    with within(3):
        plan = plan_of(folder, TAKING.replace("group: cac_huyen", "group: xa"))
    assert len(plan.units) == 3323
