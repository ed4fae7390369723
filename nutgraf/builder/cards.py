"""The cards of all briefs: pictures that other sites show beside a link."""

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from nutgraf import store
from nutgraf.builder.published import Published
from nutgraf.builder.search import digest
from nutgraf.site import urls

if TYPE_CHECKING:
    from nutgraf.render.card import Card
    from nutgraf.render.indexable import Indexable

FONT = Path(__file__).resolve().parent.parent / "fonts" / "SourceSerif4-Semibold.otf"
STAMPS = "stamps"
"""In the folder of cards: what each card says, so that only cards which say something new are drawn."""


def update_cards(output: Path, site: str, pages: Published) -> int:
    """Draw what is new, remove what belongs to no brief; the number drawn."""
    folder, font = output / urls.CARDS.strip("/"), FONT.read_bytes()
    before = stamps_in(folder)
    stamps: dict[str, str] = {}
    drawn = 0
    for path in sorted(path for path, month in pages.months.items() if month):
        name = f"{PurePosixPath(path).parent.name}.png"
        said = before.get(name, "") if (folder / name).is_file() else ""
        if not said or path in pages.fresh:
            card = card_of(pages.read(path), site)
            told = digest([card.headline, card.site, card.foot, str(len(font))])
            if told != said:
                store.write_file(folder / name, _picture(card, font))
                drawn += 1
            said = told
        stamps[name] = said
    for name in before.keys() - stamps.keys():
        (folder / name).unlink(missing_ok=True)
    store.write_file(folder / STAMPS, "".join(f"{name} {stamp}\n" for name, stamp in stamps.items()).encode())
    return drawn


def _picture(card: "Card", font: bytes) -> bytes:
    from nutgraf.render.card import draw  # slow to load, and hardly ever needed after an edit

    return draw(card, font)


def remove_cards(output: Path) -> None:
    """Of a site that has none any more; what nutgraf did not draw stays."""
    folder = output / urls.CARDS.strip("/")
    for name in (*stamps_in(folder), STAMPS):
        (folder / name).unlink(missing_ok=True)


def stamps_in(folder: Path) -> dict[str, str]:
    """The digest of what each card says."""
    return dict(line.split(" ", 1) for line in store.read_text(folder, STAMPS).splitlines() if " " in line)


def card_of(page: "Indexable", site: str) -> "Card":
    """What the card of a brief says."""
    from nutgraf.render.card import Card

    return Card(page.title, site, " · ".join(filter(None, (page.day, *page.filters.get("source", ())[:1]))))
