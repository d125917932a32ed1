"""Plans from their files."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from soket.folders import folder_of
from soket.plan.check import examine
from soket.plan.directory import state_of_directories
from soket.plan.fault import PlanError, PlanFault, UnplacedFault
from soket.plan.file_text import MOST_BYTES, state_of, yaml_files
from soket.plan.model import Plan
from soket.plan.source import PlanSource

__all__ = [
    "ENVIRONMENT_VARIABLE",
    "PLANS_SECONDS",
    "PlanError",
    "UnknownPlanError",
    "find_plan",
    "load",
    "load_all",
    "plans_by_account",
    "plans_folder",
]

ENVIRONMENT_VARIABLE = "SOKET_PLANS"
PLANS_SECONDS = 30.0  # for so long a server goes by the plans that it read

# A line of its own that says a file's id as people write it; a file that says it otherwise, or twice, is read whole.
_ID = re.compile(rb"^id:[ \t]+([a-z0-9_]+)[ \t]*(?:#.*)?\r?$", re.MULTILINE)

# What editors and hands make of .yaml.
_MISNAMED = re.compile(r"(?<=.)(?!\.yaml$)(?:\.yml|\.ya?ml\.txt|(?i:\.ya?ml))$")


def plans_folder() -> Path:
    """Return the folder of plans: `SOKET_PLANS`, or the one beside this package."""
    return folder_of(ENVIRONMENT_VARIABLE, "plans")


def load(path: Path) -> Plan:
    """Return the plan in a file; raise PlanError with every fault."""
    plan, faults = _examined(path)
    if plan is None:
        raise PlanError(faults, path)
    return plan


def load_all(folder: Path | None = None) -> tuple[list[Plan], list[PlanError]]:
    """Return the plans of a folder by file name, and what is wrong with the files that hold none."""
    folder = folder or plans_folder()
    if not folder.is_dir():
        fault = PlanFault(folder, 1, 1, "", "không có thư mục kế hoạch này", f"Xem biến {ENVIRONMENT_VARIABLE}.")
        return [], [PlanError([fault])]
    plans: dict[str, tuple[Path, Plan]] = {}
    errors = []
    for path in yaml_files(folder):
        plan, faults = _examined(path)
        if plan is None:
            errors.append(PlanError(faults, path))
        elif plan.id in plans:
            errors.append(PlanError([_second(path, state_of(path), plan.id, plans[plan.id][0].name)]))
        else:
            plans[plan.id] = path, plan
    errors += [PlanError([_misnamed(path)]) for path in sorted(folder.iterdir()) if _MISNAMED.search(path.name)]
    return [plan for _, plan in plans.values()], errors


def _misnamed(path: Path) -> PlanFault:
    message = f"tệp «{path.name}» không được đọc: tên kế hoạch phải kết thúc bằng .yaml"
    return PlanFault(path, 1, 1, "", message, f"Đổi tên thành «{_MISNAMED.sub('.yaml', path.name)}», hoặc chuyển đi.")


class UnknownPlanError(LookupError):
    """No plan, or no campaign, has this name."""


def find_plan(plan_id: str) -> Plan:
    """Return the plan with an id, of many without reading the others; raise UnknownPlanError naming those there are."""
    for path in filter(lambda path: _id_in(path, state_of(path)) in (plan_id, None), _plan_files()):
        if (plan := _examined(path)[0]) and plan.id == plan_id:
            return plan
    plans, faulty = load_all()
    for plan in plans:
        if plan.id == plan_id:
            return plan
    known = f"Không có kế hoạch «{plan_id}». Có: {', '.join(plan.id for plan in plans) or 'không có'}."
    raise UnknownPlanError(" ".join([known, *(f"Có lỗi, chưa dùng được: {each.faults[0]}" for each in faulty)]))


def plans_by_account() -> dict[str, frozenset[str]]:
    """Return the plans, by id, whose offices each account belongs to."""
    plans, _ = load_all()
    names = {office.account for plan in plans for office in plan.offices if office.account}
    return {
        name: frozenset(plan.id for plan in plans if any(office.account == name for office in plan.offices))
        for name in names
    }


def _plan_files() -> list[Path]:
    folder = plans_folder()
    return yaml_files(folder) if folder.is_dir() else []


@lru_cache(maxsize=1024)
def _id_in(path: Path, _state: object) -> str | None:
    """Return the id that a file says it has, at a glance; None where only reading it tells."""
    try:
        found = _ID.findall(path.read_bytes()) if path.stat().st_size <= MOST_BYTES else []
    except OSError:
        return None
    return found[0].decode() if len(found) == 1 else None


@lru_cache(maxsize=64)
def _second(path: Path, _state: object, plan_id: str, first: str) -> PlanFault:
    """Return the fault of a file whose plan has the id of another's."""
    message = f"kế hoạch «{plan_id}» đã có trong {first}"
    return PlanSource(path).fault(UnplacedFault(("id",), message, "Mỗi kế hoạch một «id» riêng; tệp chép thừa thì bỏ."))


def _examined(path: Path) -> tuple[Plan | None, list[PlanFault]]:
    state = state_of(path)
    return examine(path) if state is None else _remembered(path, state, state_of_directories())


@lru_cache(maxsize=256)
def _remembered(path: Path, _state: object, _directories: object) -> tuple[Plan | None, list[PlanFault]]:
    """Examine a file once for as long as it stays as it is: every task and every page asks for its plan."""
    return examine(path)
