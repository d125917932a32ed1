"""Great Expectations' Data Docs of the kept runs, as pages that open without a network.

Its own pages fetch styles and scripts from elsewhere. Here its renderers describe each run, and our frame and style,
which need no script, hold what they describe. Run as a process of its own, as whatever loads Great Expectations.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from typing import Any

from soket.folders import templates_folder
from soket.intake.check_runs import BrokenAt, CheckRun, kept_runs
from soket.intake.check_words import found_in, rules_in, say_column, say_figures, say_made
from soket.intake.validation import Check
from soket.plan.model import Severity
from soket.plan.periods import say_period
from soket.plan.words import SEVERITIES
from soket.record.workspace import Workspace
from soket.text import format_moment, format_number

_TEMPLATES = templates_folder() / "checks"
_MOST_SECONDS = 600.0


class PagesFailedError(RuntimeError):
    """Great Expectations, whose renderers make the pages, fails."""


def make_pages(workspace: Workspace, board: str | None = None) -> dict[str, bytes]:
    """Return every page of the campaign's runs, and their style, by file name; `board` is where to go back to."""
    plan, campaign = workspace.plan, workspace.campaign
    order = {
        "title": f"Kiểm tra số liệu: {plan.short_title}, {campaign.title}",
        "as_of": format_moment(workspace.now),
        "board": board,
        "units": {unit.code: unit.name for unit in plan.units},
        "runs": [run.model_dump(mode="json") for run in kept_runs(workspace)],
    }
    done = subprocess.run(
        [sys.executable, "-m", "soket.intake.check_pages"],
        input=json.dumps(order).encode(),
        capture_output=True,
        timeout=_MOST_SECONDS,
        check=False,
    )
    if done.returncode != 0:
        raise PagesFailedError(done.stderr.decode(errors="replace")[-4000:])
    pages: dict[str, str] = json.loads(done.stdout)
    return {name: text.encode() for name, text in pages.items()}


def file_pages(workspace: Workspace) -> int:
    """Make the pages and put them where the board shows them; return how many runs they tell of."""
    pages = make_pages(workspace, board=f"../../{workspace.campaign.code}")  # from /<plan>/<campaign>/checks/
    for name, data in pages.items():
        kind = "text/css" if name.endswith(".css") else "text/html"
        workspace.store.replace(workspace.keys.check_page(name), data, f"{kind}; charset=utf-8")
    return len(pages) - 2  # the index and the style


def write_pages(workspace: Workspace, folder: Path) -> int:
    """Make the pages and write them into a folder; return how many runs they tell of."""
    pages = make_pages(workspace)
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in pages.items():
        (folder / name).write_bytes(data)
    return len(pages) - 2


def render_pages(order: Mapping[str, Any]) -> dict[str, str]:
    """Return the pages of an order, by file name; loads Great Expectations."""
    from great_expectations.render.renderer.page_renderer import ValidationResultsPageRenderer

    view = _view()
    runs = [CheckRun.model_validate(run) for run in order["runs"]]
    renderer = ValidationResultsPageRenderer(run_info_at_end=True)
    pages = {"style.css": (_TEMPLATES / "style.css").read_text(encoding="utf-8")}
    for run in runs:
        document = renderer.render(_suite_result(run, order["units"]))
        checks, broken = _counts(run)
        page = view.render(
            document,
            checks=checks,
            broken=broken,
            site_title=order["title"],
            run=run,
            moment=format_moment(run.at),
            units=order["units"],
            found=found_in(run, order["units"]),
            made=say_made(run),
        )
        pages[f"{run.batch}.html"] = _in_vietnamese(_titled(page, run))
    index = view.env.get_template("index.j2")
    pages["index.html"] = index.render(
        site_title=order["title"],
        as_of=order["as_of"],
        board=order["board"],
        lines=[(run, format_moment(run.at), *_counts(run)) for run in reversed(runs)],
        rules=rules_in(runs),
    )
    return pages


def _counts(run: CheckRun) -> tuple[int, int]:
    """Return how many checks of a run had figures to look at, and how many of them something broke."""
    return sum(result.looked_at > 0 for result in run.results), sum(result.broken > 0 for result in run.results)


def _where(units: Mapping[str, str], check: Check, place: BrokenAt) -> str:
    """Return where a rule was broken and by which figures, as HTML."""
    said = say_figures(check, place)
    return escape(f"{units.get(place.unit, place.unit)}, lần {place.number}, {say_period(place.year)}: {said}")


