"""A site that is built again and again: by one process, as the preview does, or by one after the other.

What a build has found out stays in memory and in .nutgraf/; the next one reads only files that have changed and draws
only pages that rest on them. Nothing of it is needed: without it, or with something else in its place, the same site
comes out.
"""

import gc
from array import array
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jinja2 import TemplateError

from nutgraf import store
from nutgraf.builder.draw import Canvas, Drawn, Order, draw
from nutgraf.builder.kept import HEAD, Head, memo_at, short
from nutgraf.builder.publish import BuildOptions, Built, template_fault, weighed
from nutgraf.builder.reasons import reasons
from nutgraf.builder.spread import default_jobs, spread
from nutgraf.builder.stamps import THEME, Known, Stamp, changed, inputs, now, read_input, stamp_of, walk
from nutgraf.builder.state import State
from nutgraf.builder.survey import Survey, drafts, findings, published, survey
from nutgraf.formats.words import parse_words
from nutgraf.memo import Memo, frozen
from nutgraf.model.config import Config
from nutgraf.model.diagnostic import Severity
from nutgraf.model.views import Artifact
from nutgraf.model.words import Words
from nutgraf.render.closures import closures
from nutgraf.render.pages import render_frame
from nutgraf.site.facts import FACETS, Listed, digest_of
from nutgraf.site.link import NOTHING, Facet, Site
from nutgraf.site.related import Related
from nutgraf.site.views import frame_of, sitemap
from nutgraf.site.views.plan import FEED

STATE = "state"


