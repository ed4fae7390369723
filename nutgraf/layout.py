"""What the lines of a pasted page look like: features for telling a story from what stood around it.

After Kohlschütter, Fankhauser and Nejdl, "Boilerplate detection using shallow text features" (WSDM 2010): length and
density of a line and of its neighbours say most, whatever the language; groups of clutter words add the rest.
"""

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

_WORD = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]{1,2}|[\w'’&-]+?(?=[\u3040-\u30ff\u4e00-\u9fff]|$|[^\w'’&-])")
"""Japanese and Chinese, written without blanks, count a word for every two characters."""
_END = re.compile(r"[.?!…。！？][\"'”’»)\]]*$")
_INNER_END = re.compile(r"[.?!…][\"'”’»)]* +[\"'“‘«¿¡(—]*[^\W\d_]")
_DATE = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b\d{1,2}[:.h]\d\d\b")
_QUOTE = "\"'“‘«„¿¡—–"
_LINK = re.compile(r"https?:|www\.|\w@\w|\w\.(?:com|org|net)\b")
_SIGNS = ("©", "|", "»", "›", "•", "→", "▶", "#", "@", "/", "[", "...", "…", "*", "✓", "×")
LONGEST_PHRASE = 4
"""Words in the longest phrase of a group."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line's words in lower case without accents, and the features it has by itself."""

    text: str
    words: tuple[str, ...]
    groups: frozenset[str]
    shape: str
    """prose | sentence | title | label | word: the coarsest sort of line, that neighbours see."""
    own: tuple[str, ...]


def phrase_table(groups: Mapping[str, Sequence[str]]) -> Mapping[str, str]:
    """From {group: phrases} to {phrase: group}; the first group to claim a phrase has it."""
    table: dict[str, str] = {}
    for group, phrases in groups.items():
        for phrase in phrases:
            table.setdefault(phrase, group)
    return table


