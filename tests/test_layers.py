"""A module imports only from rows below its own, and core touches neither clock nor disk."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "nutgraf"
ROWS = (
    {"cli"},
    {"builder"},
    {"store", "memo", "watcher", "preview", "report", "engine", "starter"},
    {"render", "exports"},
    {"site", "annotate", "formats"},
    {"layout"},
    {"model"},
)
CORE = {"render", "exports", "site", "annotate", "formats", "layout", "model"}
FREE = {"bootstrap", "__init__", "__main__"}
"""Standard library only, before there is an environment; and the version."""
PURE = {"pathlib.PurePosixPath", "os.PathLike"}
EFFECTS = {"os", "time", "pathlib", "tempfile", "shutil", "subprocess", "socket", "threading", "random", "logging"}
MODULES = sorted(PACKAGE.rglob("*.py"))


def member(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def row(name: str) -> int:
    return next(i for i, names in enumerate(ROWS) if name in names)


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def own(names: Iterator[str]) -> set[str]:
    parts = (name.split(".") for name in names)
    return {
        p[1]
        for p in parts
        if p[0] == "nutgraf" and len(p) > 1 and ((PACKAGE / p[1]).is_dir() or (PACKAGE / f"{p[1]}.py").exists())
    }


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_imports_point_down(path: Path) -> None:
    here = member(path)
    if here in FREE:
        assert own(imports(path)) <= {"cli"}
        return
    for other in own(imports(path)) - {here}:
        assert row(other) > row(here), f"{here} imports {other}"


@pytest.mark.parametrize(
    "path", [p for p in MODULES if member(p) in CORE], ids=lambda p: p.relative_to(PACKAGE).as_posix()
)
def test_core_has_no_effects(path: Path) -> None:
    assert not {name for name in imports(path) if name.split(".")[0] in EFFECTS} - PURE
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = node.func
            assert not (isinstance(called, ast.Name) and called.id in {"open", "print", "input"}), ast.unparse(node)
            clock = isinstance(called, ast.Attribute) and called.attr in {"now", "today", "utcnow"}
            assert not clock, ast.unparse(node)
        assert not isinstance(node, ast.Global)
