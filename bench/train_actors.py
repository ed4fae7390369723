"""Learns the weights of nutgraf.annotate.judge: articles and people's annotations -> languages/en/actor_weights.yaml.

    python bench/train_actors.py ARTICLES.jsonl ENTITIES.jsonl OUT.yaml [--iob2 FILE.iob2 …] [--folds N]

First step, contexts: names in the articles that tell their kind by themselves (a country, a first name and a surname,
a head such as "Ministry"; then surnames and acronyms of these) teach what the words around a name say.
Second step, traits: names found in annotated texts teach which of them are actors and of what kind. ENTITIES is a set
in the form of the evaluation sets; IOB2 files are in the form of Universal NER (its English PUD and EWT, CC BY-SA 4.0,
were used; of EWT the newsgroups and weblogs of dev and test).
Softmax regression with an L2 penalty, full batch, deterministic. What is written is weights of grammar and small
words, never text. With --folds nothing is written: the texts are judged in turn by weights that have not seen them.
"""

import argparse
import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import yaml

from nutgraf.annotate.acronyms import abbreviates, is_acronym
from nutgraf.annotate.actors import DOUBT, Entry, gathered, plain_words
from nutgraf.annotate.clean import sort_blocks
from nutgraf.annotate.contexts import context_features
from nutgraf.annotate.document import parse_story
from nutgraf.annotate.judge import CLASSES, KINDS, Judge
from nutgraf.annotate.lexicon import Lexicon
from nutgraf.annotate.names import NameFinder
from nutgraf.annotate.variants import Variants
from nutgraf.annotate.votes import BODY, OTHER, PERSON, PLACE
from nutgraf.annotate.words import Passage, passages
from nutgraf.engine import Engine
from nutgraf.model.article import Article, Document
from nutgraf.model.config import AnnotateConfig

Features = Mapping[str, float]
Weights = dict[str, list[float]]
TYPES = {"person": PERSON, "organization": BODY, "place": PLACE, "PER": PERSON, "ORG": BODY, "LOC": PLACE}
LEAST_CONTEXT, LEAST_TRAIT = 8, 5
"""How often a feature must occur."""
PENALTY = {"contexts": 4.0, "traits": 6.0}
SMALLEST = {"contexts": 0.1, "traits": 0.03}
"""Smaller weights are not worth a line."""
STEPS, RATE = 300, 0.1


@dataclass(frozen=True, slots=True)
class Annotated:
    """A text and its actors: all their names and a kind each. `neutral` names count neither way."""

    document: Document
    actors: Sequence[tuple[set[str], str]]
    neutral: set[str]
    weight: float


@dataclass(frozen=True, slots=True)
class Example:
    """One entry of a text, as the judge sees it."""

    text: int
    features: Features
    kind: str
    weight: float
    actor: int | None
    """Which of its text's actors it is."""


