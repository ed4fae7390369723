"""Statistical models: spaCy pipelines, made as fast as they go without other results."""

import os
import sys
from types import ModuleType
from typing import Any

_COMMAND_LINE = ("spacy.cli", "spacy.cli.info")


class MissingModelError(Exception):
    """The settings name a model that is not installed."""


def load_model(name: str) -> Any:
    """A spaCy pipeline from its package, quickened. Raises MissingModelError.

    It multiplies with NumPy's BLAS, three times as fast here as the one that spaCy takes by itself, and with one thread
    of it: the matrices are small, and processes share the cores.
    """
    spacy = import_spacy()
    from thinc.api import use_ops

    try:
        with use_ops("numpy", use_blis=False):
            nlp = spacy.load(name)
    except OSError:
        raise MissingModelError(
            f"the model {name} is not installed: pip install it, or set annotate.model in site.yaml"
        ) from None
    quicken(nlp)
    return nlp


def import_spacy() -> Any:
    """The package `spacy` without its command line, a third of the time it takes to import.

    The package wants one function of it, `spacy.info`, which is therefore missing; `import spacy.cli` works as ever.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when NumPy is first imported
    if "spacy" in sys.modules:
        return sys.modules["spacy"]
    stand_ins = {name: ModuleType(name) for name in _COMMAND_LINE}
    vars(stand_ins["spacy.cli.info"])["info"] = None
    sys.modules |= stand_ins
    try:
        import spacy
    finally:
        for name in _COMMAND_LINE:
            del sys.modules[name]
    return spacy


def quicken(nlp: Any) -> None:
    """Put quicker components in the place of those of a spaCy pipeline that they fit."""
    from nutgraf.engine.attributes import QuickAttributes
    from nutgraf.engine.names import QuickNames

    for name, quicker in (("attribute_ruler", QuickAttributes), ("ner", QuickNames)):
        if name in nlp.pipe_names and quicker.fits(nlp):
            nlp.add_pipe(quicker.FACTORY, after=name)
            nlp.disable_pipe(name)


def blank_model(code: str) -> Any:
    """Tokens and sentences by rules."""
    spacy = import_spacy()
    try:
        nlp = spacy.blank(code)
    except ImportError:
        nlp = spacy.blank("xx")
    nlp.add_pipe("sentencizer")
    return nlp
