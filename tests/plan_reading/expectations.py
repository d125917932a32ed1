"""What a paper obliges to, as written by hand, and how a plan made of it compares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any

import yaml

from plan_reading.sources import HELD_OUT
from soket.plan_reading.compose import NewPlan
from soket.plan_reading.review_step import key_of
from soket.text import flat


class Outcome(StrEnum):
    """What became of one thing that a paper says."""

    RIGHT = "right"
    ASKED = "asked"  # not placed, and told with its paragraph
    WRONG = "wrong"  # placed as something else, and nobody told
    DROPPED = "dropped"


@dataclass(frozen=True)
class Expectation:
    """One date, body or duty of a paper: the stage it makes, or that it is told as not placed."""

    place: str
    say: str  # its words
    kind: str | None = None
    owner: str | None = None
    to: str | None = None
    who: tuple[str, ...] = ()  # units, by name, or groups by the words they have in the paper
    last: date | None = None
    listed: bool = False
    lead: str | None = None


def expectations_of(name: str) -> list[Expectation]:
    """Return what is expected of a paper."""
    rows = yaml.safe_load((HELD_OUT / f"{name}.yaml").read_text(encoding="utf-8"))
    return [Expectation(**row | {"who": tuple(row.get("who", ()))}) for row in rows]


@dataclass(frozen=True)
class Made:
    """A plan that was made, as its YAML says it."""

    new: NewPlan

    @cached_property
    def data(self) -> Mapping[str, Any]:
        return yaml.safe_load(self.new.text)

    @cached_property
    def offices(self) -> dict[str, str]:
        return {each["code"]: each["name"] for each in self.data["offices"]}

    def tells(self, place: str, say: str) -> bool:
        """Whether something is told of words of a paragraph."""
        told = (*self.new.unused, *self.new.asking.assumed, *(each.text for each, _ in self.new.asking.asked))
        return any(flat(say) in flat(each) and _of(place, each.split(":")[0]) for each in told)

    def stages(self, place: str) -> list[Mapping[str, Any]]:
        """Return the stages that rest on a paragraph."""
        listed = self.data["stages"]
        return [each for each in listed if any(_of(place, one) for one in each["source"].split("; "))]

    def last_days(self, stage: str) -> set[date | None]:
        """Return the last days that a stage has."""
        dates = self.data["campaigns"][0]["stages"].get(stage)
        if dates is None:
            return {None}
        return {_last(each) for each in (dates, *dates.get("blocks", {}).values())}

    def units(self, stage: Mapping[str, Any], last: date | None) -> set[str]:
        """Return who hands in to a stage by a day: names of units, names of groups."""
        dates = self.data["campaigns"][0]["stages"].get(stage["id"], {})
        found: set[str] = set()
        for block in self.data["blocks"]:
            if stage["kind"] == "publish" and block["code"] != "bao_chi":
                continue
            if stage["kind"] == "collect" and block["code"] not in stage.get("from", [block["code"]]):
                continue
            own = dates.get("blocks", {}).get(block["code"], dates)
            if last and _last(own) != last:
                continue
            names = [unit["name"] for unit in self.data.get("units", ()) if unit["block"] == block["code"]]
            found |= {key_of(name) for name in (*names, block["name"], block["code"])}
        return found


def _of(place: str, other: str) -> bool:
    return place.startswith(other.strip()) or other.strip().startswith(place)


def _last(dates: Mapping[str, Any]) -> date | None:
    if before := dates.get("before"):
        return before - timedelta(days=1)
    return dates.get("by")


def outcome(expected: Expectation, new: NewPlan) -> Outcome:
    """Return what became of one thing."""
    made = Made(new)
    told = made.tells(expected.place, expected.say)
    if expected.lead:
        asked = any(question.key == "chu_tri" for question, _ in new.asking.asked)
        found = made.offices[made.data["roles"]["lead"]] == expected.lead
        return Outcome.RIGHT if found else Outcome.ASKED if asked else Outcome.WRONG
    stages = made.stages(expected.place)
    if expected.listed:
        if told:
            return Outcome.RIGHT
        said = {made.offices[each[part]] for each in stages for part in ("owner", "receiver")}
        in_plan = said | {name for each in stages for name in made.units(each, None)}
        dated = any(char.isdigit() for char in expected.say) and any(
            None not in made.last_days(each["id"]) for each in stages
        )
        return Outcome.WRONG if dated or key_of(expected.say) in map(key_of, in_plan) else Outcome.DROPPED
    of_kind = [each for each in stages if each["kind"] == expected.kind]
    if any(_fits(expected, each, made) for each in of_kind):
        return Outcome.RIGHT
    if told:
        return Outcome.ASKED
    return Outcome.WRONG if stages else Outcome.DROPPED


def _fits(expected: Expectation, stage: Mapping[str, Any], made: Made) -> bool:
    if expected.owner and key_of(made.offices[stage["owner"]]) != key_of(expected.owner):
        return False
    if expected.to and key_of(made.offices[stage["receiver"]]) != key_of(expected.to):
        return False
    if expected.last and expected.last not in made.last_days(stage["id"]):
        return False
    units = made.units(stage, expected.last)
    return all(any(key_of(each) in unit for unit in units) for each in expected.who)


def counts(name: str, new: NewPlan) -> Mapping[Outcome, Sequence[str]]:
    """Return the outcomes of a paper, each with what had it."""
    found: dict[Outcome, list[str]] = {each: [] for each in Outcome}
    for each in expectations_of(name):
        found[outcome(each, new)].append(f"{each.place}: {each.say}")
    return found
