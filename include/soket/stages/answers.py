"""Answers to the questions that a stage asks officials: what Airflow's record of one says, and whether it counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TypedDict
from urllib.parse import quote

from soket.plan.model import Plan, Stage
from soket.record.refusals import last_refusal
from soket.record.workspace import Workspace
from soket.stages.act_blanks import REASON
from soket.stages.refusing import Actor, IncompleteAnswerError, check_right


class Given(TypedDict):
    """What an act of any kind takes from an answer."""

    decided_at: datetime
    account: str
    granted_by: str
    reason: str
    document_number: str | None


@dataclass(frozen=True)
class QuestionText:
    """What officials are asked with: what was found, where to read it, what an answer needs."""

    files: dict[str, str]  # words -> key
    before: tuple[str, ...] = ()  # Markdown, above the links
    parts: tuple[str, ...] = ()  # Markdown, below them

    def markdown(self, workspace: Workspace, board: str) -> str:
        """Return it as Markdown; `board` is the board's address."""
        return "\n\n".join([*self.before, links(workspace, board, self.files), *self.parts])


@dataclass(frozen=True)
class Answer:
    """Which option an account chose, when, and what it filled in."""

    option: str  # our word for it; "" for none that was offered
    account: str
    name: str = ""
    at: datetime | None = None  # real time
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def actor(self) -> Actor:
        """Who answered."""
        return Actor(self.account)

    def filled(self, name: str) -> str:
        """Return what was filled in, without blanks; refuse what is too long to be put into mails and papers."""
        text = self.fields.get(name, "").strip()
        if len(text) > REASON.longest:
            raise IncompleteAnswerError(
                f"Có mục dài {len(text)} ký tự, chỉ được nhiều nhất {REASON.longest}. Rút gọn rồi trả lời lại."
            )
        return text

    def entry(self, act: str) -> str:
        """Return what names the answer among all."""
        return f"{act} {self.account} {self.at} {self.option} {sorted(self.fields.items())}"

    def act(self, workspace: Workspace, stage: Stage, kind: str, words: str) -> Given:
        """Return what an act of any kind takes from the answer; raise NoRightError where it is not theirs to give."""
        check_right(workspace.plan, self.actor, kind, words, stage)
        return {
            "decided_at": workspace.moment(self.at),
            "account": self.account,
            "granted_by": self._decider(workspace.plan),
            "reason": self.filled("reason"),
            "document_number": self.filled("document_number") or None,
        }

    def _decider(self, plan: Plan) -> str:
        """Return who decided: a person's name where Airflow knows one, else the office whose account it is."""
        if self.name and self.name != self.account:
            return self.name
        return next((office.name for office in plan.offices if office.account == self.account), self.account)


def asked_again(workspace: Workspace, act: str, since: datetime) -> str:
    """Return why a question is asked again, as Markdown; empty where it is asked for the first time."""
    refusal = last_refusal(workspace, act, since)
    return f"**Câu trả lời trước chưa được ghi:** {refusal.why}" if refusal else ""


def ask_again(workspace: Workspace, *, stage: Stage, act: str, run: str, since: datetime) -> str:
    """Say why a question has to be asked again; where nobody answered at all, tell the operator."""
    if refusal := last_refusal(workspace, act, since):
        return f"Hỏi lại. {refusal.why}"
    from soket.notices.alerts import unanswered_notice
    from soket.notices.outbox import post

    post(workspace, unanswered_notice(workspace, stage, run), suppressed=workspace.silent)
    return "Hỏi lại: bước hỏi kết thúc mà không có câu trả lời nào của người được hỏi."


def links(workspace: Workspace, board: str, files: dict[str, str]) -> str:
    """Return links to kept files and to the board, as Markdown; `board` is the board's address."""
    here = f"{board}/{workspace.plan.id}/{workspace.campaign.code}"
    found = [f"[{words}]({here}/files/{quote(key)})" for words, key in files.items()]
    return " · ".join([*found, f"[Bảng theo dõi]({here})"])
