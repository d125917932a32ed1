"""The table of threats: each has a test, and each test that it names is there."""

from __future__ import annotations

import ast
from functools import cache

from .threats import HEADING, MODEL, REPOSITORY, is_of_suite, suite, threats


@cache
def functions(file: str) -> frozenset[str]:
    tree = ast.parse((REPOSITORY / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def test_every_threat_has_a_test() -> None:
    assert len(threats()) > 30
    assert [threat.told for threat in threats() if not threat.tests] == []
    told = [threat.told for threat in threats()]
    assert len(set(told)) == len(told)


def test_every_test_that_is_named_is_there() -> None:
    named = {test.partition("::")[::2] for test in suite()}
    assert [file for file, _ in named if not (REPOSITORY / file).is_file()] == []
    assert [(file, name) for file, name in named if name and name not in functions(file)] == []
    assert [file for file, name in named if not name and not functions(file)] == []


def test_no_test_of_this_folder_is_left_out() -> None:
    here = (REPOSITORY / "tests" / "security").glob("test_*.py")
    files = {str(path.relative_to(REPOSITORY)) for path in here}
    assert files - {test.partition("::")[0] for test in suite()} == set()


def test_each_part_of_the_model_has_its_threats() -> None:
    text = MODEL.read_text(encoding="utf-8")
    parts = {line.removeprefix("## ") for line in text.splitlines() if line.startswith("## ")}
    groups = {line.strip("|* ") for line in text.partition(HEADING)[2].splitlines() if line.startswith("| **")}
    assert parts - {HEADING.removeprefix("## ")} == groups


def test_the_marker_is_put_on_what_is_named(request) -> None:
    assert request.node.get_closest_marker("security")
    assert is_of_suite("tests/security/test_threats.py::test_x")
    assert not is_of_suite("tests/test_words.py::test_x")