class Reader:
    """Parses texts and finds the names in them, as the annotator does."""

    def __init__(self) -> None:
        self.engine = Engine(AnnotateConfig())
        self.lexicon = Lexicon(self.engine.pack("en"))
        self.finder, self.variants = NameFinder(self.lexicon), Variants(self.lexicon)

    def parse(self, name: str, text: str, clean: bool) -> Document:
        article = Article(name, text, language="en", body_only=not clean)
        return parse_story(sort_blocks(article, self.engine.pack("en")), self.engine.model("en"))

    def entries(self, texts: Sequence[Passage]) -> list[Entry]:
        return gathered(self.finder.find(texts), texts, self.lexicon)

    # ---- contexts

    def contexts(self, documents: Iterable[Document]) -> Iterator[tuple[Features, str, str]]:
        """Features of each mention of a sure name, its kind, and whether it is one word or more."""
        for document in documents:
            texts = passages(document, captions=True)
            entries = self.entries(texts)
            kinds = self._sure_kinds(entries)
            for entry in entries:
                for found in entry.found if entry.key in kinds else ():
                    if not found.title and not found.in_title:
                        words = texts[found.passage].words
                        size = "1" if found.end - found.start == 1 else "+"
                        yield dict.fromkeys(context_features(found, words, self.lexicon), 1.0), kinds[entry.key], size

    def _sure_kinds(self, entries: Sequence[Entry]) -> dict[str, str]:
        """The kinds of names that tell it, by key, and of the short forms of these."""
        kinds = {e.key: kind for e in entries if (kind := self._sure_kind(e))}
        sure = [e for e in entries if e.key in kinds]
        for entry in entries:
            if entry.key in kinds or len(entry.words) > 1:
                continue
            if any(kinds[e.key] == PERSON and e.words[-1] == entry.key for e in sure):
                kinds[entry.key] = PERSON
            elif is_acronym(entry.name) and any(kinds[e.key] == BODY and abbreviates(entry.name, e.name) for e in sure):
                kinds[entry.key] = BODY
        return kinds

    def _sure_kind(self, entry: Entry) -> str | None:
        words, lexicon = entry.words, self.lexicon
        bodies, places = lexicon.words("organisations"), lexicon.words("place_nouns")
        first_names = lexicon.words("first_names_women") | lexicon.words("first_names_men")
        if words[-1] in lexicon.words("not_names") or entry.found[0].government:
            return None
        if entry.key in lexicon.words("organisation_names"):
            return BODY
        if entry.key in lexicon.place_of:
            return PLACE
        if len(words) == 1:
            return None
        if words[-1] in bodies or words[0] in bodies:
            return BODY
        if bodies.intersection(words):
            return None
        if words[-1] in places:
            return PLACE
        person = len(words) <= 3 and words[0] in first_names and not places.intersection(words)
        return PERSON if person and words[-1] not in lexicon.place_of else None

    # ---- traits

    def examples(self, annotated: Iterable[Annotated], judge: Judge) -> Iterator[Example]:
        """The entries of annotated texts with the kinds that people gave them."""
        for number, each in enumerate(annotated):
            texts = passages(each.document, captions=True)
            plain = plain_words(texts)
            for entry in self.variants.merged(self.entries(texts)):
                names = {comparable(name) for name in (entry.name, *entry.spellings)}
                actor = next((i for i, (known, _) in enumerate(each.actors) if known & names), None)
                kind = None if actor is None else each.actors[actor][1]
                if entry.found[0].government or (kind is None and names & each.neutral):
                    continue
                if kind == BODY and entry.key in self.lexicon.place_of:
                    kind = PLACE
                yield Example(number, judge.features(entry, texts, plain), kind or OTHER, each.weight, actor)


