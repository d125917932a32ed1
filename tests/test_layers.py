"""Imports go down the house only and in no circle, the domain knows no Airflow, and nothing heavy is loaded early."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from conftest import REPOSITORY

PACKAGE = REPOSITORY / "include" / "soket"
SOURCES = sorted(PACKAGE.rglob("*.py"))

# Beside orchestration/: the board's door to Airflow's login, opened at the first request.
ADAPTERS = {"soket.board.plugin_parts"}

# What must not be loaded when Airflow reads DAG files or plugins, which every task does anew.
HEAVY = (
    "boto3",
    "docx",
    "docxtpl",
    "lxml",
    "great_expectations",
    "matplotlib",
    "openpyxl",
    "pandas",
    "pyhanko",
    "pypdfium2",
)


def module_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def imported(path: Path) -> tuple[str, ...]:
    """Return every module that a file imports anywhere, also inside functions and for types."""
    return tuple(_imported(path))


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_in(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


DOMAIN = [
    path for path in SOURCES if not is_in(module_of(path), "soket.orchestration") and module_of(path) not in ADAPTERS
]


@pytest.mark.parametrize("path", DOMAIN, ids=module_of)
def test_the_domain_imports_no_airflow(path: Path) -> None:
    outside = {name for name in imported(path) if is_in(name, "airflow") or is_in(name, "soket.orchestration")}
    assert not outside, f"{module_of(path)} imports {', '.join(sorted(outside))}"


@pytest.mark.parametrize("path", [path for path in SOURCES if module_of(path) in ADAPTERS], ids=module_of)
def test_adapters_import_airflow_only_inside_functions(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    top = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {alias.name for node in top for alias in node.names} | {getattr(node, "module", None) for node in top}
    assert not any(is_in(name or "", "airflow") for name in names)


# The house, bottom up: each package imports those before it and no other, inside functions and for types too.
ORDER = (
    "text",
    "clock",
    "folders",
    "connection",
    "cached",
    "store",
    "plan",
    "reading",
    "faults",
    "record",
    "narrative",
    "plan_reading",
    "documents",
    "directory",
    "notices",
    "intake",
    "stages",
    "stack",
    "orchestration",
    "board",
    "page",
    "cli",
)


def package_of(module: str) -> str:
    """Return the package, or the module beside them, that a module of ours belongs to."""
    return module.split(".")[1] if "." in module else ""


def test_the_order_names_every_package() -> None:
    assert {package_of(module_of(path)) for path in SOURCES} == {"", *ORDER}


def test_the_house_is_told_in_this_order() -> None:
    told = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8").split("```\n")[2]
    assert tuple(line.split()[0].rstrip("/") for line in told.splitlines()) == ORDER


@pytest.mark.parametrize("part", ORDER)
def test_imports_go_down_only(part: str) -> None:
    here_or_below = {"", *ORDER[: ORDER.index(part) + 1]}
    up = {
        f"{module_of(path)} imports {name}"
        for path in SOURCES
        if package_of(module_of(path)) == part
        for name in imported(path)
        if is_in(name, "soket") and package_of(name) not in here_or_below
    }
    assert not up, "\n".join(sorted(up))


def test_imports_of_prose_go_down_its_own_order_only() -> None:
    told = (PACKAGE / "narrative" / "__init__.py").read_text(encoding="utf-8")
    order = re.findall(r"`(\w+)`", told)
    assert {path.name for path in (PACKAGE / "narrative").iterdir() if (path / "__init__.py").is_file()} == set(order)
    up = {
        f"{module_of(path)} imports {name}"
        for at, part in enumerate(order)
        for path in (PACKAGE / "narrative" / part).glob("*.py")
        for name in imported(path)
        if is_in(name, "soket.narrative") and name.split(".")[2] not in order[: at + 1]
    }
    assert not up, "\n".join(sorted(up))


def test_no_modules_import_each_other_in_a_circle() -> None:
    modules = {module_of(path): path for path in SOURCES}
    graph = {name: {each for each in imported(path) if each in modules} for name, path in modules.items()}
    TopologicalSorter(graph).prepare()  # raises CycleError with the circle


def run(code: str) -> str:
    """Return what a process of its own prints; fail with its traceback."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def test_the_domain_loads_where_there_is_no_airflow() -> None:
    modules = [module_of(path) for path in DOMAIN if path.name not in ("become.py", "daemon.py")]
    run(
        "import sys\n"
        "sys.modules['airflow'] = None\n"  # makes every import of it fail
        "from importlib import import_module\n"
        f"for name in {modules!r}: import_module(name)\n"
    )


@pytest.mark.parametrize(
    "code",
    [
        "import runpy; runpy.run_path('dags/review_plans.py')",
        "import runpy; runpy.run_path('plugins/soket_plugin.py')",
    ],
    ids=["dags", "plugins"],
)
def test_reading_dags_and_plugins_loads_nothing_heavy(code: str) -> None:
    loaded = run(
        f"import os, sys; os.chdir({str(REPOSITORY)!r}); {code}\n"
        f"print('loaded:', *(name for name in {HEAVY!r} if name in sys.modules))"
    )
    assert loaded.splitlines()[-1] == "loaded:"


def test_reading_dags_asks_no_server() -> None:
    run(
        "import socket\n"
        "def refuse(*_): raise AssertionError('a DAG file opened a connection')\n"
        "socket.socket.connect = refuse\n"
        f"import os, runpy; os.chdir({str(REPOSITORY)!r}); runpy.run_path('dags/review_plans.py')"
    )


def test_the_product_knows_nothing_of_its_demonstration() -> None:
    knowing = [module_of(path) for path in SOURCES if any(is_in(name, "demo") for name in imported(path))]
    assert not knowing
