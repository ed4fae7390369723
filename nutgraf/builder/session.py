"""A site that is built again and again: by one process, as the preview does, or by one after the other.

What a build has found out stays in memory and in .nutgraf/; the next one reads only files that have changed and draws
only pages that rest on them. Nothing of it is needed: without it, or with something else in its place, the same site
comes out.
"""

from array import array
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import TemplateError

from nutgraf import store
from nutgraf.builder.aside import Aside
from nutgraf.builder.difference import Difference, changes_of, difference
from nutgraf.builder.draw import Briefs, Canvas, Order, draw, joined
from nutgraf.builder.kept import HEAD, MANY, Head, lost_outputs
from nutgraf.builder.made import Drawn
from nutgraf.builder.publish import Built, template_fault
from nutgraf.builder.reasons import reasons
from nutgraf.builder.scan import FOREVER, scan_all
from nutgraf.builder.spread import spread
from nutgraf.builder.stamps import THEME, Stamp, differing, read_input, stamp_of
from nutgraf.builder.state import State
from nutgraf.builder.survey import Survey, published
from nutgraf.builder.surveyor import Surveyor, waiting
from nutgraf.formats.words import parse_words
from nutgraf.memo import PIECES, LostError, thawed
from nutgraf.model.diagnostic import Severity
from nutgraf.model.views import Artifact
from nutgraf.model.words import Words
from nutgraf.render.closures import closures
from nutgraf.render.pages import render_frame
from nutgraf.site.facts import Listed, digest_of
from nutgraf.site.library import Called
from nutgraf.site.link import KINDS, Changes, grouped, regrouped, touched
from nutgraf.site.urls import url_of
from nutgraf.site.views import frame_of, plan_names, sitemap


