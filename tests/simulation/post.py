"""A post office that fails in every way that one can."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from soket.notices.senders import MailServerError, Refusal

FAULTS = ("drops before DATA", "drops after DATA", "421", "451", "550 of one")


@dataclass
class PostOffice:
    """Takes messages and tells an observer of each; down, or failing at random."""

    chance: Random
    observe: Callable[[str, Sequence[str], bool], None]  # notice, addresses, whether the taking was acknowledged
    down: bool = False
    rate: float = 0.0  # of messages that meet a fault
    faults: int = 0
    bad_addresses: set[str] = field(default_factory=set)

    def __enter__(self) -> PostOffice:
        if self.down:
            raise MailServerError("không mở được máy chủ thư")
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def send(self, message: bytes, sender: str, recipients: Sequence[str]) -> Mapping[str, Refusal]:
        notice = message.split(b"\r\n", 1)[0].partition(b": ")[2].decode()
        refused = {each: Refusal(550, "5.1.1 User unknown") for each in recipients if each in self.bad_addresses}
        fault = self.chance.choice(FAULTS) if self.rate and self.chance.random() < self.rate else ""
        self.faults += bool(fault)
        taken = [each for each in recipients if each not in refused]
        match fault:
            case "drops before DATA":
                raise MailServerError("mất kết nối")
            case "drops after DATA":
                if taken:
                    self.observe(notice, taken, False)
                raise MailServerError("mất kết nối")
            case "421":
                raise MailServerError("421 bận")
            case "451":
                return {each: Refusal(451, "4.7.1 Greylisted") for each in recipients}
            case "550 of one":
                self.bad_addresses.add(recipients[0])
                return {**refused, recipients[0]: Refusal(550, "5.1.1 User unknown")}
        if taken:
            self.observe(notice, taken, True)
        return refused
