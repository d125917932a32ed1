"""Questions about what a paper does not say, their answers, and what was assumed where nobody answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from soket.text import nfc


@dataclass(frozen=True)
class OpenQuestion:
    """What is asked: a key for files of answers, the words, and what is assumed without an answer."""

    key: str
    text: str
    assumed: str = ""  # "" where the place stays open

    @property
    def line(self) -> str:
        """The question as a terminal and a list have it."""
        return f"{self.text} (bỏ trống: {self.assumed or 'để trống, bổ sung sau'})"


Answering = Callable[[OpenQuestion], str]


@dataclass
class Asking:
    """Asks, and keeps what was asked, assumed, shown as an example, and left open."""

    answer: Answering
    asked: list[tuple[OpenQuestion, str]] = field(default_factory=list)
    assumed: list[str] = field(default_factory=list)
    examples: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    def ask(self, question: OpenQuestion) -> str:
        """Return the answer, "" where there is none."""
        earlier = next((answer for each, answer in self.asked if each.key == question.key), None)
        if earlier is not None:
            return earlier
        answer = "".join(filter(str.isprintable, " ".join(nfc(self.answer(question)).split())))
        self.asked.append((question, answer))
        return answer

    def assume(self, words: str) -> str:
        """Keep an assumption; return it as a comment says it."""
        if words not in self.assumed:
            self.assumed.append(words)
        return f"giả định: {words}"

    def example(self, words: str) -> str:
        """Keep that something is an example; return it as a comment says it."""
        if words not in self.examples:
            self.examples.append(words)
        return f"ví dụ: {words}"

    def leave_open(self, words: str) -> None:
        """Keep that something is missing."""
        if words not in self.open:
            self.open.append(words)


def from_answers(answers: Mapping[str, str]) -> Answering:
    """Return what answers questions from a file, and leaves the others open."""
    return lambda question: answers.get(question.key, "")
