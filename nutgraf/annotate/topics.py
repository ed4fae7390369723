"""Topics: the editor's own list first, then terms that stand out in the text."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from nutgraf.model.annotation import Annotations, TopicFound
from nutgraf.model.article import Document, LanguagePack
from nutgraf.model.brief import Page

MOST = 5
SALIENT = 3
"""Terms that are on no list are added up to this many topics."""
IN_HEADLINE, IN_LEDE, LEAST = 3, 1, 8
"""How many paragraphs more a term weighs for; least weight (a noun counts twice its paragraphs, a compound thrice)."""
SURE, FAIR = 0.6, 0.4
_TERM_PARTS = frozenset({"NOUN", "ADJ"})


def make_topics(pack: LanguagePack, topics: Sequence[Page]) -> Callable[[Document, Annotations], Mapping[str, object]]:
    """The annotator of topics. `topics` are the editor's pages: name, aliases, and terms that make it be proposed."""
    lexicon = tuple((page.name, _pattern((page.name, *page.aliases)), _pattern(page.terms)) for page in topics)
    common = frozenset(str(word) for words in pack.table("topics").values() for word in words)

    def run(document: Document, found: Annotations) -> Mapping[str, object]:
        text = _story_text(document)
        listed = sorted(_listed(text, lexicon), key=lambda pair: (-pair[0], pair[1].label))
        chosen = [topic for _, topic in listed[:MOST]]
        names = {_folded(name) for actor in found.actors for name in (actor.name, *actor.aliases)}
        known = {word for topic in chosen for word in _folded(topic.label).split()}
        for topic in _salient(document, _folded(found.headline or ""), common, names):
            words = set(_folded(topic.label).split())
            if len(chosen) < SALIENT and not words & known:
                chosen.append(topic)
                known |= words
        return {"topics": tuple(chosen)}

    return run


def _listed(
    text: str, lexicon: Iterable[tuple[str, re.Pattern[str], re.Pattern[str]]]
) -> Iterator[tuple[int, TopicFound]]:
    """(weight, topic) for each of the list whose own name, or two of whose terms, are in the text."""
    for label, names, terms in lexicon:
        named, hinted = names.findall(text), terms.findall(text)
        if named or len(hinted) >= 2:
            counts = Counter(named + hinted).most_common(3)
            reason = ", ".join(f"“{word}” × {n}" for word, n in counts)
            yield 2 * len(named) + len(hinted), TopicFound(label, reason, 0.9 if named else 0.7)


def _salient(document: Document, headline: str, common: frozenset[str], names: set[str]) -> Iterator[TopicFound]:
    """Terms that stand out, the weightiest first, in their usual form; needs a parsed document.

    A term weighs by how many paragraphs it is spread over, more where headline or lede have it (news tells the main
    thing first), and more as a compound, which says more. Fewer than two mentions tell nothing.
    """
    where: dict[tuple[str, ...], Counter[int]] = {}
    forms: dict[tuple[str, ...], Counter[str]] = {}
    for number, lemmas, form in _terms(document, common):
        where.setdefault(lemmas, Counter())[number] += 1
        forms.setdefault(lemmas, Counter())[form] += 1
    found: list[tuple[float, TopicFound]] = []
    for lemmas, places in where.items():
        label = min(forms[lemmas], key=lambda form: (-forms[lemmas][form], form))
        ahead = _folded(label) in headline
        weight = (len(places) + IN_HEADLINE * ahead + IN_LEDE * (min(places) <= 1)) * (len(lemmas) + 1)
        n = places.total()
        if n >= 2 and weight >= LEAST and _folded(label) not in names:
            reason = f"“{label}” × {n}" + (", in the headline" if ahead else "")
            found.append((weight, TopicFound(label, reason, SURE if ahead else FAIR)))
    yield from (topic for _, topic in sorted(found, key=lambda pair: (-pair[0], pair[1].label)))


def _terms(document: Document, common: frozenset[str]) -> Iterator[tuple[int, tuple[str, ...], str]]:
    """(paragraph's number, lemmas, words) of each noun and of each with the one before it, common ones left out."""
    for number, paragraph in enumerate(document.paragraphs if document.parsed else ()):
        before = None
        for token in paragraph.doc:
            lemma = token.lemma_.lower()
            if token.pos_ == "NOUN" and len(lemma) >= 4 and lemma.isalpha() and lemma not in common:
                yield number, (lemma,), token.lower_
                if before is not None and _goes_before(before) and before.lemma_.lower() not in common:
                    yield number, (before.lemma_.lower(), lemma), f"{before.lower_} {token.lower_}"
            before = token


def _goes_before(token: Any) -> bool:
    """Whether a token is the first word of a compound term: a noun or adjective that belongs to the next noun."""
    return bool(token.is_alpha and token.pos_ in _TERM_PARTS and token.dep_ in ("compound", "amod"))


def _story_text(document: Document) -> str:
    return _folded("\n".join(paragraph.block.span.of(document.text) for paragraph in document.paragraphs))


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    forms = "|".join(re.escape(_folded(word)) for word in words if word)
    return re.compile(rf"\b(?:{forms})\b") if forms else re.compile(r"(?!)")


def _folded(words: str) -> str:
    """Without case and accents."""
    plain = unicodedata.normalize("NFKD", words.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))
