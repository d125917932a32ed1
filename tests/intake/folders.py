"""The corpus in folders: what the field sends, a folder a case, judged and compared with what its `case.json` says.

`files/` holds one unit's set. `case.json` says where the case comes from and what is right; of it, this reads:

- `figures`: by indicator, one a year of the form; null where there is none to be read;
- `rulings`: those that are right, any of them where it is not given;
- `kind`: of the submission;
- `sections`: by section, what its text begins with, null for one that is not there;
- `never_codes`, `never`: codes, and words of messages, that must not be told.

No figure may be read as another than it is, whatever the ruling. One that was not read at all has been asked about,
and that only a set that is not accepted, or whose figure is null, may show.

`make corpus` judges the corpus of this repository, CORPUS=FOLDER another, CORPUS='FOLDER T12' the cases that begin so;
it tells what each cost, and ends with 1 where any case is wrong or costs too much.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import typer

from intake.costs import MOST_MEMORY, MOST_SECONDS, Cost, Counted, apart
from soket.cli import report
from soket.intake import contents
from soket.intake.validation import CheckOutcome, Frame, Validator
from soket.plan.loader import load_all
from soket.plan.model import Plan
from soket.record.records import Ruling

FIELD = Path(__file__).parent / "field"
PLAN, CAMPAIGN, UNIT = "nq06_du_lich", 2021, "h_can_loc"  # whose sets they all are
_ACCEPTED = {Ruling.ACCEPTED, Ruling.ACCEPTED_WITH_WARNINGS}


@dataclass(frozen=True)
class Folder:
    """A case and what is right for it."""

    path: Path
    figures: Mapping[str, list[float | None]]
    rulings: frozenset[Ruling] = frozenset(Ruling)
    kind: str | None = None
    sections: Mapping[str, str | None] = field(default_factory=dict)
    never_codes: frozenset[str] = frozenset()
    never: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.path.name

    def files(self) -> dict[str, bytes]:
        return {
            str(each.relative_to(self.path / "files")): each.read_bytes()
            for each in sorted((self.path / "files").rglob("*"))
            if each.is_file()
        }

    def differences(self, plan: Plan, judged: report.Judged) -> list[str]:
        """Return in what a verdict is not the right one."""
        return [*self._of_ruling(judged), *self._of_figures(plan, judged), *self._of_words(judged)]

    def _of_ruling(self, judged: report.Judged) -> Iterator[str]:
        verdict = judged.verdict
        if verdict.ruling not in self.rulings:
            told = "; ".join(f"{each.code} {each.message}" for each in verdict.faults[:3])
            yield f"{verdict.ruling}: {told}"
        if self.kind not in (None, verdict.kind):
            yield f"taken for {verdict.kind}"

    def _of_figures(self, plan: Plan, judged: report.Judged) -> Iterator[str]:
        years = plan.forms[0].years
        found = {(each.indicator, each.year): each.value for each in judged.parsed.figures}
        accepted = judged.verdict.ruling in _ACCEPTED
        for code, values in self.figures.items():
            for year, right in zip(years, values, strict=True):
                value = found.get((code, year))
                if value is None and (right is None or not accepted):
                    continue
                if value is None or right is None or abs(value - right) > 1e-6 * max(1.0, abs(right)):
                    yield f"{code}/{year}: {right} read as {value}"

    def _of_words(self, judged: report.Judged) -> Iterator[str]:
        texts = {each.section: each.text for each in judged.parsed.sections if each.heading is not None}
        for section, beginning in self.sections.items():
            text = texts.get(section)
            if (text is None) != (beginning is None) or (text and not text.startswith(beginning or "")):
                yield f"section {section}: {text and text[:60]!r}"
        for told in judged.verdict.faults:
            if told.code in self.never_codes or any(word in told.message for word in self.never):
                yield f"told: {told.code} {told.message}"


def folders(corpus: Path) -> Iterator[Folder]:
    """Yield the cases of a corpus."""
    for path in sorted(corpus.glob("*/case.json")):
        said: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        yield Folder(
            path=path.parent,
            figures=said.get("figures", {}),
            rulings=frozenset(map(Ruling, said.get("rulings", Ruling))),
            kind=said.get("kind"),
            sections=said.get("sections", {}),
            never_codes=frozenset(said.get("never_codes", ())),
            never=tuple(said.get("never", ())),
        )


def judged(plan: Plan, files: Mapping[str, bytes]) -> report.Judged:
    """Judge a set as that of a unit that owes report and table."""
    campaign = next(each for each in plan.campaigns if each.opens.year == CAMPAIGN)
    return report.judge_offline(plan, campaign, plan.unit(UNIT), files)


class OneImport(Validator):
    """Runs every frame in this process, which loads Great Expectations once."""

    def __init__(self) -> None:
        self._waiting = None

    def run(self, frame: Frame) -> dict[str, CheckOutcome]:
        from soket.intake.expectations import found_in

        if not frame.rows:
            return {}
        found = found_in(json.loads(frame.to_json()))
        return {
            name: CheckOutcome(each["looked_at"], tuple(frame.rows[place] for place in each["broken"]))
            for name, each in found.items()
        }


def judge(plan: Plan, folder: Folder) -> tuple[Ruling, list[str], Cost]:
    """Judge a case, by guarded readers, in a process of its own: its ruling, what is not right, what it cost."""

    def verdict() -> tuple[Ruling, list[str], list[list[float]]]:
        costs: list[list[float]] = []
        contents.ReaderPool = lambda _=2, libraries=(): Counted(costs, libraries)  # type: ignore[misc,assignment]
        found = judged(plan, folder.files())
        return found.verdict.ruling, folder.differences(plan, found), costs

    (ruling, differences, costs), seconds, memory = apart(verdict)
    cost = Cost(seconds, memory, sum(each[0] for each in costs), int(max((each[1] for each in costs), default=0)))
    return ruling, differences, cost


def main(corpus: Path = FIELD, beginning: str = "") -> int:
    from soket.intake.expectations import import_lightly

    import_lightly()
    report.Validator = OneImport  # type: ignore[misc]
    plan = next(each for each in load_all(Path("include/plans"))[0] if each.id == PLAN)
    wrong: list[str] = []
    costs: list[Cost] = []
    for folder in folders(corpus):
        if not folder.name.startswith(beginning):
            continue
        ruling, differences, cost = judge(plan, folder)
        costs.append(cost)
        if cost.too_much:
            differences.append(f"more than {MOST_SECONDS:g} s or {MOST_MEMORY >> 20} MiB")
        wrong += [folder.name] if differences else []
        typer.echo(f"{'wrong' if differences else 'right'} {folder.name}: {ruling}; {cost}")
        for each in differences[:5]:
            typer.echo(f"      {each}")
    typer.echo(f"{len(costs) - len(wrong)} of {len(costs)} are right.")
    if costs:
        largest = Cost(*(max(values) for values in zip(*map(astuple, costs), strict=True)))
        typer.echo(f"median {median(cost.seconds for cost in costs):.2f} s; at most {largest}")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:2]), *sys.argv[2:3]))
