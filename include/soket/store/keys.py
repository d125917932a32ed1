"""Every key of the bucket is made, and read back, here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from soket.text import ascii_slug

_BESIDE = "__"  # in a code: what a unit owes to a stage beside its report, in a folder inside the unit's own
_FOLDER_BESIDE = "nop-them-"
_NOMINATION = "bieu_duong"  # a nomination lies there, or beside the report under a name that begins as its form's does
_NOMINATES = re.compile(r"(?:mau-)?de-nghi-bieu-duong\b")
REPLIES_FOLDER = "giay-moi"  # in a unit's or office's own: replies to an invitation, which are no reports

MAIL_SWITCH = "mail/switch/"  # one switch for all plans
MAIL_SEAL = "mail/seal"  # one secret for all plans
MAIL_REPORTS = "mail/reports/"  # where relays and people put mail servers' reports, of all plans


def mail_switch(number: int) -> str:
    """Return the n-th throw of the switch that holds all mail."""
    return f"{MAIL_SWITCH}{number:06}.json"


def mail_share(window: int, number: int) -> str:
    """Return the n-th share of what all plans together may send in a stretch of time."""
    return f"mail/pace/{window}/{number}"


def set_apart(key: str, etag: str) -> str:
    """Return where a record that cannot be read is kept: beside its place, under a name that nobody takes for one."""
    return f"{key}.spoilt-{etag[:8]}"


@dataclass(frozen=True)
class Keys:
    """The keys of one campaign of one plan."""

    plan: str
    campaign: str

    def _under(self, root: str, *parts: object) -> str:
        return "/".join((root, self.plan, self.campaign, *map(str, parts)))

    @property
    def inbox(self) -> str:
        """The prefix under which every unit and office has its folder."""
        return self._under("inbox", "")

    def inbox_folder(self, unit: str) -> str:
        """The one prefix that a unit or office can reach; ends with a slash."""
        base, beside, stage = unit.partition(_BESIDE)
        return self._under("inbox", base, f"{_FOLDER_BESIDE}{stage}", "") if beside else self._under("inbox", unit, "")

    def staging_folder(self, unit: str) -> str:
        """The prefix of what a unit sent to its page and has not handed in; ends with a slash."""
        return self._under("staging", unit, "")

    def handover(self, holder: str, handover: str = "", name: str = "") -> str:
        """A part of what hands a holder a key or a code; without an id, the prefix of all of a holder's."""
        return self._under("handovers", holder, *((handover, name) if handover else ("",)))

    def inbox_owner(self, key: str) -> str:
        """Whose a key is ('': a stray file): unit or office, what it owes beside its report, its replies' folder."""
        owner, slash, rest = key.removeprefix(self.inbox).partition("/")
        inner, deeper, _ = rest.partition("/")
        if deeper and inner == REPLIES_FOLDER:
            return f"{owner}/{REPLIES_FOLDER}"
        if deeper and inner.startswith(_FOLDER_BESIDE):
            return f"{owner}{_BESIDE}{inner.removeprefix(_FOLDER_BESIDE)}"
        if slash and _NOMINATES.match(ascii_slug(rest)):
            return f"{owner}{_BESIDE}{_NOMINATION}"
        return owner if slash else ""

    @property
    def receipts(self) -> str:
        """The prefix of every receipt."""
        return self._under("receipts", "")

    def receipt(self, unit: str, number: int) -> str:
        """The receipt of a unit's n-th submission."""
        return self._under("receipts", unit, f"{number}.json")

    def is_receipt(self, key: str) -> bool:
        """Whether a key is the receipt of some submission."""
        number, _, ending = key.removeprefix(self.receipts).partition("/")[2].partition(".")
        return key.startswith(self.receipts) and number.isdecimal() and ending == "json"

    def day_tree(self, day: date | None = None) -> str:
        """The hash tree of one day's submissions, under a name that no unit has; without a day, the prefix of all."""
        return self._under("receipts", "by-day", f"{day}.json" if day else "")

    @property
    def reports(self) -> str:
        """The prefix of everything kept of submissions."""
        return self._under("reports", "")

    def report(self, unit: str, number: int, name: str) -> str:
        """One thing kept of a unit's n-th submission: `files/<name>`, `verdict.json`, …"""
        return self._under("reports", unit, number, name)

    def is_verdict(self, key: str) -> bool:
        """Whether a key under `reports` is a verdict's; a unit's own file of that name lies a folder deeper."""
        return self._parts_of_report(key)[2:] == ["verdict.json"]

    def numbers_taken(self, keys: Iterable[str]) -> dict[str, int]:
        """Return the highest number of each unit that a receipt had, or anything but files lies under.

        Files alone may be what a run left that died before its receipt: the next takes the same ones in again.
        """
        highest: dict[str, int] = {}
        for key in keys:
            unit, number, name, *_ = (*self._parts_of_report(key.removeprefix(self.receipts)), "", "", "")
            number = number.partition(".")[0]  # a receipt's has an ending
            if number.isdecimal() and name != "files":
                highest[unit] = max(highest.get(unit, 0), int(number))
        return highest

    def submissions_of(self, unit: str, keys: Iterable[str]) -> tuple[int, ...]:
        """Return which of a unit's submissions have their receipt or verdict among some keys."""
        receipts, reports = f"{self.receipts}{unit}/", f"{self.reports}{unit}/"
        names = [key.removeprefix(receipts).removesuffix(".json") for key in keys if key.startswith(receipts)]
        names += [key.removeprefix(reports).partition("/")[0] for key in keys if self.is_verdict(key)]
        return tuple(sorted({int(name) for name in names if name.isdecimal()}))

    def attempt(self, unit: str, number: int, attempt: int) -> str:
        """The record that judging a unit's n-th submission failed for the k-th time."""
        return self.report(unit, number, f"attempts/{attempt}.json")

    def is_attempt(self, key: str) -> bool:
        """Whether a key under `reports` is a failed attempt's."""
        return len(parts := self._parts_of_report(key)) == 4 and parts[2] == "attempts"

    def _parts_of_report(self, key: str) -> list[str]:
        return key.removeprefix(self.reports).split("/")

    @property
    def decisions(self) -> str:
        """The prefix of every decision."""
        return self._under("decisions", "")

    def decision(self, decision: str) -> str:
        """One decision."""
        return self._under("decisions", f"{decision}.json")

    @property
    def replies(self) -> str:
        """The prefix of every reply to an invitation."""
        return self._under("replies", "")

    def reply(self, reply: str) -> str:
        """One reply to an invitation."""
        return self._under("replies", f"{reply}.json")

    def beside_replies(self, kind: str, name: str = "") -> str:
        """What a unit asks for, confirms or says, beside the replies; without its id, the prefix of all of its kind."""
        return self._under("replies", kind, f"{name}.json" if name else "")

    def reply_file(self, reply: str, name: str) -> str:
        """The file that a reply, or a request, came in, as it was."""
        return self._under("replies", reply, name)

    @property
    def editions(self) -> str:
        """The prefix of every edition of the plan that the campaign went by."""
        return self._under("plans", "")

    def edition(self, number: int, digest: str) -> str:
        """The plan as the campaign goes by it from its n-th change on; 1 is the plan that it began with."""
        return self._under("plans", f"{number:04}-{digest}.json")

    def refused_edition(self, number: int, digest: str) -> str:
        """That a change of the n-th edition was refused, and why."""
        return self._under("plans", "refused", f"{number:04}-{digest}.json")

    @property
    def refusals(self) -> str:
        """The prefix of every act that was refused."""
        return self._under("refusals", "")

    def refusal(self, refusal: str) -> str:
        """One act that was refused."""
        return self._under("refusals", f"{refusal}.json")

    def stage(self, stage: str, round_number: int, name: str = "") -> str:
        """One product of one round of a stage; without a name, the prefix of the round."""
        return self._under("stages", stage, round_number, name)

    def stage_record(self, stage: str, round_number: int, step: str) -> str:
        """The record that one round of a stage reached a step."""
        return self._under("stages", stage, round_number, "records", f"{step}.json")

    @property
    def stages(self) -> str:
        """The prefix of every round of every stage."""
        return self._under("stages", "")

    @property
    def notices(self) -> str:
        """The prefix of every notice."""
        return self._under("notices", "")

    def notice(self, notice: str, name: str) -> str:
        """One record of a notice: `intent.json`, `message.eml`, `sent.json`, …"""
        return self._under("notices", notice, name)

    def mail_turn(self, day: date, reader: str, number: int) -> str:
        """The n-th mail that a reader gets unasked on a day of the campaign."""
        return "/".join(("mail/readers", self.plan, self.campaign, day.isoformat(), reader, str(number)))

    def report_place(self, source: str) -> str:
        """How far the campaign has read a source of mail servers' reports; without a name, the prefix of all."""
        return "/".join(("mail/read", self.plan, self.campaign, f"{source}.json" if source else ""))

    def stray_report(self, digest: str) -> str:
        """A mail server's report that belongs to no mail of the campaign; without a name, the prefix of all."""
        return "/".join(("mail/strays", self.plan, self.campaign, f"{digest}.json" if digest else ""))

    def check_run(self, batch: str = "", *, asked: bool = True) -> str:
        """What the plan's rules found in one batch, by Great Expectations or unasked; without a batch, all's prefix."""
        return self._under("checks", "runs" if asked else "unasked", f"{batch}.json" if batch else "")

    def check_page(self, name: str) -> str:
        """A page, or the style, of what is shown of all runs."""
        return self._under("checks", "pages", name)

    def measured(self, block: str, batch: str = "") -> str:
        """What one batch holds that a block's later submissions are measured by; without a batch, the prefix of all."""
        return self._under("checks", "measured", block, f"{batch}.json" if batch else "")

    def parsed(self, batch: str = "") -> str:
        """What was read out of some submissions judged together; without a batch, the prefix of all."""
        return self._under("checks", "parsed", f"{batch}.json" if batch else "")

    @property
    def register(self) -> str:
        """The derived snapshot of the register."""
        return self._under("register").removesuffix("/") + ".json"

    @property
    def heartbeat(self) -> str:
        """The sign of life that the monitor leaves; when it was written is all that counts."""
        return self._under("register").removesuffix("/") + ".heartbeat.json"

    def archive(self, name: str = "") -> str:
        """A part of the closed campaign; without a name, the archive's prefix."""
        return self._under("archive", name)
