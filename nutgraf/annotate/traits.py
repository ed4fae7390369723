"""What a document tells of an actor, as features: its name, the places where that stands, all of them together."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from nutgraf.annotate.acronyms import is_acronym
from nutgraf.annotate.contexts import label_is_cut
from nutgraf.annotate.lexicon import Lexicon
from nutgraf.annotate.votes import ADDRESS
from nutgraf.annotate.words import Candidate, Passage, Word
from nutgraf.model.article import BlockKind

if TYPE_CHECKING:
    from nutgraf.annotate.actors import Entry

QUOTES = frozenset("\"“”‘’'") | {"``", "''"}


class Traits:
    """Reads the features of actors with one language's lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        words = lexicon.words
        self.heads = {
            "body": words("organisations"),
            "place": words("place_nouns"),
            "thing": words("not_names"),
            "role": words("role_nouns"),
        }

    def of(self, entry: "Entry", texts: Sequence[Passage], plain: Mapping[str, int]) -> dict[str, float]:
        """Values by feature: 1 for what is true of the name, a share for what is true of some mentions.

        `plain` counts the words that the document has in small letters.
        """
        size = len(entry.found)
        out = {"bias": 1.0, "times": math.log(size), f"voted {entry.kind}": 1.0}
        out |= dict.fromkeys((*self._name(entry), *self._lexical(entry)), 1.0)
        for each in entry.found:
            for feature in self._mention(each, texts[each.passage]):
                out[feature] = out.get(feature, 0.0) + min(1 / math.sqrt(size), 2 / size)
        for kind, count in entry.votes.items():
            alone = entry.itself.get(kind, 0.0)
            out[f"votes {kind}"] = max(-1.0, min(4.0, (count - alone) / math.sqrt(size)))
            out[f"alone {kind}"] = min(5.0, alone)
        if len(entry.words) == 1 and (lower := plain.get(entry.key, 0)):
            out["common"] = lower / (lower + size)
        return out

    def _name(self, entry: "Entry") -> Iterator[str]:
        """How the name is written."""
        words, text = entry.words, entry.name
        yield f"size {min(len(words), 5)}"
        if ADDRESS.search(text) or entry.key in self.lexicon.words("never"):
            yield "never"
        if any(c.isdigit() for c in text):
            yield "digit"
        if text.isupper() and len(text) > 1:
            yield "acronym" if is_acronym(text) else "capitals"
        elif len(words) == 1 and any(c.isupper() for c in text[2:]) and not text.startswith(("Mc", "Mac")):
            yield "camel"
        if len(words) > 2 and len(words[1]) == 1:
            yield "initial"
        if words[-1] in self.lexicon.words("lists_end") or self.lexicon.words("particles").intersection(words[1:]):
            yield "personal"
        if "-" in text:
            yield "hyphen"
        if len(entry.spellings) > 1:
            yield "several spellings"
        if len(words) > 1 and any(is_acronym(spelling) for spelling in entry.spellings):
            yield "has acronym"
        yield from (f"ends {e}" for e in self.lexicon.table.get("telling_endings", ()) if words[-1].endswith(e))

    def _lexical(self, entry: "Entry") -> Iterator[str]:
        """What the language pack knows of its words."""
        words, lexicon = entry.words, self.lexicon
        if entry.key in lexicon.place_of:
            yield "known country" if entry.key in lexicon.countries else "known place"
        elif entry.key in lexicon.towns:
            yield "known town"
        elif any(word in lexicon.place_of for word in words):
            yield "holds a place"
        if entry.key in lexicon.words("organisation_names"):
            yield "known body"
        joined = next((i for i, word in enumerate(words) if i and word in lexicon.words("joins")), len(words))
        for label, nouns in self.heads.items():
            if words[joined - 1] in nouns or words[-1] in nouns:
                yield f"head {label}"
            elif words[0] in nouns:
                yield f"opens {label}"
            elif nouns.intersection(words):
                yield f"holds {label}"
        if joined < len(words):
            yield "joined"
        if lexicon.words("join_and").intersection(words):
            yield "and"
        if lexicon.is_first_name(words[0]):
            yield f"first name {min(len(words), 4)}"
        if words[0] in lexicon.peoples or " ".join(words[:2]) in lexicon.peoples:
            yield "people" if len(words) == 1 else "opens with people"

    def _mention(self, found: Candidate, passage: Passage) -> Iterator[str]:
        """What is true of one place where the name stands."""
        words, start, end = passage.words, found.start, found.end
        size = "1" if end - start == 1 else "+"
        label = Counter(words[i].ent for i in range(start, end)).most_common(1)[0][0]
        yield f"label {label or 'none'}{size}"
        if label_is_cut(found, words):
            yield "label cut"
        if not all(words[i].proper for i in range(start, end) if words[i].capital):
            yield "not proper"
        if words[start].opens_sentence:
            yield f"opens sentence{size}"
        if found.title:
            yield "titled"
        if found.in_title:
            yield "in title"
        if start:
            yield from self._before(words[start - 1], bool(found.title))
            if words[start - 1].text in QUOTES and any(w.text in QUOTES for w in words[end : end + 2]):
                yield "between quotes"
        if end < len(words):
            yield from self._behind(words[end], words[end - 1].spaced)
        if (kind := passage.paragraph.block.kind) is not BlockKind.PARAGRAPH:
            yield f"in {kind.value}"

    def _before(self, word: Word, titled: bool) -> Iterator[str]:
        if word.fold in self.lexicon.words("join_articles"):
            yield "named article" if word.capital and not word.opens_sentence else "article"
        elif word.fold in self.lexicon.words("indefinite"):
            yield "indefinite"
        elif word.fold in self.lexicon.words("inside"):
            yield "inside"
        if word.text in QUOTES:
            yield "quoted"
        if word.tag == "NN" and self.lexicon.is_role(word.fold):
            yield "role before"
        if word.capital and word.proper and not titled:
            yield "name before"

    def _behind(self, word: Word, spaced: bool) -> Iterator[str]:
        if word.fold in self.lexicon.words("said"):
            yield "speaks"
        if word.fold in self.lexicon.place_words:
            yield "site behind"
        elif word.tag in ("NN", "NNS"):
            yield "noun behind"
        if word.text == "-" and not spaced:
            yield "hyphen behind"
        if word.capital and word.proper:
            yield "name behind"