def comparable(name: str) -> str:
    """A name without case, accents, punctuation, article and possessive."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).lower()
    return re.sub(r"^(?:the|an?) ", "", " ".join(re.findall(r"\w+|&", re.sub(r"['’]s\b", "", plain))))


def read_set(path: Path, reader: Reader) -> Iterator[Annotated]:
    """The texts of an evaluation set with their actors."""
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        actors = [({comparable(n) for n in (a["name"], *a["variants"])}, TYPES[a["type"]]) for a in row["actors"]]
        neutral = {comparable(each["name"]) for each in row.get("ignore", ())}
        yield Annotated(reader.parse(row["id"], row["text"], clean=True), actors, neutral, 2.0)


def read_iob2(path: Path, reader: Reader) -> Iterator[Annotated]:
    """The texts of an IOB2 file, sentences joined, with the names marked in them."""
    for block in path.read_text("utf-8").split("# newdoc id = ")[1:]:
        name = block.split("\n", 1)[0]
        web = "newsgroup" in name or "weblog" in name
        if not web and re.match(r"[a-z]{3}", name):
            continue
        text = " ".join(re.findall(r"^# text = (.*)$", block, re.M))
        rows = [line.split("\t") for line in block.splitlines() if re.match(r"\d+\t", line)]
        names: list[tuple[list[str], str]] = []
        for _, word, label, *_ in rows:
            if label.startswith("B-"):
                names.append(([word], label[2:]))
            elif label.startswith("I-") and names:
                names[-1][0].append(word)
        distinct = {comparable(" ".join(words)): TYPES[kind] for words, kind in names if kind in TYPES}
        actors = [({name}, kind) for name, kind in distinct.items()]
        if actors or not web:
            yield Annotated(reader.parse(name, text, clean=False), actors, set(), 0.5 if web else 1.0)


def fit(
    rows: Sequence[Features], truth: Sequence[str], weigh: Sequence[float], step: str, least: int, kinds: Sequence[str]
) -> Weights:
    """Weights of each feature kept, one a kind."""
    counts = Counter(feature for features in rows for feature in features)
    names = sorted(feature for feature, count in counts.items() if count >= least)
    number = {feature: i for i, feature in enumerate(names)}
    x = np.zeros((len(rows), len(names)), dtype=np.float32)
    for i, features in enumerate(rows):
        for feature, value in features.items():
            if feature in number:
                x[i, number[feature]] = value
    y = np.array([[kind == each for each in kinds] for kind in truth], dtype=np.float32)
    w = np.array(weigh, dtype=np.float32)[:, None]
    weights = np.zeros((len(names), len(kinds)), dtype=np.float32)
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for t in range(1, STEPS + 1):
        slope = x.T @ ((softmax(x @ weights) - y) * w) + PENALTY[step] * weights
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
        weights = weights - RATE * (first / (1 - 0.9**t)) / (np.sqrt(second / (1 - 0.999**t)) + 1e-8)
    kept = np.abs(weights).max(axis=1) >= SMALLEST[step]
    return {n: [round(float(v), 2) for v in row] for n, row, keep in zip(names, weights, kept, strict=True) if keep}


def softmax(sums: Any) -> Any:
    powers = np.exp(sums - sums.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def fit_contexts(reader: Reader, articles: Path) -> Weights:
    """Weights of contexts; rare kinds of names count more, by the square root and a little."""
    rows = [json.loads(line) for line in articles.read_text("utf-8").splitlines()]
    data = list(reader.contexts(reader.parse(row["id"], row["text"], clean=False) for row in rows))
    sizes = Counter((kind, size) for _, kind, size in data)
    weigh = np.array([sizes[kind, size] ** -0.7 for _, kind, size in data])
    weigh *= len(data) / weigh.sum()
    print(f"{len(data)} contexts of {len(rows)} articles")
    return fit([f for f, _, _ in data], [k for _, k, _ in data], list(weigh), "contexts", LEAST_CONTEXT, KINDS)


def fit_traits(data: Sequence[Example]) -> Weights:
    return fit(
        [e.features for e in data], [e.kind for e in data], [e.weight for e in data], "traits", LEAST_TRAIT, CLASSES
    )


def folded_report(data: Sequence[Example], annotated: Sequence[Annotated], folds: int) -> None:
    """What weights that have not seen a text make of it: F1 of distinct actors, and how far to trust the chances."""
    counts: dict[float, Counter[str]] = {}
    for text in annotated:
        counts.setdefault(text.weight, Counter())["gold"] += len(text.actors)
    trust: dict[int, list[bool]] = {}
    for fold in range(folds):
        weights = fit_traits([e for e in data if e.text % folds != fold])
        seen: set[tuple[int, int]] = set()
        for each in (e for e in data if e.text % folds == fold):
            sums = [[sum(weights.get(f, [0.0] * 4)[k] * v for f, v in each.features.items()) for k in range(4)]]
            chances = dict(zip(CLASSES, softmax(np.array(sums))[0], strict=True))
            best = max(KINDS, key=lambda kind: chances[kind])
            if chances[OTHER] > DOUBT:
                continue
            new = each.actor is not None and (each.text, each.actor) not in seen
            seen |= {(each.text, each.actor)} if each.actor is not None else set()
            counts[each.weight] += Counter(kept=1, right=new, typed=new and each.kind == best)
            trust.setdefault(int(chances[best] * 10), []).append(each.kind == best)
    for weight, c in sorted(counts.items()):
        any_type, typed = (2 * c[key] / (c["kept"] + c["gold"]) for key in ("right", "typed"))
        print(f"texts of weight {weight}: {c['gold']} actors, F1 {any_type:.3f}, with the kind {typed:.3f}")
    for tenth, right in sorted(trust.items()):
        print(f"said {tenth / 10:.1f}–{tenth / 10 + 0.1:.1f}: {sum(right) / len(right):.3f} of {len(right)}")


def main() -> None:
    top = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    for name in ("articles", "entities", "out"):
        top.add_argument(name, type=Path)
    top.add_argument("--iob2", type=Path, nargs="*", default=[])
    top.add_argument("--folds", type=int, default=0)
    options = top.parse_args()
    reader = Reader()
    contexts = fit_contexts(reader, options.articles)
    judge = Judge(reader.lexicon, {"contexts": contexts})
    annotated = [each for path in options.iob2 for each in read_iob2(path, reader)]
    annotated += read_set(options.entities, reader)
    data = list(reader.examples(annotated, judge))
    print(f"{len(data)} entries of {len(annotated)} texts")
    if options.folds:
        folded_report(data, annotated, options.folds)
    else:
        head = f"# Learned by bench/train_actors.py from {len(data)} names in context; do not edit by hand.\n"
        body = {"contexts": contexts, "traits": fit_traits(data)}
        text = yaml.safe_dump(body, sort_keys=True, allow_unicode=True, default_flow_style=None, width=120)
        options.out.write_text(head + text, "utf-8")


if __name__ == "__main__":
    main()