class Session:
    """One site and how to build it."""

    def __init__(
        self, root: Path, options: BuildOptions, settings: str = store.SETTINGS, jobs: int | None = None
    ) -> None:
        self.root, self.options, self.settings = root, options, settings
        self.jobs = jobs or default_jobs()
        self._kept_at = memo_at(root, settings, options.output, options.flags)
        self._memo = Memo(*self._kept_at)
        self._state: State | None = None
        self._output_known = False
        self.counts: dict[str, int] = {}
        """What the last build did: files read, briefs scanned, pages drawn, files written, bytes written."""

    def rebuild(self, changed_paths: Collection[str] | None = None) -> Built:
        """Build. `changed_paths`, relative to the root, are those that may have changed; None: any may have."""
        with self._current(changed_paths) as (state, found):
            return self._build(state, found, keep=changed_paths is None)

    def remembered(self) -> State:
        """What is known from the last build, empty where there was none."""
        return self._state or self._memo.read(STATE) or State()

    def waiting(self) -> tuple[str, ...]:
        """Names of the stored articles that neither a brief nor a proposal was made of."""
        with self._current(None) as (state, _):
            return _waiting(state)

    @contextmanager
    def _current(self, changed_paths: Collection[str] | None) -> Iterator[tuple[State, Survey]]:
        """The state, brought up to date with the files; it is kept afterwards, and given up where anything fails."""
        with _no_collection():
            state, self._state = self.remembered(), None
            differing = self._differing(state, changed_paths)
            read = {path for path, known in differing.items() if not _same(state.files.get(path), known)}
            for path, known in differing.items():
                if known is None:
                    state.files.pop(path, None)
                else:
                    state.files[path] = known
            found = survey(self.root, self.settings, state, read, self._memo, self.jobs)
            self.counts = {"files read": len(read), "briefs scanned": found.scanned}
            yield state, found
            if changed_paths is None:  # else somebody waits; what is not kept is found again by the next process
                self._memo.write({STATE: frozen(state)})
            self._state = state

    @property
    def config(self) -> Config:
        """The settings that the last build went by."""
        return (self._state.config if self._state else None) or Config()

    @property
    def output(self) -> Path:
        """The folder of the built site."""
        return self.options.output or self.root / self.config.output

    def _differing(self, state: State, paths: Collection[str] | None) -> Mapping[str, Known | None]:
        taken = now(self.root / store.CACHES)
        if paths is None or not state.files or any((self.root / path).is_dir() for path in paths):
            return changed(self.root, state.files, inputs(self.root, self.settings), taken)
        before = {path: state.files[path] for path in paths if path in state.files}
        found: dict[str, Stamp] = {}
        for path in paths:
            file = self.root / path
            if file.is_file() and not any(part.startswith(".") for part in Path(path).parts):
                found[path] = stamp_of(file.stat())
        return changed(self.root, before, found, taken)

    def _build(self, state: State, found: Survey, keep: bool) -> Built:
        config, options = found.setting.config, self.options
        told = weighed(findings(self.root, state, found, options.today), config, drafts(state), options)
        fatal = {Severity.ERROR, Severity.WARNING} if options.strict else {Severity.ERROR}
        if any(d.severity in fatal for d in told):
            return Built(told)
        try:
            written, pages = self._publish(state, found, options.output or self.root / config.output)
        except TemplateError as problem:
            return Built((*told, template_fault(problem)))
        built = Built(told, written, pages, config.output)
        if keep:
            self._memo.write({HEAD: frozen(self._head(state, built, options.output or self.root / config.output))})
        return built

    def _head(self, state: State, built: Built, output: Path) -> Head:
        today = self.options.today
        return Head(
            today,
            all(one.latest <= today for one in state.briefs.values()),
            short(state.files),
            state.outputs,
            str(output),
            built.pages,
            built.diagnostics,
            built.folder,
            bool(_waiting(state)),
        )

    def _publish(self, state: State, found: Survey, output: Path) -> tuple[store.Written, int]:
        """Draw what has to be drawn; what was written, and how many pages there are."""
        templates = store.read_templates(self.root)
        words, _ = parse_words(templates, found.setting.config.language)
        frame = frame_of(found.setting.config, words)
        today = self.options.today if not self.options.future else "9999-12-31"
        listed = published(state, today, self.options.drafts)
        theme, shapes = self._shapes(state, templates)
        frame_digest = digest_of((found.setting.config, frame, str(output)))
        if state.frame != frame_digest:
            state.plans, state.related, state.frame = {}, None, frame_digest
        changed_briefs = _changed_briefs(state, listed)
        canvas = Canvas(
            words,
            listed,
            self._related(state, listed, changed_briefs, found, words),
            found.setting,
            frame,
            templates,
            output,
            self._kept_at,
        )
        digests = {facet: canvas.site.digest(facet) for facet in state.digests}
        dirty = _dirty(state, canvas, changed_briefs, digests)
        lost = set() if self._output_known else _lost(state, output)
        orders = list(_orders(state, canvas, dirty, shapes, lost))
        batches = list(spread(draw, canvas, orders, self.jobs))
        made = state.taken_in(batches)
        known_reasons = reasons(state, orders, made, dirty, shapes, lost)
        state.plans = {name: made.get(name) or state.plans[name] for name in canvas.plans}
        state.reasons = {**state.reasons, **known_reasons}
        state.theme, state.templates = theme, dict(shapes)
        state.published = {one.slug: one for one in listed}
        gathered = (facet for facet in state.facets if facet[0] != "briefs")
        state.digests = {f: digests[f] if f in digests else canvas.site.digest(f) for f in gathered}
        pages = [page for plan in state.plans.values() for page in plan.pages if isinstance(page, Drawn)]
        written = [path for batch in batches for path in batch.written]
        outputs = {path: stamp for page in pages for path, stamp in page.files}
        mapped = sitemap(canvas.site, (page.url for page in pages))
        mapped_digest = digest_of((frame_digest, mapped))
        once: tuple[Artifact, ...] = ()
        if state.sitemap == mapped_digest and lost.isdisjoint(state.once):
            outputs |= {path: state.outputs[path] for path in state.once}
        else:
            once = tuple(render_frame(frame, mapped))
            state.sitemap, state.once = mapped_digest, tuple(artifact.path for artifact in once)
        for artifact in (*once, *self._static(state, lost)):
            if store.publish_file(output, artifact.path, artifact.content):
                written.append(artifact.path)
            outputs[artifact.path] = stamp_of((output / artifact.path).stat())
        for path, _ in self._static_files(state):
            if path not in outputs:
                outputs[path] = state.outputs[path]
        same_files = self._output_known and outputs.keys() == state.outputs.keys()
        pruned = () if same_files else store.settle(output, outputs)
        self.counts |= {"pages drawn": sum(batch.drawn for batch in batches), "files written": len(written)}
        self.counts["bytes written"] = sum(outputs[path][0] for path in written)
        state.outputs, self._output_known = outputs, True
        return store.Written(tuple(sorted(written)), len(outputs) - len(written), pruned), sum(
            p.template != FEED for p in pages
        )

    def _shapes(self, state: State, templates: Mapping[str, str]) -> tuple[bytes, Mapping[str, bytes]]:
        """A digest of all templates, and those of each with all that it takes in."""
        digest = digest_of(sorted(templates.items()))
        if state.theme == digest:
            return digest, state.templates
        parts = closures({name: text for name, text in templates.items() if name.endswith(".html")})
        shapes = {name: digest_of([(part, templates[part]) for part in sorted(taken)]) for name, taken in parts.items()}
        return digest, shapes

    def _related(
        self, state: State, listed: Sequence[Listed], changed_briefs: Collection[str], found: Survey, words: Words
    ) -> Mapping[str, Related]:
        """Which briefs belong together, found again where anything has changed that says so."""
        now_there = {one.slug: one for one in listed}
        names = digest_of([(page.slug, page.name, page.type) for page in found.pages])
        same = all(_ties(now_there.get(slug)) == _ties(state.published.get(slug)) for slug in changed_briefs)
        if state.related is None or not same or state.names != names:
            plain = Site(found.setting.config, words, found.setting.names, listed, NOTHING, None)
            state.related = plain.all_related()
        state.names = names
        return state.related

    def _static_files(self, state: State) -> Iterator[tuple[str, str]]:
        """Static files by path in the output folder, and the input each is a copy of; a site's own go before others."""
        for path in sorted(state.files, reverse=True):
            if path.removeprefix(THEME).startswith("static/"):
                yield path.removeprefix(THEME), path

    def _static(self, state: State, lost: set[str]) -> Iterator[Artifact]:
        """The static files that have to be copied."""
        own = {path: (source, state.files[source].digest) for path, source in self._static_files(state)}
        for path, source in sorted(own.items()):
            if path in lost or path not in state.outputs or state.copied.get(path) != source[1]:
                yield Artifact(path, read_input(self.root, source[0]))
        state.copied = {path: digest for path, (_, digest) in own.items()}


