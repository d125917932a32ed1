"""Fuzzes guard and readers with the corpus: `make fuzz`, FUZZ="--seconds 600 --seed 1 --keep FOLDER".

Each file is read by a process of its own under the reader's limits. It writes down what it is about to read, so that a
file which ends the process is known; that file, and any for which `target.check` does not hold, is kept in the folder:
those are our faults. What the file is at fault in, and what goes to a person, is counted at the end; of the latter,
what no reader foresaw is kept too, to be looked at.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import os
import random
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from fuzz.mutate import mutated
from fuzz.target import check, whose
from intake.cases import all_cases
from intake.folders import FIELD, folders
from soket.reading import programs
from soket.reading.kinds import extension_of
from soket.reading.process import server
from soket.reading.process.child import allowed_time, limit, read
from soket.reading.signed_files import LIBRARIES

_READABLE = 0.75  # of what is read comes from files that the guard lets through: there is more behind it
_LARGEST_SEED = 1 << 20
_FEWEST = 5  # files a second; where a machine reads fewer, that nothing was found says nothing
_UNFORESEEN = {"TEP-14", "TEP-30"}

Seeds = dict[str, list[bytes]]  # by extension


def seeds() -> Seeds:
    """Return each file of the corpus once, made in a process of its own: what that holds would count as readers'."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as maker:
        return maker.submit(_made).result()


def _made() -> Seeds:
    found: dict[str, dict[str, bytes]] = {}
    sets = [*(case.files() for _, case in all_cases()), *(folder.files() for folder in folders(FIELD))]
    for files in sets:
        for name, data in files.items():
            if 0 < len(data) <= _LARGEST_SEED:
                found.setdefault(extension_of(name), {})[_digest(data)] = data
    return {extension: [each[key] for key in sorted(each)] for extension, each in sorted(found.items())}


def readable_of(known: Seeds) -> Seeds:
    """Return the seeds that the guard lets through."""
    readable = {
        extension: [data for data in each if apart(partial(_is_readable, extension, data)) == 0]
        for extension, each in known.items()
    }
    return {extension: each for extension, each in readable.items() if each}


def apart(do: Callable[[], bool]) -> int:
    """Do something in a process that is started as readers are; return how it ended, 0 where it came to be true."""
    process = os.fork()
    if process == 0:
        ended = 1
        try:
            gc.disable()
            limit()
            ended = 0 if do() else 1
        except BaseException:
            traceback.print_exc(file=sys.stdout)
        finally:
            sys.stdout.flush()
            os._exit(ended)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def _is_readable(extension: str, data: bytes) -> bool:
    with allowed_time():
        content = read(extension, data)
    return bool(content.paragraphs or content.sheets or content.scan is not None)


def _try(known: Seeds, readable: Seeds, number: int, keep: Path) -> bool:
    """Read the changed file of this number; keep it where it was not answered."""
    chance = random.Random(number)
    among = readable if chance.random() < _READABLE else known
    extension = chance.choice(list(among))
    data = mutated(chance.choice(among[extension]), [each for all_of in known.values() for each in all_of], chance)
    suffix = extension or "bin"
    current = keep / f"died-{number}.{suffix}"
    current.write_bytes(data)
    content, seconds = check(extension, data)
    codes = [finding.code for finding in content.findings]
    with (keep / "log").open("a") as log:
        log.write(f"{suffix} {whose(content)} {','.join(codes) or '-'} {seconds:.2f}\n")
    if _UNFORESEEN.isdisjoint(codes):
        current.unlink()
    else:
        current.rename(keep / f"{codes[0]}-{number}.{suffix}")
    return True


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path(".fuzz"))
    options = parser.parse_args()
    options.keep.mkdir(exist_ok=True)
    (options.keep / "log").write_text("")
    server.load(LIBRARIES)
    programs.office = programs.recogniser = lambda: None  # what they are made of is not ours to try
    known = seeds()
    gc.collect()
    gc.freeze()
    readable = readable_of(known)
    _say(f"{sum(map(len, known.values()))} seeds, {sum(map(len, readable.values()))} of them readable")
    number, bad, until = options.seed, 0, time.monotonic() + options.seconds
    while time.monotonic() < until:
        if ended := apart(partial(_try, known, readable, number, options.keep)):
            bad += 1
            _say(f"file {number} ended with {ended}")
        number += 1
    answered = _summarise(options.keep / "log")
    if answered < max(1, _FEWEST * options.seconds):
        _say(f"too few files: at least {_FEWEST} a second are to be answered")
        return 1
    return 1 if bad else 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _summarise(log: Path) -> int:
    """Tell what became of the files that were answered, and return how many they are."""
    lines = [line.split() for line in log.read_text().splitlines()]
    slowest = max((float(line[-1]) for line in lines), default=0.0)
    _say(f"{len(lines)} files, the slowest {slowest:.2f} s")
    for fault, count in Counter(line[1] for line in lines).most_common():
        _say(f"{count:8} {fault}")
    for (extension, fault, codes), count in Counter(tuple(line[:-1]) for line in lines).most_common():
        _say(f"{count:8} {extension:5} {fault:6} {codes}")
    return len(lines)


if __name__ == "__main__":
    sys.exit(main())
