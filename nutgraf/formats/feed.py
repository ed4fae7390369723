"""A feed cut into files of one item each, so that each can be an article."""

from copy import deepcopy

from lxml import etree

from nutgraf.formats.html_text import local_name

ITEMS = frozenset({"item", "entry"})
MAX_ITEMS = 500


def feed_items(raw: bytes) -> tuple[bytes, ...]:
    """The feed (RSS, Atom) once for each of its first 500 items, with that item alone; nothing where it is no feed."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError):
        return ()
    if str(local_name(root)).lower() not in ("rss", "feed", "rdf"):
        return ()
    items = [element for element in root.iter() if local_name(element) in ITEMS][:MAX_ITEMS]
    parent = items[0].getparent() if items else None
    if parent is None:
        return ()
    for element in [element for element in parent if local_name(element) in ITEMS]:
        parent.remove(element)
    made = []
    for item in items:
        alone = deepcopy(item)
        alone.tail = None
        parent.append(alone)
        made.append(etree.tostring(root, xml_declaration=True, encoding="utf-8"))
        parent.remove(alone)
    return tuple(made)
