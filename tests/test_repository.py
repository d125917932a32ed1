"""House rules of the repository."""

from __future__ import annotations

import ast
import re
import subprocess
from collections import defaultdict
from functools import cache
from pathlib import Path
from zipfile import ZipFile

import pytest

from conftest import REPOSITORY
from soket.board.overview import CampaignState
from soket.board.ribbon import StageState
from soket.notices.ledger import Ending
from soket.notices.notice import Kind
from soket.notices.reports.outcome import Outcome
from soket.plan.model import Plan, Severity
from soket.record.tally import Progress
from soket.text import nfc

PACKAGE = REPOSITORY / "include" / "soket"
LOCKS = ("requirements.txt", "requirements-dev.txt")
BINARY = {".docx", ".xlsx", ".xls", ".ods", ".png", ".ico", ".pdf"}

# Absolute paths of somebody's machine; containers have /opt/soket, /var/lib/soket and the like.
MACHINE_PATHS = re.compile(r"(?<![\w./-])/(?:home|Users|root|work|mnt)/[\w.-]+")
SECRETS = {
    "private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    "access key of Amazon": re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    "token": re.compile(r"\b(?:ghp|gho|glpat|xox[bp]|sk)[-_][A-Za-z0-9]{20,}\b"),
    "password in an address": re.compile(r"://[\w.-]*:(?!\$|\{|<|%|\.\.\.|x+@)[^\s/@'\"{}$]{3,}@"),
}


