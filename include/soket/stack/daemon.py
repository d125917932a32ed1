"""The detached supervisor: `python -m soket.stack.daemon`, started by `soket up --detach` and by nobody else."""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path

from soket.stack.launch import run
from soket.stack.state import State
from soket.stack.supervisor import StartError


def main() -> int:
    """Supervise the stack whose lock we inherited; return the exit code."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--state", type=Path, required=True)
    parser.add_argument("--lock", type=int, required=True, help="the descriptor that holds the lock; it stays open")
    parser.add_argument("--services", required=True)
    parser.add_argument("--replay")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    state = State.locate(arguments.state)
    try:
        run(state, services=arguments.services.split(","), replay=arguments.replay)
    except StartError:
        logging.exception("the stack did not come up")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
