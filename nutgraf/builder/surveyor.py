"""A site's files and what is known of them, brought up to date: all that findings need, half of a build."""

import gc
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from nutgraf import store
from nutgraf.builder.aside import Aside
from nutgraf.builder.kept import HEAD, Head, Look, memo_at, no_collection
from nutgraf.builder.publish import BuildOptions, weighed
from nutgraf.builder.spread import default_jobs
from nutgraf.builder.stamps import Known, changed, changed_of, inputs, now
from nutgraf.builder.state import State
from nutgraf.builder.survey import Survey, drafts, findings, survey
from nutgraf.memo import LostError, Memo, frozen
from nutgraf.model.config import Config
from nutgraf.model.diagnostic import Diagnostic

T = TypeVar("T")


class Surveyor:
    """One site, and what is known of it."""

    def __init__(
        self,
        root: Path,
        options: BuildOptions,
        settings: str = store.SETTINGS,
        jobs: int | None = None,
        look: Look | None = None,
    ) -> None:
        """`look` is what has just been seen of the files."""
        self.root, self.options, self.settings = root, options, settings
        self.jobs = jobs or default_jobs()
        self._kept_at = memo_at(root, settings, options.output, options.flags)
        self._memo = Memo(*self._kept_at)
        self._state: State | None = None
        self._outputs: tuple[str, Aside] | None = None
        """An output folder, and the look at it that is under way."""
        self._look = look
        self.counts: dict[str, int] = {}
        """What was done last: files read, briefs scanned; pages drawn, files written, bytes written."""

    def remembered(self) -> State:
        """What is known from the last build, empty where there was none."""
        return self._state or State(self._memo)

    def waiting(self) -> tuple[str, ...]:
        """Names of the stored articles that neither a brief nor a proposal was made of."""
        return self._seen(lambda state, _: waiting(state))

    def findings(self) -> tuple[Diagnostic, ...]:
        """All findings, without anything being built."""
        return self._seen(self._findings)

    def _seen(self, look: Callable[[State, Survey], T]) -> T:
        """What there is to see in the files as they are."""
        try:
            with self._current(None) as (state, found):
                if found.changed:
                    self._keep(state, None)
                return look(state, found)
        except LostError:
            self._memo.clear()
            return self._seen(look)

    def _findings(self, state: State, found: Survey) -> tuple[Diagnostic, ...]:
        told = findings(self.root, state, found, self.options.today)
        return weighed(told, found.setting.config, drafts(state), self.options)

    @contextmanager
    def _current(self, changed_paths: Collection[str] | None) -> Iterator[tuple[State, Survey]]:
        """The state, brought up to date with the files; it is given up where anything fails."""
        with no_collection():
            paths = changed_paths if self._state else None
            state = self._state or State(self._memo)
            try:
                yield state, self._surveyed(state, paths)
            except BaseException:
                self._give_up()
                raise
            finally:
                if changed_paths is None:
                    gc.freeze()  # what is loaded stays, and the collector never looks at it

    def _surveyed(self, state: State, paths: Collection[str] | None) -> Survey:
        found_other = self._differing(state, paths)
        read = {path for path, known in found_other.items() if not _same(state.files.get(path), known)}
        for path, known in found_other.items():
            if known is None:
                state.files.pop(path)
            else:
                state.files[path] = known
        found = survey(self.root, self.settings, state, read, self._memo, self.jobs)
        self.counts = {"files read": len(read), "briefs scanned": found.scanned}
        self._state = state
        return found

    def _keep(self, state: State, head: Head | None) -> None:
        """Keep what is known; the build in short, where the site is as the files say."""
        if self._state is None or not state.write({HEAD: frozen((head,))}):
            self._give_up()

    def _look_no_more(self) -> None:
        if self._outputs:
            self._outputs[1].drop()
        self._outputs = None

    def _give_up(self) -> None:
        """Read again what was kept, when the next build begins."""
        self._state = None

    @property
    def config(self) -> Config:
        """The settings that the last build went by."""
        return (self._state.core.config if self._state else None) or Config()

    def _differing(self, state: State, paths: Collection[str] | None) -> Mapping[str, Known | None]:
        seen, self._look = self._look, None
        if seen and self._outputs is None:
            seen.drop()
        if seen and seen.turn == state.turn:
            state.files = seen.files
            return seen.changed
        if seen:
            self._look_no_more()  # somebody has built since
        taken = now(self.root / store.CACHES)
        if paths is None or any((self.root / path).is_dir() for path in paths):
            return changed(self.root, state.files, inputs(self.root, self.settings), taken)
        before = {path: known for path in paths if (known := state.files.get(path))}
        visible = (path for path in paths if not any(part.startswith(".") for part in Path(path).parts))
        found = {path for path in visible if (self.root / path).is_file()}
        return changed_of(self.root, before, found, taken)


def waiting(state: State) -> tuple[str, ...]:
    """Names of the stored articles that neither a brief nor a proposal was made of."""
    taken = {one.article for one in state.briefs.values()} | {proposed.article for proposed in state.proposals.values()}
    prefix = f"{store.ARTICLES}/"
    names = (path.removeprefix(prefix) for path in state.files if path.startswith(prefix))
    return tuple(sorted(name for name in names if name not in taken))


def _same(before: Known | None, after: Known | None) -> bool:
    return before is not None and after is not None and before.digest == after.digest
