"""Front matter as nutgraf writes it, read without libyaml: most files have nothing else.

Only what is the same for libyaml is read; whatever is not clear at once is left to it.
"""

import re
from typing import Any

from nutgraf.model.brief import ItemKey

NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_BREAKS = r"\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff"
"""Ends of lines, and what libyaml does not take."""
_WORDS = rf"[^\W_][^,\[\]{{}}#:&*!|>%@`\"\\?\xa0\u2000-\u200f\u202f\u3000{_BREAKS}]*+(?<! )"
_QUOTED = rf'"[^"\\{_BREAKS}]*+(?:\\["\\][^"\\{_BREAKS}]*+)*+"'
_SCALAR = rf"(?:{_QUOTED}|{_WORDS})"
_VALUE = rf"(?:{_SCALAR}|\[(?:{_SCALAR}(?:, {_SCALAR})*+)?\])"
_KEY = r"[a-z_]{1,40}+"
_ITEM = rf"- \{{{_KEY}: {_VALUE}(?:, {_KEY}: {_VALUE})*+\}}\n"
_WHOLE = re.compile(rf"(?:{_KEY}:(?: {_VALUE}\n|\n(?:{_ITEM})*+))++")
_PAIR = re.compile(rf"(^- \{{|^|, )({_KEY}):(?: ({_VALUE}))?", re.M)
_PART = re.compile(_SCALAR)
_ESCAPED = re.compile(r'\\(["\\])')


def plain_tree(text: str) -> dict[str, Any] | None:
    """The mapping that a text is; None where that is not plain."""
    text += "\n"
    if not _WHOLE.fullmatch(text):
        return None
    tree: dict[str, Any] = {}
    last, here = "", tree
    for before, key, written in _PAIR.findall(text):
        if before == "- {":
            here = {}
            tree[last] = tree[last] or []
            tree[last].append(here)
        elif not before:
            last, here = key, tree
        if key in here:
            return None
        here[key] = _value(written)
    return tree


def plain_places(text: str) -> dict[ItemKey, int]:
    """Where each value of such a text begins, in code points, by its path."""
    found: dict[ItemKey, int] = {(): 0}
    last, count = "", 0
    here: ItemKey = ()
    for pair in _PAIR.finditer(text + "\n"):
        before, key, written = pair.groups()
        if before == "- {":
            if not count:
                found[last,] = pair.start()
            here = (last, count)
            found[here] = pair.start() + 2
            count += 1
        elif not before:
            last, count, here = key, 0, ()
        found[*here, key] = pair.start(3) if written else pair.end()
        if written and written[0] == "[":
            parts = _PART.finditer(text, pair.start(3), pair.end(3))
            found |= {(*here, key, i): part.start() for i, part in enumerate(parts)}
    return found


def _value(written: str) -> Any:
    if written[:1] == "[":
        return list(map(_value, _PART.findall(written)))
    if written[:1] != '"':
        return None if written in NULLS else written
    return _ESCAPED.sub(r"\1", written[1:-1]) if "\\" in written else written[1:-1]
