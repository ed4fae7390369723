"""What the blocks of a web page look like: features for telling a story from what stands around it.

The containers' scores are after Arc90's Readability; the rest after Kohlschütter, Fankhauser and Nejdl, "Boilerplate
detection using shallow text features" (WSDM 2010), with the words of class names.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from nutgraf.formats.page_blocks import PageBlock
from nutgraf.layout import Line, bucket

PARTS = frozenset(
    (
        *("article", "main", "aside", "nav", "footer", "header", "figure", "figcaption", "form", "ul", "ol", "table"),
        *("blockquote", "section", "li", "address"),
    )
)
"""Elements that say what the text within them is."""
NEAR = (1.0, 0.9, 0.5, 0.35, 0.25, 0.2, 0.15)
"""Share of a paragraph's words that counts for each element around it, from the inmost outwards."""
LONGEST = 80
"""Words of a paragraph that count."""
LINKED = 0.4
"""Share of links from which a block is a menu rather than prose."""
_CAPITAL = re.compile(r"([a-z])([A-Z])")
_LETTERS = re.compile(r"[a-z]+")


class Marks:
    """Features of the blocks of one page."""

    def __init__(self, blocks: Sequence[PageBlock], lines: Sequence[Line], words: Mapping[str, str]) -> None:
        """`words` gives the group of a word in class names."""
        self._blocks, self._lines, self._words = blocks, lines, words
        self._groups: dict[Any, frozenset[str]] = {}
        around: Counter[Any] = Counter()
        self._parents: Counter[Any] = Counter()
        self._styles: Counter[tuple[Any, Any]] = Counter()
        for block, line in zip(blocks, lines, strict=True):
            if line.shape != "prose":
                continue
            if block.path:
                self._styles[_style(block)] += len(line.words)
            if block.linked < LINKED:
                for share, element in zip(NEAR, reversed(block.path), strict=False):
                    around[element] += share * min(len(line.words), LONGEST)  # type: ignore[assignment]
                if len(block.path) > 1:
                    self._parents[block.path[-2]] += len(line.words)
        self._best = max(around, key=lambda e: around[e], default=None)
        self._parent = max(self._parents, key=lambda e: self._parents[e], default=None)
        self._words_in_parents = self._parents.total() or 1
        self._words_in_styles = self._styles.total() or 1

    def of(self, i: int) -> Iterator[str]:
        """Features of the block `i` as an element of the page."""
        block, shape = self._blocks[i], self._lines[i].shape
        yield from self._tags(block, shape)
        yield from self._classes(block, shape)
        yield from self._container(block, shape)

    def _tags(self, block: PageBlock, shape: str) -> Iterator[str]:
        tag = block.path[-1].tag if block.path else ""
        yield f"tag:{tag}"
        yield f"tag:{tag}:{shape}"
        for part in {element.tag for element in block.path} & PARTS:
            yield f"in:{part}"
            yield f"in:{part}:{shape}"
        links = sum(block.linked > bound for bound in (0, 0.2, 0.5, 0.9))
        yield f"links:{links}"
        yield f"links:{links}:{shape}"
        if block.bold:
            yield f"bold:{shape}"
        if any(element.get("itemprop") in ("articleBody", "text") for element in block.path):
            yield "article body"
        if any(_is_hidden(element) for element in block.path):
            yield "unseen"

    def _classes(self, block: PageBlock, shape: str) -> Iterator[str]:
        groups = [self._groups_of(element) for element in reversed(block.path)]
        near, middle, far = (frozenset().union(*part) for part in (groups[:1], groups[1:4], groups[4:]))
        yield from (f"class {group}" for group in near)
        yield from (f"class around {group}" for group in middle)
        yield from (f"class far {group}" for group in far)
        yield from (f"class near {group}:{shape}" for group in near | middle)

    def _groups_of(self, element: Any) -> frozenset[str]:
        if element not in self._groups:
            names = _CAPITAL.sub(r"\1 \2", f"{element.get('class') or ''} {element.get('id') or ''}").lower()
            self._groups[element] = frozenset(self._words[w] for w in _LETTERS.findall(names) if w in self._words)
        return self._groups[element]

    def _container(self, block: PageBlock, shape: str) -> Iterator[str]:
        inside = self._best is not None and self._best in block.path
        yield f"in best:{inside}:{shape}"
        if inside:
            yield f"depth in best:{min(4, len(block.path) - block.path.index(self._best) - 1)}:{shape}"
        parent = block.path[-2] if len(block.path) > 1 else None
        yield f"in main parent:{self._parent is not None and self._parent in block.path}"
        yield f"main parent:{parent is self._parent}:{shape}"
        if parent is not None:
            yield f"share of parent:{_quarter(self._parents[parent] / self._words_in_parents)}:{shape}"
        if block.path:
            yield f"share of style:{_quarter(self._styles[_style(block)] / self._words_in_styles)}:{shape}"


def _style(block: PageBlock) -> tuple[Any, Any]:
    return block.path[-1].tag, block.path[-1].get("class")


def _is_hidden(element: Any) -> bool:
    style = (element.get("style") or "").replace(" ", "")
    return "display:none" in style or element.get("hidden") is not None or element.get("aria-hidden") == "true"


def _quarter(share: float) -> int:
    return bucket(int(100 * share), (1, 11, 31, 61))
