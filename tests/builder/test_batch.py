"""A corpus in JSON Lines: bad rows, runs that are stopped, clusters."""

import io
import json
from pathlib import Path

import pytest

from nutgraf.builder.batch import Done, ForeignOutputError, annotate_batch, finished
from nutgraf.cli import main
from nutgraf.model.config import AnnotateConfig

GOOD = {"id": "good", "text": "Ferry fares rise\n\nFares rise by 4 percent, the operator said.", "date": "2031-05-14"}
BAD = {
    "no JSON": (b"not json", None),
    "no object": (b'["id", "text"]', None),
    "no id": (b'{"text": "Fares rise."}', None),
    "an id of no use": (b'{"id": {"a": 1}, "text": "Fares rise."}', None),
    "no text": (b'{"id": "a"}', "a"),
    "text of another type": (b'{"id": "a", "text": 7}', "a"),
    "address of another type": (b'{"id": "a", "text": "Fares rise.", "url": 7}', "a"),
    "no day": (b'{"id": 3, "text": "Fares rise.", "date": "soon"}', "3"),
    "half a character": (b'{"id": "a", "text": "Fares rise \\ud800."}', "a"),
    "half a character in the id": (b'{"id": "\\ud800", "text": "Fares rise."}', "\ud800"),
    "no UTF-8": (b'{"id": "a", "text": "caf\xe9"}', None),
    "binary": (bytes(range(1, 10)) + b"\x0b\x00\xff", None),
    "too deep": (b'{"id": "a", "text": ' + b"[" * 100_000, None),
    "too long": (json.dumps({"id": "a", "text": "Fares rise. " * 20_000}).encode(), "a"),
}


def lines(target: bytes) -> list[dict[str, object]]:
    return [json.loads(line) for line in target.splitlines()]


def test_a_bad_row_gives_an_error_record_and_the_rest_goes_on() -> None:
    good, target = json.dumps(GOOD).encode(), io.BytesIO()
    rows = [line for raw, _ in BAD.values() for line in (raw + b"\n", b"  \n")]
    done = annotate_batch([*rows, good], target, AnnotateConfig())
    *errors, last = lines(target.getvalue())
    assert done == Done(len(BAD) + 1, len(BAD))
    assert [error["id"] for error in errors] == [identity for _, identity in BAD.values()]
    assert [error["line"] for error in errors] == list(range(1, 2 * len(BAD), 2))
    assert all(error["error"] for error in errors)
    assert last["id"] == "good" and "error" not in last


def test_odd_texts_are_annotated() -> None:
    odd = [
        "",
        " \n\t ",
        "\x00\x01\x02",
        "“”" * 300,
        "a" * 5000,
        "\n" * 5000,
        "9" * 3000,
        "🦊 " * 900,
        "\u202eיום\u2029",
    ]
    target = io.BytesIO()
    done = annotate_batch(
        [json.dumps({"id": i, "text": text}).encode() for i, text in enumerate(odd)], target, AnnotateConfig()
    )
    assert done == Done(len(odd), 0), target.getvalue()


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """A file of rows, one of them bad, and what is made of it in one go."""
    rows = [json.dumps({**GOOD, "id": i, "text": GOOD["text"].replace("4", str(i + 2))}) for i in range(5)]
    folder = tmp_path_factory.mktemp("corpus")
    source, target = folder / "in.jsonl", folder / "whole.jsonl"
    source.write_text("\n".join([*rows[:2], "not json", "", *rows[2:]]) + "\n", encoding="utf-8")
    assert main(["annotate", "--jsonl", str(source), str(target)]) == 1
    return source, target.read_bytes()


@pytest.mark.parametrize("kept", [0.1, 0.5, 1.0])
def test_a_run_that_was_stopped_goes_on_to_the_same_bytes(
    corpus: tuple[Path, bytes], tmp_path: Path, kept: float, capsys: pytest.CaptureFixture[str]
) -> None:
    source, whole = corpus
    target = tmp_path / "out.jsonl"
    target.write_bytes(whole[: int(kept * len(whole))])
    main(["annotate", "--jsonl", str(source), str(target), "--resume"])
    assert target.read_bytes() == whole
    assert (", 6 before" in capsys.readouterr().err) == (kept == 1.0)


def test_another_corpus_is_not_gone_on_with(corpus: tuple[Path, bytes], tmp_path: Path) -> None:
    source, whole = corpus
    rows = source.read_bytes().splitlines(keepends=True)
    for changed in ([rows[1], rows[0], *rows[2:]], rows[:3]):
        target = io.BytesIO(whole)
        with pytest.raises(ForeignOutputError):
            finished(changed, target)
        assert target.getvalue() == whole
    assert main(["annotate", "--jsonl", "-", str(tmp_path / "out.jsonl"), "--resume"]) == 2


def test_a_cluster_makes_the_same_bytes(corpus: tuple[Path, bytes], tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed", reason="the extra nutgraf[cluster] is not installed")
    source, whole = corpus
    target = tmp_path / "out.jsonl"
    with distributed.LocalCluster(1, threads_per_worker=1, processes=False, dashboard_address=None) as cluster:
        main(["annotate", "--jsonl", str(source), str(target), "--executor", cluster.scheduler_address])
    assert target.read_bytes() == whole


def test_a_cluster_that_is_not_there_is_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text("")
    arguments = ["annotate", "--jsonl", str(tmp_path / "in.jsonl"), str(tmp_path / "out.jsonl")]
    assert main([*arguments, "--executor", "nowhere"]) == 1
    assert "nutgraf" in capsys.readouterr().err
