"""What becomes of anchors when a text is edited: `python -m bench.anchors TEXTS.jsonl [N]`.

Of each of N articles (a JSON object a line, `text` or `body`) a few stretches of three to seven words that stand once
are taken as anchors. Then a word of the stretch is misspelt, replaced, dropped or added, its sentence is moved to the
end, or deleted. Told is how often the anchor is found at its own words, lost with the edited words suggested, alone or
among others, lost with others suggested, lost with none; and `elsewhere`, which must be 0: found at other words.
"""

import argparse
import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from nutgraf.model.span import Span
from nutgraf.site.anchors import Fate, locate
from nutgraf.site.suggest import suggestions
from nutgraf.site.text import even_text, sentences

ANCHORS = 6
"""Of each article."""
OUTCOMES = ("found", "right", "among others", "none", "wrong", "elsewhere")


def misspelt(words: list[str], draw: random.Random) -> list[str]:
    at = max(range(len(words)), key=lambda i: len(words[i]) * draw.random())
    word = words[at]
    gone = draw.randrange(1, max(2, len(word) - 1))
    return [*words[:at], word[:gone] + word[gone + 1 :], *words[at + 1 :]]


def replaced(words: list[str], draw: random.Random) -> list[str]:
    at = draw.randrange(len(words))
    return [*words[:at], "whatever", *words[at + 1 :]]


def dropped(words: list[str], draw: random.Random) -> list[str]:
    at = draw.randrange(len(words))
    return words[:at] + words[at + 1 :]


def added(words: list[str], draw: random.Random) -> list[str]:
    at = draw.randrange(1, len(words))
    return [*words[:at], "really", *words[at:]]


EDITS: dict[str, Callable[[list[str], random.Random], list[str]]] = {
    "misspelt": misspelt,
    "replaced": replaced,
    "dropped": dropped,
    "added": added,
}


def cases(text: str, draw: random.Random) -> Iterator[tuple[str, str]]:
    """Kind of edit and its outcome, for a few anchors of a text."""
    fit = [s for s in sentences(text) if 8 <= len(s.of(text).split()) <= 40]
    for sentence in draw.sample(fit, min(ANCHORS, len(fit))):
        words = sentence.of(text).split()
        first = draw.randrange(len(words) - 6)
        anchor = " ".join(words[first : first + draw.randrange(3, 8)])
        start = text.find(anchor)
        if start < 0 or text.count(anchor) > 1 or locate(even_text(text), (anchor,)).fate is not Fate.FOUND:
            continue
        for name, edit in EDITS.items():
            new = " ".join(edit(anchor.split(), draw))
            edited = text[:start] + new + text[start + len(anchor) :]
            yield name, outcome(edited, anchor, Span(start, start + len(new)))
        rest = text[: sentence.start] + text[sentence.end :]
        moved = f"{rest}\n\n{sentence.of(text)}"
        at = moved.rfind(anchor)
        yield "sentence moved", outcome(moved, anchor, Span(at, at + len(anchor)))
        yield "sentence deleted", outcome(rest, anchor, None)


def outcome(edited: str, anchor: str, meant: Span | None) -> str:
    """What becomes of an anchor whose words now stand at `meant`; None: nowhere."""
    found = locate(even_text(edited), (anchor,))
    if found.fate is Fate.FOUND:
        return "found" if meant and meant.overlaps(found.spans[0]) else "elsewhere"
    offered = [one.span for one in suggestions(edited, anchor)]
    if not offered:
        return "none"
    right = [span for span in offered if meant and meant.overlaps(span)]
    return "wrong" if not right else "right" if len(offered) == 1 else "among others"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("count", nargs="?", type=int, default=100)
    options = parser.parse_args()
    draw = random.Random(1)
    counts: dict[str, Counter[str]] = {}
    with options.texts.open(encoding="utf-8") as lines:
        for line, _ in zip(lines, range(options.count), strict=False):
            row = json.loads(line)
            for name, told in cases(row.get("text") or row.get("body") or "", draw):
                counts.setdefault(name, Counter())[told] += 1
    print("| edit | " + " | ".join(OUTCOMES) + " |\n| --- |" + " --- |" * len(OUTCOMES))
    for name, told in counts.items():
        print(f"| {name} | " + " | ".join(str(told[outcome]) for outcome in OUTCOMES) + " |")


if __name__ == "__main__":
    main()
