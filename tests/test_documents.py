"""What documentation shows: calls that `soket` and `make` take, and what commands say of themselves."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from typing import Any

import pytest
import typer

from cli.commands import COMMANDS, ROOT
from conftest import REPOSITORY

PAGES = [REPOSITORY / "README.md", REPOSITORY / "CONTRIBUTING.md", *sorted((REPOSITORY / "docs").rglob("*.md"))]
GUIDE = REPOSITORY / "docs" / "huong-dan-van-hanh.md"
MAKEFILE = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
EACH = "Mọi lệnh"  # the guide's table of all commands


def shown() -> Iterator[tuple[str, str]]:
    """Yield each line of a console and each piece of code in a sentence, with its page."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for block in re.findall(r"^```console\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
            yield from ((page.name, line) for line in block.replace("\\\n", " ").splitlines())
        prose = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
        yield from ((page.name, " ".join(code.split())) for code in re.findall(r"`([^`]+)`", prose))


def calls(program: str) -> list[tuple[str, str]]:
    """Return every call of a program that the pages show: what comes after its name, up to what a shell would end."""
    pattern = re.compile(rf"(?:^|[ /]){program} (?![\]\"'])([^>;#]*)")
    return sorted({(page, match[1].strip()) for page, code in shown() if (match := pattern.search(code))})


SOKET = [each for each in calls("soket") if not each[1].startswith(("/", "--prefix", "s3"))]


def resolved(words: list[str]) -> tuple[Any, list[str]]:
    """Return the command that words call, and the words that are left for it."""
    command, rest = ROOT, list(words)
    while rest and hasattr(command, "commands") and not rest[0].startswith(("-", "…")):
        command = command.commands[rest.pop(0)]
    return command, rest


@pytest.mark.parametrize(("page", "call"), SOKET, ids=[f"{page}: {call}" for page, call in SOKET])
def test_a_call_of_soket_is_one_that_it_takes(page: str, call: str) -> None:
    words = shlex.split(call.replace("\\|", "|"))
    complete = "…" not in words
    command, rest = resolved([word for word in words if word != "…"] if words[0] != "…" else [])
    if command.name == "airflow" or hasattr(command, "commands"):
        return
    known = {option for parameter in command.params for option in parameter.opts} | {"--help"}
    assert {word.partition("=")[0] for word in rest if word.startswith("--")} <= known
    if complete and not all(word.startswith("--") for word in rest):  # not just named in a sentence
        context = typer.Context(command, info_name=command.name)
        taken, over, _ = command.make_parser(context).parse_args(rest)
        wanted = {each.name for each in command.params if each.param_type_name == "argument" and each.required}
        assert not over
        assert not [name for name in wanted if not taken.get(name)]


def test_the_pages_show_calls() -> None:
    assert len(SOKET) > 60
    assert ("README.md", "submit nq06_du_lich h_can_loc bao-cao.docx so-lieu.xlsx") in SOKET


@pytest.mark.parametrize(("page", "call"), calls("make"))
def test_a_call_of_make_is_one_of_its_targets(page: str, call: str) -> None:
    target, *variables = shlex.split(call)
    assert re.search(rf"^{target}:", MAKEFILE, re.MULTILINE)
    for variable in (each.partition("=")[0] for each in variables):
        assert f"$({variable})" in MAKEFILE


def test_the_guide_has_each_command_with_what_it_says_of_itself() -> None:
    table = GUIDE.read_text(encoding="utf-8").partition(f"## {EACH}\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `soket ([^`]+)` \| (.*) \|$", table, re.MULTILINE)
    assert rows == [(name, " ".join(command.help.partition("\n\n")[0].split())) for name, command in COMMANDS.items()]