@cache
def tracked() -> list[Path]:
    """Return the files of the repository: those that git knows or would take in."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True, text=True).stdout
    return [path for name in names.split("\0") if name and (path := REPOSITORY / name).is_file()]


@cache
def texts() -> dict[str, str]:
    return {
        str(path.relative_to(REPOSITORY)): path.read_text(encoding="utf-8", errors="replace")
        for path in tracked()
        if path.suffix not in BINARY and path != Path(__file__)
    }


@pytest.mark.parametrize("name", LOCKS)
def test_locks_pin_every_version_and_name_no_index(name: str) -> None:
    lines = (REPOSITORY / name).read_text(encoding="utf-8").splitlines()
    entries = [line for line in lines if line and not line.lstrip().startswith("#")]
    assert entries
    for line in entries:
        assert re.match(r"[A-Za-z0-9._-]+(\[[\w,-]+\])?==[^\s;]+( ; .+)?( \\)?$", line), line
    assert not re.search(r"https?://|--(extra-)?index-url|--find-links|file:", "\n".join(lines))


def test_every_requirement_is_locked() -> None:
    for name in LOCKS:
        asked = (REPOSITORY / name.replace(".txt", ".in")).read_text(encoding="utf-8")
        wanted = {
            re.split(r"[\[=<>~! ]", line)[0].lower() for line in asked.splitlines() if line and line[0] not in "#-"
        }
        locked = {line.partition("==")[0] for line in (REPOSITORY / name).read_text(encoding="utf-8").splitlines()}
        assert wanted <= {entry.partition("[")[0] for entry in locked}, f"run `make lock`: {name} lacks some"


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    found = {name: match[0] for name, text in texts().items() if (match := MACHINE_PATHS.search(text))}
    assert not found


def test_no_file_holds_a_secret() -> None:
    found = {
        (name, kind): match[0]
        for name, text in texts().items()
        for kind, pattern in SECRETS.items()
        if (match := pattern.search(text))
    }
    assert not found


def test_no_private_file_is_kept() -> None:
    names = {path.name for path in tracked()}
    assert not names & {".env", "secrets.json", "passwords.json", "s3.json"}


def test_every_python_file_under_plugins_is_a_plugin() -> None:
    # Airflow executes each of them and registers it by its bare name: one file, and a list of what to pass over.
    plugins = [path for path in tracked() if path.is_relative_to(REPOSITORY / "plugins")]
    assert {path.name for path in plugins} == {"soket_plugin.py", ".airflowignore"}


def lines_of(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_every_class_has_a_name_of_its_own() -> None:
    places: defaultdict[str, list[str]] = defaultdict(list)
    for path in (path for path in tracked() if path.suffix == ".py" and path.is_relative_to(PACKAGE)):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(str(path.relative_to(PACKAGE)))
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def test_no_member_of_an_enum_is_an_empty_tuple() -> None:
    # The first Pythons of 3.11, Debian 12's own among them, read that as no value at all.
    empty = [
        f"{path.relative_to(PACKAGE)}: {ast.unparse(node)}"
        for path in tracked()
        if path.suffix == ".py" and path.is_relative_to(PACKAGE)
        for kind in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(kind, ast.ClassDef) and any("Enum" in ast.unparse(base) for base in kind.bases)
        for node in kind.body
        if isinstance(node, ast.Assign) and ast.unparse(node.value) == "()"
    ]
    assert not empty


def test_modules_stay_small() -> None:
    # "About 250": a model of one concept may be a little longer, and says so here.
    limits = {"include/soket/plan/model.py": 400}
    long = {
        name: count
        for path in tracked()
        if path.suffix == ".py" and (name := str(path.relative_to(REPOSITORY))).startswith(("include/soket/", "demo/"))
        if (count := lines_of(path)) > limits.get(name, 250)
    }
    assert not long


def test_few_modules_are_tiny() -> None:
    # A module is a concept; what is small and has one reader stands with its reader.
    tiny = {
        str(path.relative_to(PACKAGE))
        for path in tracked()
        if path.suffix == ".py" and path.is_relative_to(PACKAGE) and path.name != "__init__.py" and lines_of(path) < 40
    }
    assert len(tiny) <= 10, sorted(tiny)


# What is of one plan, and so stands in its file, beside the years it speaks of and the place it is of.
A_PLANS_OWN = r"covid|dịch bệnh|chống dịch|cách ly|cấp tỉnh"
# The calendar of the nation knows every year.
ITS_PLACES = ("include/soket/plan/national.py",)


def words_of(path: Path) -> str:
    """Return what a file says; of a Word or Excel template its paragraphs and cells, however Word cut them up."""
    if path.suffix not in BINARY:
        return path.read_text(encoding="utf-8")
    paragraphs = []
    with ZipFile(path) as package:
        for name in package.namelist():
            if name.endswith(".xml"):
                parts = re.split(r"</(?:w:p|a:p|si|is|dc:\w+|cp:\w+)>", package.read(name).decode())
                said = (re.findall(r"<(?:w:t|a:t|t|dc:\w+|cp:\w+)(?: [^>]*)?>([^<]*)", part) for part in parts)
                paragraphs += ["".join(runs) for runs in said]
    return "\n".join(paragraphs)


def test_code_and_templates_say_nothing_that_is_one_plans_own(plan: Plan) -> None:
    years = {year for form in plan.forms for year in form.years} | {each.opens.year for each in plan.campaigns}
    own = re.compile(rf"{A_PLANS_OWN}|{plan.place}|\b({'|'.join(map(str, sorted(years)))})\b", re.IGNORECASE)
    law = re.compile(r"\d+/\d{4}/[\w-]+")  # the number of a decree that binds everybody
    said = [
        (name, match.group())
        for path in tracked()
        if (name := str(path.relative_to(REPOSITORY))).startswith(("include/soket/", "include/templates/"))
        and not name.startswith(ITS_PLACES)
        for match in own.finditer(law.sub("", nfc(words_of(path))))
    ]
    assert not said
    assert "Địa điểm" in words_of(REPOSITORY / "include/templates/documents/conference_invitation.docx")


def test_code_and_templates_know_no_stage_by_its_name(plan: Plan) -> None:
    """Stages are told apart by their kinds; an id of one word is no plan's own unless it is somebody's key."""
    ids = "|".join(rf"\b{stage.id}\b" if "_" in stage.id else rf"['\"]{stage.id}['\"]" for stage in plan.stages)
    said = [
        (str(path.relative_to(REPOSITORY)), match.group())
        for path in tracked()
        if str(path.relative_to(REPOSITORY)).startswith(("include/soket/", "include/templates/", "plugins/", "dags/"))
        for match in re.finditer(ids, words_of(path))
    ]
    assert not said


def test_dag_files_show_the_flow() -> None:
    for path in (REPOSITORY / "dags").glob("*.py"):
        assert lines_of(path) <= 30, path.name
        # Airflow's safe mode skips a file without these two words.
        assert {"airflow", "dag"} <= {word for word in ("airflow", "dag") if word in path.read_text().lower()}


@pytest.mark.parametrize("kind", Kind)
def test_every_mail_has_subject_text_and_page(kind: Kind) -> None:
    folder = REPOSITORY / "include" / "templates" / "email" / kind.value
    parts = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir() if path.is_file()}
    whole = {"subject.txt", "body.txt", "body.html"}
    assert whole <= set(parts)
    for extra in set(parts) - whole:
        names = (f"{kind.value}/{extra}", f'part("{extra}")')
        assert any(name in text for name in names for text in parts.values()), f"{extra} is used by none of them"
    for variant in (path for path in folder.iterdir() if path.is_dir()):
        assert {path.name for path in variant.iterdir()} <= set(parts), f"{variant.name} varies what is no part"


def test_every_class_of_the_boards_style_is_used() -> None:
    folder = REPOSITORY / "include" / "templates" / "board"
    pages = "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("*.html"))
    rules = re.sub(r"/\*.*?\*/", "", (folder / "style.css").read_text(encoding="utf-8"), flags=re.DOTALL)
    selectors = " ".join(re.findall(r"([^{}]+)\{", rules))
    # Pages word some of them by an enum: `{{ progress.value }}`, `stage-{{ state.value }}`.
    enums = (CampaignState, Ending, Outcome, Progress, Severity, StageState)
    words = {each.value for enum in enums for each in enum} | {"waiting"}
    made = words | {f"{prefix}{word}" for prefix in re.findall(r"([a-z]+-)\{\{", pages) for word in words}
    assert not {
        each
        for each in set(re.findall(r"\.([a-z][\w-]*)", selectors)) - made
        if not re.search(rf"(?<![\w-]){each}(?![\w-])", pages)
    }


def test_no_mail_is_without_a_kind() -> None:
    folders = {path.name for path in (REPOSITORY / "include" / "templates" / "email").iterdir() if path.is_dir()}
    assert {name for name in folders if not name.startswith("_")} == {kind.value for kind in Kind}


def test_every_package_says_what_it_is_for() -> None:
    for path in (path for path in tracked() if path.name == "__init__.py" and "tests" not in path.parts):
        assert path.read_text(encoding="utf-8").startswith('"""'), path