def _waiting(state: State) -> tuple[str, ...]:
    briefs = {one.listed.article for one in state.briefs.values() if one.listed}
    taken = briefs | {proposed.article for proposed in state.proposals.values()}
    prefix = f"{store.ARTICLES}/"
    names = (path.removeprefix(prefix) for path in state.files if path.startswith(prefix))
    return tuple(sorted(name for name in names if name not in taken))


def _changed_briefs(state: State, listed: Sequence[Listed]) -> set[str]:
    """Slugs of the published briefs that are not as they were when the pages were last drawn."""
    there = {one.slug: one for one in listed}
    gone = state.published.keys() - there.keys()
    return {slug for slug, one in there.items() if state.published.get(slug) is not one} | gone


def _ties(one: Listed | None) -> tuple[Any, ...]:
    return (one.date, one.cast, one.topics, one.ties) if one else ()


def _dirty(state: State, canvas: Canvas, changed_briefs: Collection[str], digests: Mapping[Facet, bytes]) -> set[int]:
    """Numbers of the facets that are not as they were when a page last looked at them; `digests` as they are now."""
    numbers = state.numbers()
    there = {one.slug: one for one in canvas.listed}
    dirty: set[Facet] = set()
    for slug in changed_briefs:
        before, after = state.published.get(slug), there.get(slug)
        for place, facet in enumerate(FACETS):
            if before is None or after is None or before.digests[place] != after.digests[place]:
                dirty.add(("briefs", slug, facet))
    dirty |= {facet for facet, digest in state.digests.items() if digests[facet] != digest}
    return {numbers[facet] for facet in dirty if facet in numbers}


def _orders(
    state: State, canvas: Canvas, dirty: set[int], shapes: Mapping[str, bytes], lost: set[str]
) -> Iterator[Order]:
    """The plans that have to be made again, or have pages that have to be drawn."""
    stale = {name for name in (*shapes, *state.templates) if shapes.get(name) != state.templates.get(name)}
    for name in canvas.plans:
        before = state.plans.get(name)
        if before is None:
            yield Order(name)
            continue
        pages = [page for page in before.pages if isinstance(page, Drawn)]
        kept = tuple(
            page
            for page in pages
            if page.template not in stale
            and dirty.isdisjoint(array("I", page.trace))
            and not any(path in lost for path, _ in page.files)
        )
        if len(kept) < len(pages) or not dirty.isdisjoint(array("I", before.trace)):
            yield Order(name, kept)


def _lost(state: State, output: Path) -> set[str]:
    """Files of the output folder that are not as they were written."""
    there = dict(walk(str(output), ""))
    return {path for path, stamp in state.outputs.items() if there.get(path) != stamp}


def _same(before: Known | None, after: Known | None) -> bool:
    return before is not None and after is not None and before.digest == after.digest


@contextmanager
def _no_collection() -> Iterator[None]:
    """Without the collector of cyclic garbage, which would go through all that is loaded again and again."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