def plain(text: str) -> str:
    """Lower case, without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c))


def look_at(text: str, phrases: Mapping[str, str]) -> Line:
    """A line by itself."""
    words = tuple(_WORD.findall(plain(text)))
    groups = frozenset(_groups(words, phrases))
    shape = _shape(text, len(words))
    return Line(text, words, groups, shape, tuple(_own(text, words, groups, shape, phrases)))


def _groups(words: Sequence[str], phrases: Mapping[str, str]) -> Iterator[str]:
    for start in range(len(words)):
        for size in range(1, LONGEST_PHRASE + 1):
            if group := phrases.get(" ".join(words[start : start + size])):
                yield group


def _shape(text: str, words: int) -> str:
    ended = _END.search(text) is not None
    if words >= 25 or (words >= 12 and ended):
        return "prose"
    if words >= 4:
        return "sentence" if ended else "title"
    return "label" if words > 1 else "word"


def _own(
    text: str, words: Sequence[str], groups: frozenset[str], shape: str, phrases: Mapping[str, str]
) -> Iterator[str]:
    size = bucket(len(words), (0, 1, 2, 3, 5, 8, 12, 18, 26, 40, 70))
    yield f"size:{size}"
    short = len(words) <= 6
    for group in groups:
        yield f"{group}:{'short' if short else 'medium' if len(words) <= 15 else 'long'}"
    if words and not short and len(words) <= 15 and groups:
        yield "clutter word in a title"
    if len(words) > 3 and "caption" in _groups(words[-4:], phrases):
        yield f"ends in a picture credit:{shape}"
    yield f"end:{_ending(text)}:{shape}"
    if _INNER_END.search(text):
        yield f"two sentences:{shape}"
    yield from _letters(text, words, shape)


def _ending(text: str) -> str:
    if _END.search(text):
        return "stop"
    return {":": "colon", ",": "comma", "»": "mark", ")": "bracket", '"': "quote", "”": "quote"}.get(text[-1:], "none")


def _letters(text: str, words: Sequence[str], shape: str) -> Iterator[str]:
    raw = _WORD.findall(text)
    first = text[:1]
    quote = "quote" if first in _QUOTE else "other"
    yield "starts:" + ("lower" if first.islower() else "digit" if first.isdigit() else quote)
    long = [w for w in raw[1:] if len(w) > 3]
    capital = sum(w[:1].isupper() for w in long) / len(long) if long else 0
    yield f"capitals:{bucket(int(capital * 10), (0, 2, 5, 8, 9))}:{shape}"
    if text.isupper():
        yield f"all capitals:{shape}"
    small = sum(len(w) <= 3 and w.islower() for w in raw) / len(raw) if raw else 0
    yield f"small words:{bucket(int(small * 100), (0, 10, 20, 30, 40))}:{shape}"
    digits = sum(c.isdigit() for c in text) / len(text) if text else 0
    yield f"digits:{bucket(int(digits * 100), (0, 3, 10, 30))}:{shape}"
    if _DATE.search(text):
        yield f"date:{shape}"
    if _LINK.search(text):
        yield f"link:{shape}"
    yield f"commas:{min(text.count(','), 3)}:{shape}"
    for sign in _SIGNS:
        if sign in text:
            yield f"sign {sign}:{shape}"
    for sign in ("“", '"', "«"):
        if sign in text:
            yield f"quoted:{shape}"
            break


def bucket(value: int, bounds: Sequence[int]) -> int:
    """How many of the ascending bounds `value` exceeds."""
    return bisect_right(bounds, value - 1)


def features(lines: Sequence[Line], title: str | None = None) -> list[list[str]]:
    """For each line, what it and its surroundings look like."""
    whole = _Whole(lines, title)
    return [[*line.own, *whole.around(index)] for index, line in enumerate(lines)]


class _Whole:
    """Counts over all the lines, made once."""

    def __init__(self, lines: Sequence[Line], title: str | None) -> None:
        self.lines = lines
        self.first, self.last = _densest(lines)
        self.copies = Counter(line.words for line in lines)
        self.final = {line.words: i for i, line in enumerate(lines)}
        prose = (len(line.words) if line.shape == "prose" else 0 for line in lines)
        self.sums = [0, *accumulate(prose)]
        core = lines[self.first : self.last + 1]
        self.vocabulary = Counter(w for line in core if line.shape == "prose" for w in set(line.words) if len(w) >= 5)
        self.title = frozenset(_WORD.findall(plain(title or "")))
        self.rubric = _since_rubric(lines)

    def around(self, i: int) -> Iterator[str]:
        line = self.lines[i]
        shape = line.shape
        yield f"place:{self._place(i)}:{shape}"
        yield f"place:{self._place(i)}"
        for step in (-2, -1, 1, 2):
            yield f"shape {step:+d}:{self._shape(i + step)}:{shape}"
        yield f"between:{self._shape(i - 1)}:{self._shape(i + 1)}:{shape}"
        for step in (-1, 1):
            if 0 <= i + step < len(self.lines):
                for group in self.lines[i + step].groups:
                    if len(self.lines[i + step].words) <= 8:
                        yield f"{group} {step:+d}"
        yield f"prose above:{self._distance(i, -1)}:{shape}"
        yield f"prose below:{self._distance(i, 1)}:{shape}"
        yield f"rubric:{bucket(self.rubric[i], (0, 1, 2, 4, 8, 16))}:{shape}"
        yield f"copies:{min(self.copies[line.words], 3)}:{shape}"
        if self.copies[line.words] > 1 and self.final[line.words] > i:
            yield f"stands again below:{shape}"
        yield f"prose around:{self._around(i)}:{shape}"
        yield f"known words:{self._known(line)}:{shape}"
        if self.title and len(self.title & set(line.words)) >= 0.7 * len(self.title):
            yield "title"

    def _shape(self, i: int) -> str:
        return self.lines[i].shape if 0 <= i < len(self.lines) else "edge"

    def _place(self, i: int) -> str:
        if i < self.first:
            return f"before {bucket(self.first - i, (1, 2, 4, 8, 16))}"
        if i > self.last:
            return f"after {bucket(i - self.last, (1, 2, 4, 8, 16))}"
        return "first" if i == self.first else "last" if i == self.last else "inside"

    def _around(self, i: int) -> int:
        """Words of prose within five lines of a line, itself apart, in steps."""
        near = self.sums[min(i + 6, len(self.lines))] - self.sums[max(i - 5, 0)]
        own = self.sums[i + 1] - self.sums[i]
        return bucket(near - own, (0, 20, 60, 120, 200, 320))

    def _distance(self, i: int, step: int) -> int:
        near = i + step
        while 0 <= near < len(self.lines) and abs(near - i) < 6 and self.lines[near].shape != "prose":
            near += step
        return abs(near - i) if 0 <= near < len(self.lines) else 9

    def _known(self, line: Line) -> int:
        """How many tenths of the longer words of a line stand in the prose of the densest stretch, itself apart."""
        own = 1 if line.shape == "prose" else 0
        long = {w for w in line.words if len(w) >= 5}
        if not long:
            return -1
        return bucket(10 * sum(self.vocabulary[w] > own for w in long) // len(long), (0, 2, 4, 6, 8))


def _densest(lines: Sequence[Line]) -> tuple[int, int]:
    """First and last line of the stretch with the most prose in it for the fewest lines that are none."""
    best, start, total, found = 0.0, 0, 0.0, (0, len(lines) - 1)
    for i, line in enumerate(lines):
        worth = min(len(line.words), 60) if line.shape == "prose" else 6 if line.shape == "sentence" else -7
        if line.groups & {"copyright", "legal"} and worth > 0:
            worth = -7
        if total <= 0:
            start, total = i, 0.0
        total += worth
        if total > best:
            best, found = total, (start, i)
    return found


def _since_rubric(lines: Sequence[Line]) -> list[int]:
    """Lines since a short line that announces other stories, 99 where none did since the last prose."""
    since, result = 99, []
    for line in lines:
        if line.groups & {"related", "popular"} and len(line.words) <= 8:
            since = 0
        elif line.shape == "prose" and len(line.words) >= 40:
            since = 99
        else:
            since = min(since + 1, 99)
        result.append(since)
    return result
