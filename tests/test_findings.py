"""Every finding as an editor reads it: a file of tests/sites/invalid holds a small site and what is told of it.

`=== PATH` begins a file of the site (→ stands for a tab, (a × 1000) for a thousand times a), `=== PATH in latin-1` one
in another encoding, `=== run` the command where it is another than `check`, and `=== expected` what the command says.
"""

import ast
import re
from pathlib import Path

import pytest

from nutgraf.builder.content import read_content
from nutgraf.builder.publish import BuildOptions, findings
from nutgraf.cli import main
from nutgraf.model.findings import KINDS, Kind

ROOT = Path(__file__).parents[1]
CASES = sorted((ROOT / "tests" / "sites" / "invalid").glob("*.txt"))
DOCS = ROOT / "docs" / "findings.md"
TODAY = "1937304000"
"""2031-05-23, in seconds."""


def parts(text: str) -> dict[str, str]:
    """The files of a case by path, and what else it holds."""
    names = re.findall(r"(?m)^=== (.*)$", text)
    return dict(zip(names, re.split(r"(?m)^=== .*\n", text)[1:], strict=True))


def told(case: dict[str, str], root: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Make the site of a case, run its command, and give what it said."""
    (root / "content").mkdir()
    for name, text in {"site.yaml": "title: Harbour news\n", **case}.items():
        path, _, encoding = name.partition(" in ")
        if name not in ("run", "expected"):
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            text = re.sub(r"\((.) × (\d+)\)", lambda m: m[1] * int(m[2]), text.replace("→", "\t"))
            (root / path).write_bytes(text.encode(encoding or "utf-8"))
    main(case.get("run", "check").split(), root=root)
    captured = capsys.readouterr()
    return re.sub(
        r"(?m)^\d+ unchanged\n|^(?:nothing to mend|\d+ (?:error|warning).*)\n", "", captured.out + captured.err
    )


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_finding(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY)
    files = parts(case.read_text(encoding="utf-8"))
    assert told(files, tmp_path, capsys) == files["expected"]


def test_every_code_has_a_case_and_a_section() -> None:
    cases = "".join(parts(case.read_text(encoding="utf-8"))["expected"] for case in CASES)
    assert set(re.findall(r"(?m)^\S+ (?:error|warning|info): .* \[([a-z0-9-]+)\]$", cases)) == set(KINDS)
    sections = re.findall(r"(?m)^### `(.*)`\n\n(.*)$", DOCS.read_text(encoding="utf-8"))
    assert sections == [(code, levels(kind)) for code, kind in KINDS.items()]


def levels(kind: Kind) -> str:
    """How docs/findings.md gives the levels of a kind."""
    if kind.preview == kind.release:
        return f"*{kind.preview}*" + ("" if kind.settable else ", always")
    return f"*{kind.preview} in the preview, {kind.release} in a release*"


def test_codes_are_declared_and_used() -> None:
    """Whatever the code calls a finding is in the table, and the table has none that the code does not call."""
    makers = {"Diagnostic", "diagnostic", "report", "finding", "in_body", "_problem", "_stop"}
    called: set[str] = set()
    for path in (ROOT / "nutgraf").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in makers:
                called |= {a.value for a in node.args[:2] if isinstance(a, ast.Constant) and is_code(a.value)}
    assert called <= set(KINDS)
    words = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "nutgraf").rglob("*.py") if p.stem != "findings")
    assert not [code for code in KINDS if f'"{code}"' not in words]


def is_code(value: object) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", value))


LOST = "---\nheadline: A\ndate: 2031-05-14\nstatus: {}\nquotes:\n- {{text: gone}}\n---\nNothing is here.\n"


@pytest.mark.parametrize(
    ("status", "setting", "preview", "severity"),
    [
        ("published", "", False, "error"),
        ("published", "", True, "warning"),
        ("draft", "", False, "warning"),
        ("published", "findings: {lost-anchor: info}", False, "info"),
        ("published", "findings: {lost-anchor: {release: warning}}", False, "warning"),
        ("published", "findings: {lost-anchor: {release: warning}}", True, "warning"),
        ("published", "findings: {lost-anchor: {preview: error}}", True, "error"),
        ("published", "findings: {lost-anchor: off}", False, None),
    ],
)
def test_levels(tmp_path: Path, status: str, setting: str, preview: bool, severity: str | None) -> None:
    (tmp_path / "content/briefs").mkdir(parents=True)
    (tmp_path / "content/briefs/a.md").write_text(LOST.format(status), encoding="utf-8")
    (tmp_path / "site.yaml").write_text(f"title: A\n{setting}\n", encoding="utf-8")
    told = findings(read_content(tmp_path), BuildOptions("2031-05-20", preview=preview))
    assert [d.severity for d in told if d.code == "lost-anchor"] == ([severity] if severity else [])
