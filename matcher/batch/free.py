"""Where a batch may be written: what stands there is replaced only where nobody has added to it."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from matcher.batch.manifest import MANIFEST, read_manifest
from matcher.batch.reports import WORKBOOK
from matcher.errors import UsageError
from matcher.language import say


def check_free(out: Path, replace: bool) -> None:
    """Raise `UsageError` where `out` exists and is not a batch that may be replaced: one without
    other files, whose workbook is as it was written."""
    if not os.path.lexists(out):
        if not out.parent.is_dir():
            raise UsageError(say("There is no folder {folder}.", folder=str(out.parent)))
        return
    if not replace:
        raise UsageError(
            say("{folder} exists already; name another, or use --replace.", folder=str(out))
        )
    written = read_manifest(out)["files"]
    found = {str(path.relative_to(out).as_posix()) for path in out.rglob("*") if path.is_file()}
    strangers = sorted(found - {MANIFEST} - set(written))
    if strangers:
        raise UsageError(
            say(
                "{folder} holds files that are not the batch's ({files}); it is not replaced.",
                folder=str(out),
                files=tuple(strangers[:5]),
            )
        )
    workbook = out / WORKBOOK
    if WORKBOOK in found and hashlib.sha256(workbook.read_bytes()).hexdigest() != written[WORKBOOK]:
        raise UsageError(
            say(
                "{file} was changed after it was written and may hold decisions; the batch is not"
                " replaced. Move the file elsewhere, then run again.",
                file=str(workbook),
            )
        )
