"""The two catalogues of `matcher.language`: extract the messages, keep what is translated, compile.

`python -m tests.catalogues` after changing a message: new messages come with an empty
translation, unused ones go; fill in the .po files and run it again. test_language.py checks them.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from matcher.errors import load_codes
from matcher.law.book import sentences

ROOT = Path(__file__).resolve().parents[1]
LOCALES = ROOT / "matcher" / "language" / "locale"
TRANSLATED = ("id", "ja")
TYPE = "Content-Type: text/plain; charset=utf-8"
HEADER = '# {language}: words as agreed with the programme.\nmsgid ""\nmsgstr "{type}\\n"\n\n'


class Plain(Catalog):
    """A catalogue whose header holds nothing that changes from day to day."""

    def __iter__(self) -> Iterator[Message]:
        yield Message("", f"{TYPE}\n")
        yield from (message for message in super().__iter__() if message.id)


def messages_of_sources() -> tuple[str, ...]:
    """Return the messages of every `say("...")`, the meanings of the codes and the sentences of
    the book of rules, sorted."""
    found = extract_from_dir(ROOT / "matcher", [("**.py", "python")], keywords={"say": None})
    messages = {message for _, _, message, _, _ in found}
    assert all(isinstance(message, str) for message in messages)
    meanings = {meaning for _, meaning in load_codes().values()}
    return tuple(sorted({*map(str, messages), *meanings, *sentences()}))


def read_translations(language: str) -> dict[str, str]:
    """Return the translation of each message of a .po file."""
    path = _path(language, "po")
    if not path.is_file():
        return {}
    catalogue = read_po(io.BytesIO(path.read_bytes()), locale=language)
    return {str(message.id): str(message.string) for message in catalogue if message.id}


def compiled(translations: dict[str, str]) -> bytes:
    """Return the .mo file of translations."""
    file = io.BytesIO()
    write_mo(file, _catalogue(translations))
    return file.getvalue()


def update(language: str) -> int:
    """Write both files of a language; return how many messages are not translated yet."""
    old = read_translations(language)
    translations = {message: old.get(message, "") for message in messages_of_sources()}
    file = io.BytesIO()
    write_po(
        file,
        _catalogue(translations),
        width=100,
        no_location=True,
        omit_header=True,
        sort_output=True,
    )
    path = _path(language, "po")
    path.parent.mkdir(parents=True, exist_ok=True)
    header = HEADER.format(language=language, type=TYPE).encode()
    path.write_bytes(header + file.getvalue().rstrip() + b"\n")
    _path(language, "mo").write_bytes(compiled(translations))
    return list(translations.values()).count("")


def _catalogue(translations: dict[str, str]) -> Plain:
    catalogue = Plain()
    for message, translation in translations.items():
        catalogue.add(message, translation)
    return catalogue


def _path(language: str, kind: str) -> Path:
    return LOCALES / language / "LC_MESSAGES" / f"matcher.{kind}"


if __name__ == "__main__":
    for name in TRANSLATED:
        print(f"{name}: {update(name)} messages to translate")
