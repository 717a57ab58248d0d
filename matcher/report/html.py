"""Pages of HTML: all that was read is escaped, nothing is loaded from anywhere, and only the style
and the script that belong to the page take effect."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup


def render_page(
    folder: Path,
    page: str,
    style: str | tuple[str, ...],
    values: Mapping[str, object],
    script: str = "",
) -> bytes:
    """Return a page in UTF-8 from the template `page` of a folder, with the file or files
    `style` and the file `script` ("": none) written into it; the same bytes for the same values.

    The template is given `values` and, as they are, `style`, `script` and `policy`, the content
    security policy that stands in its head. The filter `seen` shows characters that do not show as
    their number.
    """
    style = "".join(_read(folder, name) for name in ((style,) if isinstance(style, str) else style))
    script = _read(folder, script) if script else ""
    sources = f"style-src '{_digest(style)}'"
    if script:
        sources += f"; script-src '{_digest(script)}'"
    policy = f"default-src 'none'; {sources}; base-uri 'none'; form-action 'none'"
    own = {"style": Markup(style), "script": Markup(script), "policy": Markup(policy)}
    return _environment(folder).get_template(page).render(values, **own).encode()


@lru_cache(maxsize=16)
def _read(folder: Path, name: str) -> str:
    return (folder / name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@lru_cache(maxsize=16)
def _environment(folder: Path) -> Environment:
    from matcher.report.sheets.values import visible  # the sheets' own page imports this module

    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["seen"] = visible
    return environment