def _share(found: re.Match[str]) -> str:
    return f"{format_number(round(float(found[1]), 1))}%"


# What the library writes of its own, in English alone.
_THEIRS: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    (r"(\d+) unexpected values found\. ≈?[\d.]+% of (\d+) total rows\.", r"\1 chỗ không đạt trong \2 chỗ xét."),
    (r"≈?([\d.]+)% unexpected", lambda found: f"{_share(found)} không đạt"),
    (r"≈?([\d.]+)% not null", lambda found: f"{_share(found)} có số"),
    (r"Table-Level Expectations", "So với số khác"),
    (r"\bUnexpected Value\b", "Chỗ không đạt"),
    (r"\bObserved Value\b", "Tỷ lệ không đạt"),
    (r">\s*Expectation\s*<", ">Quy tắc<"),
    (r">\s*Status\s*<", ">Kết quả<"),
    (r">\s*Count\s*<", ">Số lần<"),
)


def _titled(page: str, run: CheckRun) -> str:
    """Return a page whose sections are called by their indicators, not by the columns of a frame that nobody sees."""
    alone = [result.check for result in run.results if len(result.check.columns) == 1]
    for column, title in {check.columns[0]: say_column(check) for check in alone}.items():
        page = f">{escape(title)}</h5>".join(re.split(rf">\s*{re.escape(escape(column))}\s*</h5>", page))
    return page


def _in_vietnamese(page: str) -> str:
    for theirs, ours in _THEIRS:
        page = re.sub(theirs, ours, page)
    return page


def _suite_result(run: CheckRun, units: Mapping[str, str]) -> Any:  # noqa: ANN401 - Great Expectations' own
    from great_expectations.core.expectation_validation_result import (
        ExpectationSuiteValidationResult,
        ExpectationValidationResult,
    )

    from soket.intake.expectations import expectation_of

    results = []
    for result in run.results:
        configuration = expectation_of(result.check).configuration
        severity = SEVERITIES[Severity(result.check.severity)].phrase
        configuration.description = escape(f"{result.check.code} ({severity}): {result.check.about}")
        unexpected = [_where(units, result.check, place) for place in result.places]
        share = 100 * result.broken / result.looked_at if result.looked_at else 0.0
        results.append(
            ExpectationValidationResult(
                success=not result.broken,
                expectation_config=configuration,
                result={
                    "element_count": result.looked_at,
                    "unexpected_count": result.broken,
                    "unexpected_percent": share,
                    "partial_unexpected_list": unexpected,
                    "partial_unexpected_counts": [{"value": each, "count": 1} for each in unexpected],
                },
                exception_info={"raised_exception": False, "exception_message": None, "exception_traceback": None},
            )
        )
    kept = sum(not each.broken for each in run.results)
    return ExpectationSuiteValidationResult(
        success=kept == len(results),
        results=results,
        suite_name="plan",
        statistics={
            "evaluated_expectations": len(results),
            "successful_expectations": kept,
            "unsuccessful_expectations": len(results) - kept,
            "success_percent": 100 * kept / len(results) if results else 100.0,
        },
        meta={"run_id": {"run_name": run.batch, "run_time": run.at.isoformat()}},
    )


def _view() -> Any:  # noqa: ANN401 - Great Expectations' own
    """Return its page view with our frame before its own templates, and no style written into elements."""
    from great_expectations.render.view.view import DefaultJinjaPageView
    from jinja2 import ChoiceLoader, FileSystemLoader

    class LocalPageView(DefaultJinjaPageView):
        def render_styling(self, styling: Mapping[str, Any]) -> str:
            return super().render_styling({key: value for key, value in styling.items() if key != "styles"})

    view = LocalPageView()
    theirs = view.env.loader
    assert theirs is not None  # noqa: S101 - its own templates
    view.env.loader = ChoiceLoader([FileSystemLoader(_TEMPLATES), theirs])
    return view


def main() -> None:
    """Answer one order on standard input with its pages."""
    from soket.intake.expectations import import_lightly

    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    import_lightly()
    answers.write(json.dumps(render_pages(json.loads(sys.stdin.buffer.read()))).encode())
    answers.flush()


if __name__ == "__main__":
    main()
