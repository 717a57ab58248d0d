"""The child process seen from its parent: started, listened to with bounds, ended."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Generator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from matcher.grid import Limits
from matcher.workbook.faults import Fault

_ROOT = Path(__file__).parents[2]
# One row of the widest and longest cells, each letter escaped.
_LINE = 128 << 20
Message = dict[str, Any]


def messages(
    arguments: list[str], limits: Limits, given: bytes = b"", scraps: str = ""
) -> Generator[Message, None, None]:
    """Run the child and yield what it says, the last message its `done`; Fault for anything else:
    a fault it tells of, too much said, nonsense, a hang, a crash.

    `given` goes to its standard input, its temporary files into the folder `scraps`.
    """
    child = _started(arguments, limits, scraps)
    assert child.stdin and child.stdout
    late = threading.Event()

    def end() -> None:
        late.set()
        child.kill()

    timer = threading.Timer(limits.seconds, end)
    timer.daemon = True
    timer.start()
    feeder = threading.Thread(target=_feed, args=(child, given), daemon=True)
    feeder.start()
    try:
        left = 4 * limits.inflated_bytes
        while line := child.stdout.readline(min(left, _LINE)):
            left -= len(line)
            if not line.endswith(b"\n"):
                break
            message = _message(line)
            yield message
            if "done" in message:
                return
    finally:
        timer.cancel()
        child.kill()
        child.wait()
        child.stdout.close()
        feeder.join()
    if late.is_set():
        raise Fault("WORKBOOK_TOO_HARD", what="seconds", limit=limits.seconds)
    raise Fault("WORKBOOK_TOO_HARD", what="memory", limit=limits.memory_bytes)


def _started(arguments: list[str], limits: Limits, scraps: str) -> subprocess.Popen[bytes]:
    mode, source, *rest = arguments
    command = [sys.executable, "-P", "-m", "matcher.workbook.child", mode, source]
    return subprocess.Popen(
        [*command, json.dumps(asdict(limits)), *rest],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(scraps),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _message(line: bytes) -> Message:
    try:
        message = json.loads(line)
    except (ValueError, RecursionError) as nonsense:
        raise Fault("WORKBOOK_BROKEN") from nonsense
    if not isinstance(message, dict):
        raise Fault("WORKBOOK_BROKEN")
    if "fault" in message:
        facts = message.get("facts")
        plain = facts if isinstance(facts, dict) else {}
        raise Fault(
            str(message["fault"]),
            **{str(name): fact for name, fact in plain.items() if isinstance(fact, str | int)},
        )
    return message


def _feed(child: subprocess.Popen[bytes], given: bytes) -> None:
    assert child.stdin
    with contextlib.suppress(OSError):
        child.stdin.write(given)
    with contextlib.suppress(OSError):
        child.stdin.close()


def _environment(scraps: str) -> dict[str, str]:
    """Return the child's environment: this package found first, nothing that varies by run."""
    paths = [str(_ROOT), os.environ.get("PYTHONPATH", "")]
    path = os.pathsep.join(filter(None, paths))
    own = {"PYTHONPATH": path, "PYTHONHASHSEED": "0"}
    if scraps:
        own |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(Path(scraps).absolute()))
    return os.environ | own
