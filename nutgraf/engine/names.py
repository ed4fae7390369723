"""Names by spaCy's entity recogniser, decoded with whole matrices."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import IS_SPACE, SENT_START
from spacy.language import Language
from spacy.tokens import Doc, Span

Floats = NDArray[np.float32]
FEATURES = 3
"""The recogniser sees the token at hand and, within a name, the name's first token and the one before."""


class QuickNames:
    """Takes the greedy decisions of a transition-based recogniser, five times as fast.

    spaCy goes token by token and asks of each whether each of some 70 moves is allowed. Outside of a name a decision
    depends on the token alone, so here all are scored at once; only the insides of names are walked through. Moves
    (begin, in, last, unit, out) and what forbids them are those of the recogniser: no name starts at white space or
    goes on into the next sentence.
    """

    FACTORY = "quick_names"

    def __init__(self, recogniser: Any) -> None:
        moves = [recogniser.moves.get_class_name(i) for i in range(recogniser.moves.n_moves)]
        number = {move: i for i, move in enumerate(moves)}
        labels = {move[2:]: recogniser.vocab.strings.add(move[2:]) for move in moves if move.startswith("B-")}
        self._units = {number[f"U-{name}"]: label for name, label in labels.items()}
        self._begins = {number[f"B-{name}"]: label for name, label in labels.items()}
        self._goes_on = {label: [number[f"I-{name}"], number[f"L-{name}"]] for name, label in labels.items()}
        self._begin = np.array(list(self._begins))
        self._start = np.array([*self._units, *self._begins])
        self._within = np.array([i for i in range(len(moves)) if i not in (*self._start, number["O"])])
        self._model = recogniser.model

    @staticmethod
    def fits(nlp: Language) -> bool:
        """Whether a pipeline's recogniser is of the make known here: that of spaCy's models without transformers."""
        recogniser: Any = nlp.get_pipe("ner")
        model = recogniser.model
        return bool(
            model.attrs.get("has_upper")
            and not model.attrs["unseen_classes"]
            and model.get_ref("lower").get_dim("nF") == FEATURES
            and recogniser.cfg["beam_width"] == 1
        )

    def __call__(self, doc: Doc) -> Doc:
        """Sets the names of one document."""
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable[Doc], batch_size: int = 256) -> Iterator[Doc]:
        """Sets the names of documents whose sentences are known."""
        rest = iter(docs)
        while batch := list(islice(rest, batch_size)):
            self._recognise([doc for doc in batch if len(doc)])
            yield from batch

    def _recognise(self, docs: Sequence[Doc]) -> None:
        if not docs:
            return
        tokens = np.concatenate([np.asarray(doc.to_array([IS_SPACE, SENT_START]), np.int64) for doc in docs])
        ends = np.cumsum([len(doc) for doc in docs])
        closed = np.append(tokens[1:, 1] == 1, True)
        closed[ends - 1] = True
        inputs, upper = self._model.get_ref("lower"), self._model.get_ref("upper")
        sums = inputs.predict(self._model.get_ref("tok2vec").predict(docs))
        here, first, before = sums[:, 0], sums[:, 1], sums[:, 2]
        here += inputs.get_param("b")
        weights, bias = upper.get_param("W"), upper.get_param("b")
        scores = (here[1:] + (first[0] + before[0])).max(axis=-1) @ weights.T + bias
        scores[:, self._within] = -np.inf
        scores[np.ix_(tokens[:, 0] == 1, self._start)] = -np.inf
        scores[np.ix_(closed, self._begin)] = -np.inf
        inside = Inside(here[1:], first[1:], before[1:], weights, bias, closed.tolist())
        moves = scores.argmax(axis=1).tolist()
        for doc, end in zip(docs, ends.tolist(), strict=True):
            start = end - len(doc)
            names = self._names(moves, start, end, inside)
            spans = [Span(doc, name_start - start, name_end - start, label) for name_start, name_end, label in names]
            doc.set_ents(spans, default="outside")

    def _names(self, moves: Sequence[int], at: int, end: int, inside: "Inside") -> Iterator[tuple[int, int, int]]:
        """(start, end, label) of each name among the tokens from `at` to `end` of a batch."""
        while at < end:
            start, at = at, at + 1
            if label := self._units.get(moves[start]):
                yield start, at, label
            elif label := self._begins.get(moves[start]):
                at = inside.end(start, self._goes_on[label])
                yield start, at, label


class Inside:
    """Finds where names end. Arrays hold a row a token of a batch: (tokens, hidden, pieces)."""

    def __init__(
        self, here: Floats, first: Floats, before: Floats, weights: Floats, bias: Floats, closed: Sequence[bool]
    ) -> None:
        self._here, self._first, self._before, self._closed = here, first, before, closed
        self._weights, self._bias = weights, bias

    def end(self, start: int, moves: list[int]) -> int:
        """Where the name that begins at `start` ends, by the moves that go on and that end it."""
        weights, bias, first = self._weights[moves], self._bias[moves], self._first[start]
        at = start + 1
        while not self._closed[at]:
            hidden = (self._here[at] + first + self._before[at - 1]).max(axis=-1)
            goes_on, ends = (weights @ hidden + bias).tolist()
            if ends >= goes_on:
                break
            at += 1
        return at + 1


@Language.factory(QuickNames.FACTORY)
def _of_pipeline(nlp: Language, name: str) -> QuickNames:
    return QuickNames(nlp.get_pipe("ner"))
