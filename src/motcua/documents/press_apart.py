"""A press apart: a long paper is set by a process of its own, so that no counter waits and its memory goes back.

Run as `python -m motcua.documents.press_apart`: values on standard input, the PDF on standard output.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from motcua.documents.prints.typesetter import typeset_pdf

POLITE = 5


class PressFailed(RuntimeError):
    """The press apart ended without a paper; the message is what it said last."""


def typeset_apart(template: str, values: Mapping[str, Any], *, at: datetime, seconds: float) -> bytes:
    """Set `template` as `typeset_pdf` does, in a process of its own.

    Raises PressFailed when it fails or is not done within so many seconds.
    """
    order = json.dumps({"template": template, "values": values, "at": at.isoformat()}, ensure_ascii=False)
    try:
        done = subprocess.run(
            (sys.executable, "-m", "motcua.documents.press_apart"), input=order.encode(), capture_output=True,
            timeout=seconds, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as late:
        raise PressFailed(f"not done within {seconds:.0f} s") from late
    if done.returncode != 0 or not done.stdout.startswith(b"%PDF"):
        raise PressFailed(done.stderr.decode(errors="replace").strip()[-400:] or f"ended with {done.returncode}")
    return done.stdout


def main() -> None:
    """Set one order, a little after everything else that the machine has to do."""
    os.nice(POLITE)
    order = json.loads(sys.stdin.buffer.read())
    pdf = typeset_pdf(order["template"], order["values"], at=datetime.fromisoformat(order["at"]))
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    main()
