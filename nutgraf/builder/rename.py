"""Another name for an actor, a source or a topic over a whole site: planned as changes of files, which are shown first.

Only files that hold the name are parsed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from nutgraf import store
from nutgraf.builder import transaction
from nutgraf.formats import rename
from nutgraf.formats.rename import Kind, Labels, read_labels
from nutgraf.model.nearest import nearest_of
from nutgraf.site.text import Sought, fold
from nutgraf.site.urls import slugify

KINDS: tuple[Kind, ...] = ("actor", "source", "topic")


class RenameError(Exception):
    """Why nothing can be renamed, in words for the person who asked."""


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file's text before and after; None where there is none. `was` is its former path, where it moves."""

    path: str
    before: str | None
    after: str | None
    was: str | None = None


@dataclass(frozen=True, slots=True)
class Renaming:
    """What would change, and how many briefs already lead to the other name by themselves."""

    kind: Kind
    changes: tuple[FileChange, ...]
    led: int = 0
    problems: tuple[str, ...] = ()
    """Places that cannot be changed: nothing is then."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A page of the editor's own."""

    labels: Labels
    kind: Kind

    @property
    def name(self) -> str:
        held = self.labels.node.value
        return str(held.get("name", "")) if isinstance(held, dict) else ""

    @property
    def spelt(self) -> tuple[str, ...]:
        """Name, aliases and former names."""
        held = self.labels.node.value
        aliases = held.get("aliases") if isinstance(held, dict) else None
        return (self.name, *map(str, aliases if isinstance(aliases, list) else ()), *rename.former(self.labels))

    @property
    def names(self) -> frozenset[str]:
        """The same, folded."""
        return frozenset(map(fold, self.spelt))


class Files:
    """The texts of a site's briefs and pages that may hold one of some names, and what they say of names."""

    def __init__(self, root: Path, *names: str) -> None:
        self.root = root
        self.kinds: dict[str, Kind] = {}
        self.texts: dict[str, str] = {}
        sought = Sought(names)
        for kind, folder in ((None, store.BRIEFS), *store.PAGES.items()):
            for path, raw in store.each_file(root, folder, (".md",)):
                if sought.maybe_in(raw):
                    self.texts[path] = raw.decode("utf-8", "surrogateescape")
                    self.kinds |= {path: kind} if kind else {}
        self._folded: dict[str, str] = {}
        self._labels: dict[str, Labels] = {}

    def holding(self, name: str) -> Iterator[Labels]:
        """The files that hold a name, one of those looked for, in any spelling."""
        wanted = fold(name)
        for path, text in self.texts.items():
            if path not in self._folded:
                self._folded[path] = fold(text.replace("\\", ""))
            if wanted in self._folded[path]:
                yield self.labels(path)

    def labels(self, path: str) -> Labels:
        """A file, parsed. Raises RenameError where it cannot be read: half a renaming is none."""
        if path not in self._labels:
            labels, problems = read_labels(self.texts[path], path)
            if labels is None:
                at = problems[0].location.position
                where = f"{path}:{at.line}:{at.column}" if at else path
                raise RenameError(f"{where}: {problems[0].message}; mend it first, nothing was renamed")
            self._labels[path] = labels
        return self._labels[path]

    def briefs(self, found: Iterable[Labels]) -> list[Labels]:
        return [labels for labels in found if labels.path not in self.kinds]

    def pages(self, found: Iterable[Labels]) -> list[Holder]:
        return [Holder(labels, self.kinds[labels.path]) for labels in found if labels.path in self.kinds]


def plan_rename(root: Path, old: str, new: str, kind: Kind | None = None) -> Renaming:
    """`old` gets the name `new` everywhere. Raises RenameError with the reason where it cannot."""
    new = _speakable(new)
    files = Files(root, old, new)
    old, kind = _meant(files, old, kind)
    holding = list(files.holding(old))
    page = _page(files, holding, kind, old)
    if page and fold(page.name) != fold(old):
        raise RenameError(f"{old} is an alias of {page.name}; rename that, or change {page.labels.path}")
    _refuse_taken(files, kind, old, new)
    changes: list[FileChange] = []
    problems: list[str] = []
    for labels in files.briefs(holding):
        text, told = rename.renamed(labels, kind, old, new)
        problems += told
        changes += [FileChange(labels.path, labels.text, text)] if text != labels.text else []
    if page:
        change, told = _moved(page, old, new)
        changes.append(change)
        problems += told
    elif fold(old) != fold(new):
        changes.append(FileChange(_address(kind, new), None, rename.made_page(new, old)))
    return Renaming(kind, tuple(changes), problems=tuple(problems))


