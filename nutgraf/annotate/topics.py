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
        for topic in _salient(document, common, names):
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


def _salient(document: Document, common: frozenset[str], names: set[str]) -> Iterator[TopicFound]:
    """Compounds that return, then nouns that return often, in their usual form; needs a parsed document."""
    terms = Counter(_terms(document, common))
    for size, least in ((2, 2), (1, 3)):
        counts: Counter[tuple[str, ...]] = Counter()
        for (lemmas, _), n in terms.items():
            counts[lemmas] += n
        for lemmas, n in counts.most_common():
            if len(lemmas) != size or n < least:
                continue
            label = max(
                (form for lemma, form in terms if lemma == lemmas), key=lambda form: (terms[lemmas, form], form)
            )
            if _folded(label) not in names:
                yield TopicFound(label, f"“{label}” × {n}", 0.4)


def _terms(document: Document, common: frozenset[str]) -> Iterator[tuple[tuple[str, ...], str]]:
    """(lemmas, words) of each noun and of each noun with the one before it, common ones left out."""
    for paragraph in document.paragraphs if document.parsed else ():
        before = None
        for token in paragraph.doc:
            lemma = token.lemma_.lower()
            if token.pos_ == "NOUN" and len(lemma) >= 4 and lemma.isalpha() and lemma not in common:
                yield (lemma,), token.lower_
                if before is not None and _goes_before(before) and before.lemma_.lower() not in common:
                    yield (before.lemma_.lower(), lemma), f"{before.lower_} {token.lower_}"
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
