"""Topics: the editor's own list first, then terms that stand out in the text."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from nutgraf.model.annotation import Annotations, TopicFound
from nutgraf.model.article import Document, LanguagePack
from nutgraf.model.brief import Page

MOST = 5
SALIENT = 3
"""Terms that are on no list are added up to this many topics."""
_NOUNS = frozenset({"NOUN", "PROPN"})


def make_topics(pack: LanguagePack, topics: Sequence[Page]) -> Callable[[Document, Annotations], Mapping[str, object]]:
    """The annotator of topics. `topics` are the editor's pages: name, aliases, and terms that make it be proposed."""
    lexicon = tuple((page.name, _pattern((page.name, *page.aliases)), _pattern(page.terms)) for page in topics)
    common = frozenset(str(word) for words in pack.table("topics").values() for word in words)

    def run(document: Document, found: Annotations) -> Mapping[str, object]:
        text = _story_text(document)
        listed = sorted(_listed(text, lexicon), key=lambda pair: (-pair[0], pair[1].label))
        chosen = [topic for _, topic in listed[:MOST]]
        names = {_folded(name) for actor in found.actors for name in (actor.name, *actor.aliases)}
        known = {_folded(topic.label) for topic in chosen}
        for topic in _salient(document, common, names):
            if len(chosen) >= SALIENT:
                break
            if _folded(topic.label) not in known:
                chosen.append(topic)
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
    """Compounds that return, then nouns that return often, most frequent first; needs a parsed document."""
    if not document.parsed:
        return
    pairs: Counter[str] = Counter()
    nouns: Counter[str] = Counter()
    for paragraph in document.paragraphs:
        doc = paragraph.doc
        for token in doc:
            lemma = token.lemma_.lower()
            if token.pos_ != "NOUN" or len(lemma) < 4 or not lemma.isalpha() or lemma in common:
                continue
            nouns[lemma] += 1
            before = doc[token.i - 1] if token.i else None
            if before is not None and before.pos_ in _NOUNS | {"ADJ"} and before.dep_ in ("compound", "amod"):
                pairs[f"{before.lower_} {lemma}"] += 1
    ranked = [(term, n) for term, n in pairs.most_common() if n >= 2 and not set(term.split()) & common]
    ranked += [(term, n) for term, n in nouns.most_common() if n >= 3 and not any(term in pair for pair, _ in ranked)]
    for term, n in ranked:
        if _folded(term) not in names:
            yield TopicFound(term, f"“{term}” × {n}", 0.4)


def _story_text(document: Document) -> str:
    return _folded("\n".join(paragraph.block.span.of(document.text) for paragraph in document.paragraphs))


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    forms = "|".join(re.escape(_folded(word)) for word in words if word)
    return re.compile(rf"\b(?:{forms})\b") if forms else re.compile(r"(?!)")


def _folded(words: str) -> str:
    """Without case and accents."""
    plain = unicodedata.normalize("NFKD", words.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))