class Session(Surveyor):
    """One site and how to build it."""

    _canvas: Canvas | None = None
    """From which the pages were drawn that `_state` knows."""
    _good = False
    """Whether the last build came out."""

    def rebuild(self, changed_paths: Collection[str] | None = None) -> Built:
        """Build. `changed_paths`, relative to the root, are those that may have changed; None: any may have."""
        try:
            return self._rebuilt(changed_paths)
        except LostError:  # what was kept is damaged, or another process has kept something else
            self._memo.clear()
            return self._rebuilt(None)

    def _rebuilt(self, changed_paths: Collection[str] | None) -> Built:
        with self._looking(), self._current(changed_paths) as (state, found):
            built = self._build(state, found)
            self._good = built.written is not None
            if changed_paths is None:  # else somebody waits; what is not kept is found again by the next process
                self._keep(state, self._head(state, built) if built.written else None)
            return built

    def glance(self, changed_paths: Collection[str]) -> tuple[str, ...]:
        """Draw the pages of saved briefs at once, with all else as it is known; their addresses, where they changed.

        For somebody who waits: `rebuild`, which must follow, makes the site right.
        """
        state, canvas = self._state, self._canvas
        if state is None or canvas is None or not self._good:
            return ()
        saved = {path: one.slug for path in changed_paths if (one := state.briefs.get(path))}
        own = tuple(p for p, slug in saved.items() if canvas.published.get(slug, ("", ""))[1] == p)
        scanned = [one for one in scan_all(canvas.setting, own) if one.read.slug]
        parts = {key: part for one in scanned for key, part in one.parts.items()}
        published = {**canvas.published, **{o.read.slug: (o.read.date, o.path, o.read.digests) for o in scanned}}
        days = {**canvas.days, **{one.read.slug: one.read.date for one in scanned}}
        try:
            changes = [(state.listed(one.path), thawed(parts[f"listed {one.path}"])[1]) for one in scanned]
            seen = replace(
                canvas,
                published=published,
                days=days,
                groups=regrouped(canvas.groups, changes, days),
                related=canvas.site.all_related(),
                same_ties=True,
                briefs=canvas.briefs.ahead(published, parts),
                named=partial(_named, state, touched(changes)),
            ).like(canvas)
            return tuple(map(url_of, draw(seen, tuple(Order(f"brief {one.read.slug}") for one in scanned)).written))
        except (TemplateError, LostError):
            return ()

    @contextmanager
    def _looking(self) -> Iterator[None]:
        """Meanwhile, a look at an output folder that this process has not written, where it is large."""
        seen = self._look
        (head,) = (None,) if self._canvas or seen else self._memo.read(HEAD) or (None,)
        if seen and seen.aside:
            self._outputs = seen.output, seen.aside
        elif isinstance(head, Head) and head.files > MANY:
            output = str(self.root / head.output)
            self._outputs = output, Aside(partial(lost_outputs, self._kept_at, output), PIECES)
        try:
            yield
        finally:
            self._look_no_more()

    def _lost(self, state: State, output: str) -> set[str]:
        """What of the output folder somebody else has changed or removed."""
        if self._outputs and self._outputs[0] == output:
            return self._outputs[1].answer()
        return set(differing(output, state.outputs))

    def _give_up(self) -> None:
        super()._give_up()
        self._canvas = None

    @property
    def output(self) -> Path:
        """The folder of the built site."""
        return self.options.output or self.root / self.config.output

    def _build(self, state: State, found: Survey) -> Built:
        config, options = found.setting.config, self.options
        told = self._findings(state, found)
        fatal = {Severity.ERROR, Severity.WARNING} if options.strict else {Severity.ERROR}
        if any(d.severity in fatal for d in told):
            return Built(told)
        try:
            written = self._publish(state, found, options.output or self.root / config.output)
        except TemplateError as problem:
            self._give_up()
            return Built((*told, template_fault(problem)))
        return Built(told, written, state.core.pages, config.output)

    def _head(self, state: State, built: Built) -> Head:
        today = self.options.today
        return Head(
            today,
            all(one.latest <= today for one in state.briefs.values()),
            state.core.files,
            str(self.options.output or self.root / built.folder),
            built.pages,
            built.diagnostics,
            built.folder,
            bool(waiting(state)),
        )

    def _publish(self, state: State, found: Survey, output: Path) -> store.Written:
        """Draw what has to be drawn; what was written."""
        core, in_memory = state.core, self._canvas is not None
        canvas, changes, different, reshaped = self._prepared(state, found, output)
        lost = set() if in_memory else self._lost(state, str(output))
        stale = self._stale(state, canvas)
        names = tuple(plan_names(canvas.site)) if reshaped else ()
        orders = tuple(_orders(state, names, different, stale, lost))
        state.settle()
        canvas.site.all_related()  # found once, not by every worker
        batch = joined(state.noting(canvas, spread(draw, canvas, orders, self.jobs)))
        remade = state.remade(batch.made, names if reshaped else None)
        for url, why in reasons(orders, remade.before, remade.made, different.dirty, stale, lost):
            state.reasons[url] = why
        state.draw_from(canvas, changes, batch.facets, different.digests)
        written = [*batch.written]
        files, former = dict(remade.files), {*remade.former_files, *core.once, *core.copied}
        mapped = reshaped or remade.moved or any(facet[2] == "date" for facet in different.dirty.values())
        once = self._made_once(state, canvas) if mapped or not lost.isdisjoint(core.once) else ()
        with store.Publisher(output) as publisher:
            for artifact in (*once, *self._static(state, lost)):
                files[artifact.path] = stamp_of(publisher.publish(artifact.path, artifact.content))
        written += publisher.written
        gone = former - {*files, *core.once, *core.copied}
        others = bool(gone) or any(path not in state.outputs for path in files)
        state.written(files, gone)
        settled = not others and core.manifest == _manifest(output)
        pruned = () if settled else store.settle(output, state.outputs)
        core.manifest = _manifest(output)
        self._canvas = canvas
        self.counts |= {"pages drawn": batch.drawn, "files written": len(written)}
        self.counts["bytes written"] = sum(state.outputs[path][0] for path in written)
        return store.Written(tuple(sorted(written)), core.files - len(written), pruned)

    def _prepared(self, state: State, found: Survey, output: Path) -> tuple[Canvas, Changes, Difference, bool]:
        """What pages are drawn from, what of it is not as it was, and whether there may be other plans."""
        core, last, config = state.core, self._canvas, found.setting.config
        templates, words = self._theme(found)
        frame = frame_of(config, words)
        digest, names = digest_of((config, frame, str(output))), digest_of(found.pages)
        anew, same_names = core.frame != digest, core.names == names
        if anew:
            state.forget_pages()
        shelved = published(state, FOREVER if self.options.future else self.options.today, self.options.drafts)
        listed, changes = shelved.briefs, changes_of(state, shelved)
        groups = before = state.groups.value
        if anew:
            groups = grouped(state.listed(path) for _, path, _ in listed.values())
        elif changes:
            groups = regrouped(before, changes, shelved.days)
        reshaped = anew or not same_names or any(None in change for change in changes)
        reshaped = reshaped or any(groups[kind].keys() != before[kind].keys() for kind in KINDS if groups is not before)
        briefs = last.briefs if last else Briefs(self._kept_at)
        briefs.renew(found.setting, listed, state.listed)
        same_ties = core.related and same_names and all(_ties(one) == _ties(other) for one, other in changes)
        if not same_ties:
            state.list_all()
        state.unname(changes, same_names)
        setting = found.setting
        days = shelved.days
        known = state.related, same_ties, setting
        canvas = Canvas(words, listed, days, groups, *known, frame, templates, output, briefs, state.named)
        different = difference(state, canvas.site, changes, same_names)
        core.frame, core.names = digest, names
        return canvas.like(last), changes, different, reshaped

    def _theme(self, found: Survey) -> tuple[Mapping[str, str], Words]:
        """The templates, and the words in the language of the site."""
        last, config = self._canvas, found.setting.config
        same_templates = not any(path.removeprefix(THEME).startswith("templates/") for path in found.changed)
        if last and same_templates and last.setting.config.language == config.language:
            return last.templates, last.words
        templates = store.read_templates(self.root)
        return templates, parse_words(templates, config.language)[0]

    def _stale(self, state: State, canvas: Canvas) -> set[str]:
        """The templates that are not as they were, with all that they take in."""
        core, templates = state.core, canvas.templates
        digest = digest_of(sorted(templates.items()))
        if core.theme == digest:
            return set()
        parts = closures({name: text for name, text in templates.items() if name.endswith(".html")})
        shapes = {name: digest_of([(part, templates[part]) for part in sorted(taken)]) for name, taken in parts.items()}
        stale = {name for name in (*shapes, *core.templates) if shapes.get(name) != core.templates.get(name)}
        core.theme, core.templates = digest, shapes
        return stale

    def _made_once(self, state: State, canvas: Canvas) -> tuple[Artifact, ...]:
        once = tuple(render_frame(canvas.frame, sitemap(canvas.site, state.addresses())))
        state.core.once = tuple(artifact.path for artifact in once)
        return once

    def _static(self, state: State, lost: set[str]) -> Iterator[Artifact]:
        """The static files that have to be copied; a site's own go before others of their path."""
        folders = "static/", f"{THEME}static/"
        sources = sorted((path for path in state.files if path.startswith(folders)), reverse=True)
        own = {path.removeprefix(THEME): (path, state.files[path].digest) for path in sources}
        copied, state.core.copied = state.core.copied, {path: digest for path, (_, digest) in own.items()}
        for path, (source, digest) in sorted(own.items()):
            if path in lost or copied.get(path) != digest or path not in state.outputs:
                yield Artifact(path, read_input(self.root, source))


