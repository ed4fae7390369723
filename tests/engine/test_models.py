"""The quickened pipeline finds what spaCy's own does."""

import subprocess
import sys
from pathlib import Path

import spacy

from nutgraf.engine import Engine
from nutgraf.model.config import AnnotateConfig

GOLDEN = Path(__file__).resolve().parent.parent / "golden"
ODD = (
    "There's  nothing   here, and there are two of them.",
    "They're gonna go. Let's see what we've got. You gotta read it; y'all ain't read it.",
    "   ",
    "A",
    "Maria Alvarez Ruiz de la Torre of the United Nations High Commissioner for Refugees",
    "He met Anna Lindqvist\u2029Peter Novak on Monday, 4 May, in New York City. Did it rain? It did not.",
)
ATTRIBUTES = ("tag_", "pos_", "dep_", "lemma_", "ent_type_", "ent_iob_", "is_sent_start")


def seen(docs: object) -> list[list[tuple[object, ...]]]:
    return [
        [(*(getattr(token, name) for name in ATTRIBUTES), token.head.i, str(token.morph)) for token in doc]
        for doc in docs  # type: ignore[attr-defined]
    ]


def test_quick_components_decide_as_the_models_own_do() -> None:
    engine = Engine(AnnotateConfig())
    quick, own = engine.model("en"), spacy.load(engine.model_name("en") or "")
    files = sorted(GOLDEN.glob("*.txt"))
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    texts = [*ODD, *lines[::5]]
    assert "ner" not in quick.pipe_names and "attribute_ruler" not in quick.pipe_names
    assert seen(quick.pipe(texts)) == seen(own.pipe(texts))
    assert [doc.ents for doc in quick.pipe(texts)].count(()) < len(texts) / 2


def test_a_text_alone_is_seen_as_in_a_batch() -> None:
    model = Engine(AnnotateConfig()).model("en")
    assert seen([model(text) for text in ODD]) == seen(model.pipe(ODD))


def test_spacy_comes_without_its_command_line_which_can_still_be_had() -> None:
    told = """
import sys
from nutgraf.engine.models import import_spacy
import_spacy()
print("httpx" in sys.modules, "spacy.cli" in sys.modules)
import spacy.cli
print(callable(spacy.cli.info))
"""
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False", "True"]