def plan_merge(root: Path, old: str, new: str, kind: Kind | None = None, undo: bool = False) -> Renaming:
    """All that is said of `old` belongs to `new`, whose page keeps `old` as a former name; briefs keep their words.

    With `undo` they are two again. Raises RenameError with the reason where it cannot be done.
    """
    if fold(old) == fold(new):
        raise RenameError("these are one already")
    files = Files(root, old, new)
    new, kind = _meant(files, new, kind)
    page = _page(files, files.holding(new), kind, new)
    if not undo:
        old, _ = _meant(files, old, kind)
        other = _page(files, files.holding(old), kind, old)
        if other and page and other.labels.path == page.labels.path:
            raise RenameError(f"{old} and {new} are one already, see {page.labels.path}")
        if other:
            help_ = "take what you want of it to the other page, remove it, then merge"
            raise RenameError(f"{old} has a page of its own, {other.labels.path}: {help_}")
    elif not page or old not in rename.former(page.labels):
        raise RenameError(f"{old} was not merged into {new}")
    led = sum(bool(rename.places(labels, kind, old)) for labels in files.briefs(files.holding(old)))
    if page is None:
        return Renaming(kind, (FileChange(_address(kind, new), None, rename.made_page(new, old)),), led)
    names = rename.former(page.labels)
    kept = tuple(n for n in names if n != old) if undo else (*names, old)
    text, problems = rename.with_former(page.labels.text, page.labels, kept)
    after = None if undo and rename.is_bare(text) else text
    return Renaming(kind, (FileChange(page.labels.path, page.labels.text, after),), led, problems)


def apply(root: Path, renaming: Renaming) -> None:
    """Write the changes. Raises RenameError, with nothing written, where a file has changed since they were planned."""
    planned = {change.was or change.path: change.before for change in renaming.changes}
    if changed := [path for path, before in planned.items() if transaction.text_at(root, path) != before]:
        raise RenameError(f"{', '.join(changed)} changed meanwhile; nothing was renamed, say it again")
    files: dict[str, bytes | None] = {}
    for change in renaming.changes:
        files[change.path] = None if change.after is None else change.after.encode("utf-8", "surrogateescape")
        files |= {change.was: None} if change.was else {}
    transaction.write(root, files)


def _address(kind: Kind, name: str) -> str:
    return f"{store.PAGES[kind]}/{slugify(name)}.md"


def _moved(page: Holder, old: str, new: str) -> tuple[FileChange, tuple[str, ...]]:
    """The page under its new name, in a file of that name unless the editor chose another."""
    labels = page.labels
    if fold(old) == fold(new):
        text, problems = rename.page_named(labels, old, new)
        return FileChange(labels.path, labels.text, text), problems
    text, problems = rename.page_renamed(labels, old, new)
    if rename.is_bare(text):
        return FileChange(labels.path, labels.text, None), problems
    stem = PurePosixPath(labels.path).stem
    path = _address(page.kind, new) if stem == slugify(old) else labels.path
    return FileChange(path, labels.text, text, labels.path if path != labels.path else None), problems


def _page(files: Files, holding: Iterable[Labels], kind: Kind, name: str) -> Holder | None:
    """The page that claims a name."""
    return next((p for p in files.pages(holding) if p.kind == kind and fold(name) in p.names), None)


def _speakable(name: str) -> str:
    """The name without spaces around it. Raises RenameError where it is none."""
    if not any(c.isalnum() for c in name) or not name.isprintable():
        raise RenameError("the new name has to have a letter or a digit, on one line")
    return name.strip()


def _refuse_taken(files: Files, kind: Kind, old: str, new: str) -> None:
    if fold(old) == fold(new):
        return
    holding = list(files.holding(new))
    page = _page(files, holding, kind, new)
    taken = page is not None and fold(old) not in page.names
    listed = [label for b in files.briefs(holding) for _, label in b.names(kind) if fold(label) == fold(new)]
    if taken or listed:
        raise RenameError(f'there is {_a(kind)} {new} already; to make one of the two: merge "{old}" "{new}"')


def _meant(files: Files, name: str, kind: Kind | None) -> tuple[str, Kind]:
    """The name as it is spelt, and what it is the name of."""
    found = _spellings(files, files.holding(name))
    meant = {k: sorted(found[k][fold(name)]) for k in KINDS if fold(name) in found[k] and kind in (None, k)}
    if not meant:
        raise RenameError(_unknown(files, name, kind))
    if len(meant) > 1:
        choices = " or ".join(f"--kind {k}" for k in meant)
        raise RenameError(f"{name} is the name of {' and of '.join(map(_a, meant))}: say {choices}")
    chosen, spelt = next(iter(meant.items()))
    if name in spelt:
        return name, chosen
    if len(spelt) > 1:
        raise RenameError(f"there is no {chosen} {name}, but {' and '.join(spelt)}")
    return spelt[0], chosen


def _spellings(files: Files, holding: Iterable[Labels]) -> Mapping[Kind, Mapping[str, set[str]]]:
    """By kind and folded name, the ways in which a name is spelt in some files."""
    found: dict[Kind, dict[str, set[str]]] = {kind: defaultdict(set) for kind in KINDS}
    for labels in holding:
        kind = files.kinds.get(labels.path)
        if kind:
            holder = Holder(labels, kind)
            for name in holder.spelt:
                found[kind][fold(name)].add(name)
        else:
            for one in KINDS:
                for _, name in labels.names(one):
                    found[one][fold(name)].add(name)
    return found


def _unknown(files: Files, name: str, kind: Kind | None) -> str:
    every = Files(files.root, "")
    everything = _spellings(every, map(every.labels, every.texts))
    kinds = (kind,) if kind else KINDS
    known = sorted({spelt for k in kinds for spellings in everything[k].values() for spelt in spellings})
    close = nearest_of(name, known)
    what = kind or "actor, source or topic"
    return f"there is no {what} {name}" + (f"; did you mean {close}?" if close else "")


def _a(kind: Kind) -> str:
    return f"an {kind}" if kind == "actor" else f"a {kind}"