def _manifest(output: Path) -> Stamp | None:
    """The stamp of the list of the output folder's files; None where it is not complete."""
    path = output / store.MANIFEST
    return stamp_of(path.stat()) if path.is_file() and not (output / store.JOURNAL).exists() else None


def _named(state: State, changed: Collection[tuple[str, str]], kind: str, slug: str) -> Called | None:
    return None if (kind, slug) in changed else state.named(kind, slug)


def _ties(one: Listed | None) -> tuple[Any, ...]:
    return (one.date, one.cast, one.topics, one.tied) if one else ()


def _orders(
    state: State, names: tuple[str, ...], different: Difference, stale: set[str], lost: set[str]
) -> Iterator[Order]:
    """The plans that have to be made again, or have pages that have to be drawn; `names` are those of all plans where
    there may be others than before."""
    wanted = state.rests.of(different.dirty)
    if stale or lost:
        wanted.update(
            name for name, plan in state.plans.items() if any(_spoilt(page, stale, lost) for page in plan.pages)
        )
    for name in names or sorted(wanted):
        before = state.plans.get(name)
        if before is None:
            if names:
                yield Order(name)
        elif name in wanted:
            pages = [page for page in before.pages if isinstance(page, Drawn)]
            kept = tuple(p for p in pages if not _spoilt(p, stale, lost) and not _rests(p.trace, different))
            if len(kept) < len(pages) or _rests(before.trace, different):
                yield Order(name, kept)


def _spoilt(page: Drawn | str, stale: set[str], lost: set[str]) -> bool:
    return isinstance(page, Drawn) and (page.template in stale or any(path in lost for path, _ in page.files))


def _rests(trace: bytes, different: Difference) -> bool:
    return any(number in different.dirty for number in array("I", trace))
