"""Front matter that is read without libyaml is what libyaml reads."""

import random
from pathlib import Path

import pytest

from nutgraf.formats.front_matter import _read_yaml, read_yaml
from nutgraf.formats.plain_yaml import plain_tree

ROOT = Path(__file__).resolve().parents[2]
BRIEFS = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "content" / "briefs").glob("*.md"))]
FRONTS = [text.split("---\n")[1].removesuffix("\n") for text in BRIEFS]
ODD = [
    *"{}[],:#\"'-&*!|>%@`\\ \n\t\r~?=<_./+0aÅ“\x85\xa0\u2003\u2028\u200b\ufeff\x7f\x00\U0001f600",
    *("- ", ": ", ", ", "  ", "---", "null", '""', "[]", "{}", '\\"', "\\\\", "\\n", "a: b", "- {a: b}", "\n- {", "'s"),
]


def same(text: str) -> bool:
    """Whether it is read without libyaml; what is read is what libyaml reads, at the same places."""
    tree = plain_tree(text)
    if tree is None:
        return False
    late, (node, problems) = read_yaml(text, "x.md", 3)[0], _read_yaml(text, "x.md", 3)
    assert node is not None and late is not None and not problems
    assert tree == node.value == late.value
    assert [list(part.items()) for part in (late.positions, late.keys, late.ends)] == [
        list(part.items()) for part in (node.positions, node.keys, node.ends)
    ]
    return True


def test_most_briefs_are_read_without_libyaml() -> None:
    assert sum(map(same, FRONTS)) > len(FRONTS) * 0.7


@pytest.mark.parametrize("seed", range(8))
def test_it_is_what_libyaml_reads(seed: int) -> None:
    dice = random.Random(seed)
    read = 0
    for _ in range(300):
        text = dice.choice(FRONTS)
        lines = dice.sample(text.split("\n"), k=min(4, text.count("\n")))
        text = dice.choice(["\n".join(["figures:", *lines]), "\n".join(lines), lines[0]])
        for _ in range(dice.randrange(3)):
            at = dice.randrange(len(text) + 1)
            text = text[:at] + dice.choice(ODD) + text[at + dice.randrange(3) :]
        read += same(text)
    assert read > 20


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a:b",
        "a: b: c",
        "a: b #c",
        "a: -1",
        "a: b\na: c",
        "a: b\n- {c: d}",
        "a:\n- {b: c, b: d}",
        "a: {b: c}",
        "a: [b, [c]]",
        "a: 'b'",
        'a: "\\u00e9"',
        "a: >\n  b",
        "a: b\n\nc: d",
        "a: b ",
        "- {a: b}",
    ],
)
def test_what_is_not_plain_is_left_to_it(text: str) -> None:
    assert plain_tree(text) is None
