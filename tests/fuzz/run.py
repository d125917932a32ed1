"""Fuzzes guard and readers with the corpus: `make fuzz`, FUZZ="--seconds 600 --seed 1 --keep FOLDER".

Each worker is a process under the reader's limits. It writes down what it is about to read, so that a file which ends
the process is known; that file, and any for which `target.check` does not hold, is kept in the folder: those are our
faults. What the file is at fault in, and what goes to a person, is counted at the end.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import sys
import time
import traceback
from collections import Counter
from pathlib import Path

from fuzz.mutate import mutated
from fuzz.target import check, whose
from intake.cases import all_cases
from soket.intake.kinds import extension_of
from soket.intake.reading import programs, server
from soket.intake.reading.child import allowed_time, limit, read

_ROUND = 1  # files a process, as readers are started: what one does to its memory is no fault of the next
_READABLE = 0.75  # of what is read comes from files that the guard lets through: there is more behind it
_LARGEST_SEED = 1 << 20

Seeds = list[tuple[str, bytes]]


def seeds() -> Seeds:
    """Return each file of the corpus once, with its extension."""
    found = {}
    for _, case in all_cases():
        for name, data in case.files().items():
            if 0 < len(data) <= _LARGEST_SEED:
                found[extension_of(name), hashlib.sha256(data).hexdigest()] = data
    return sorted((extension, data) for (extension, _), data in found.items())


def _readable(known: Seeds) -> Seeds:
    """Return the seeds that the guard lets through; they are read apart, as workers begin with what we hold."""
    answers, answer = os.pipe()
    process = os.fork()
    if process == 0:
        limit()
        for extension, data in known:
            with allowed_time():
                content = read(extension, data)
            os.write(answer, b"1" if content.paragraphs or content.sheets or content.scan is not None else b"0")
        os._exit(0)
    os.close(answer)
    with os.fdopen(answers, "rb") as told:
        marks = told.read()
    os.waitpid(process, 0)
    return [seed for seed, mark in zip(known, marks, strict=True) if mark == ord("1")]


def work(known: Seeds, readable: Seeds, number: int, keep: Path) -> None:
    """Read a round of changed files in this process, then end it."""
    limit()
    chance, all_data = random.Random(number), [data for _, data in known]
    for _ in range(_ROUND):
        extension, data = chance.choice(readable if chance.random() < _READABLE else known)
        data = mutated(data, all_data, chance)
        current = keep / f"current-{os.getpid()}.{extension or 'bin'}"
        current.write_bytes(data)
        try:
            content, seconds = check(extension, data)
        except BaseException:
            current.rename(keep / f"{hashlib.sha256(data).hexdigest()[:16]}.{extension or 'bin'}")
            sys.stdout.write(traceback.format_exc())
            os._exit(1)
        codes = ",".join(finding.code for finding in content.findings) or "-"
        with (keep / "log").open("a") as log:
            log.write(f"{extension or '?'} {whose(content)} {codes} {seconds:.2f}\n")
        current.unlink()
    os._exit(0)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path(".fuzz"))
    options = parser.parse_args()
    options.keep.mkdir(exist_ok=True)
    server.load()
    (options.keep / "log").write_text("")
    programs.office = programs.recogniser = lambda: None  # what they are made of is not ours to try
    known, until, number, bad = seeds(), time.monotonic() + options.seconds, options.seed, 0
    readable = _readable(known)
    sys.stdout.write(f"{len(known)} seeds, {len(readable)} of them readable\n")
    sys.stdout.flush()
    while time.monotonic() < until:
        process = os.fork()
        if process == 0:
            work(known, readable, number, options.keep)
        _, status = os.waitpid(process, 0)
        number += 1
        if status:
            bad += 1
            sys.stdout.write(f"round {number - 1} ended with {os.waitstatus_to_exitcode(status)}\n")
            for left in options.keep.glob("current-*"):
                left.rename(left.with_name(f"died-{number - 1}{left.suffix}"))
            sys.stdout.flush()
    _summarise(options.keep / "log")
    return 1 if bad else 0


def _summarise(log: Path) -> None:
    lines = [line.split() for line in log.read_text().splitlines()]
    slowest = max((float(line[-1]) for line in lines), default=0.0)
    sys.stdout.write(f"{len(lines)} files, the slowest {slowest:.2f} s\n")
    for kind, count in Counter(tuple(line[:-1]) for line in lines).most_common():
        extension, fault, codes = kind
        sys.stdout.write(f"{count:8} {extension:5} {fault:6} {codes}\n")


if __name__ == "__main__":
    sys.exit(main())