def test_make_help_lists_every_target() -> None:
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    phony = set(re.findall(r"^\.PHONY: (\S+)$", makefile, re.MULTILINE))
    assert phony == set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))


def test_documentation_links_lead_somewhere() -> None:
    links = [
        (name, target)
        for name, text in texts().items()
        if name.endswith(".md")
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text)
    ]
    assert links
    assert not [(name, target) for name, target in links if not ((REPOSITORY / name).parent / target).exists()]


def test_buttons_are_called_as_the_page_calls_them() -> None:
    """Its words are Vietnamese: whoever looks for “Trigger”, “Clear” or “skipped” there finds none."""
    read = [*REPOSITORY.glob("docs/*.md"), *(PACKAGE / "orchestration").rglob("*.py")]
    foreign = re.compile(r"bấm[^.;]{0,6}(Trigger|Clear)|[(*]Clear|; Clear\b|màu hồng\*{0,2} \(")
    assert [(each.name, found[0]) for each in read if (found := foreign.search(each.read_text(encoding="utf-8")))] == []


def test_documentation_names_modules_that_there_are() -> None:
    named = {
        (name, module)
        for name, text in texts().items()
        if name.endswith(".md")
        for module in re.findall(r"`([a-z_]+/[a-z_/]+\.py)`", text)
    }
    roots = (REPOSITORY, REPOSITORY / "include" / "soket")
    assert named
    assert not [each for each in named if not any((root / each[1]).is_file() for root in roots)]


def test_each_decision_has_a_number_of_its_own() -> None:
    records = sorted((REPOSITORY / "docs" / "adr").glob("*.md"))
    titles = [record.read_text(encoding="utf-8").partition("\n")[0] for record in records]
    assert [f"{int(title[2:].partition('.')[0]):04}" for title in titles] == [each.name[:4] for each in records]
    assert len({each.name[:4] for each in records}) == len(records)
