"""The map of static/land.svg and where countries lie, from Natural Earth at 1:110 million (public domain).

    npm install world-atlas@2 && python -m bench.land node_modules/world-atlas

The coast is taken from TopoJSON, made coarser (Douglas & Peucker 1973) and drawn by longitude and latitude. A country
lies where the middle of its largest piece is.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

TOLERANCE = 0.45
"""Degrees by which a coast may be off."""
SMALLEST = 4.0
"""Square degrees: smaller islands are left out."""
SOUTHMOST = -60.0
"""Antarctica is left out: nothing of the news is there, and it takes a fifth of the picture."""
ROOT = Path(__file__).resolve().parent.parent
MAP, COUNTRIES = ROOT / "static" / "land.svg", ROOT / "templates" / "words" / "countries.yaml"
WRITTEN_OUT = {
    "United States of America": "United States",
    "W. Sahara": "Western Sahara",
    "Dem. Rep. Congo": "Democratic Republic of the Congo",
    "Dominican Rep.": "Dominican Republic",
    "Falkland Is.": "Falkland Islands",
    "Central African Rep.": "Central African Republic",
    "Eq. Guinea": "Equatorial Guinea",
    "eSwatini": "Eswatini",
    "Solomon Is.": "Solomon Islands",
    "Bosnia and Herz.": "Bosnia and Herzegovina",
    "Macedonia": "North Macedonia",
    "S. Sudan": "South Sudan",
    "Czechia": "Czech Republic",
}
LEFT_OUT = {"Antarctica", "Fr. S. Antarctic Lands", "N. Cyprus", "Somaliland"}
Point = tuple[float, float]


def arcs_of(topology: dict[str, Any]) -> list[list[Point]]:
    """The arcs in degrees."""
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * kx + dx, y * ky + dy))
        found.append(points)
    return found


def rings(geometry: dict[str, Any], arcs: Sequence[list[Point]]) -> Iterator[list[Point]]:
    """The outer line of every piece of land and the shores of its inland seas."""
    for polygon in geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]:
        for ring in polygon:
            points: list[Point] = []
            for number in ring:
                arc = arcs[number] if number >= 0 else arcs[~number][::-1]
                points += arc[1:] if points else arc
            yield points


def unbroken(points: Sequence[Point]) -> list[Point]:
    """The line without jumps where the date changes: longitudes go on beyond 180 degrees."""
    way = [points[0]]
    for x, y in points[1:]:
        way.append((x + 360 * round((way[-1][0] - x) / 360), y))
    return way


def copies(points: list[Point]) -> Iterator[list[Point]]:
    """The line, and again 360 degrees away where it leaves the map."""
    yield points
    for turn, leaves in ((-360, max(x for x, _ in points) > 181), (360, min(x for x, _ in points) < -181)):
        if leaves:
            yield [(x + turn, y) for x, y in points]


def middle(points: Sequence[Point]) -> Point:
    """Centre of mass of a polygon."""
    pairs = list(pairwise(unbroken(points)))
    turns = [x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs]
    whole = 3 * sum(turns)
    x = sum((x1 + x2) * turn for ((x1, _), (x2, _)), turn in zip(pairs, turns, strict=True)) / whole
    y = sum((y1 + y2) * turn for ((_, y1), (_, y2)), turn in zip(pairs, turns, strict=True)) / whole
    return (x + 180) % 360 - 180, y


def coarser(points: Sequence[Point], tolerance: float) -> list[Point]:
    """The points without those that lie within `tolerance` of the line between kept ones."""
    (ax, ay), (bx, by) = points[0], points[-1]
    length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5

    def off(point: Point) -> float:
        x, y = point
        if not length:
            return float(((x - ax) ** 2 + (y - ay) ** 2) ** 0.5)
        return float(abs((by - ay) * (x - ax) - (bx - ax) * (y - ay)) / length)

    worst = max(range(1, len(points) - 1), key=lambda i: off(points[i]), default=0)
    if not worst or off(points[worst]) <= tolerance:
        return [points[0], points[-1]]
    return coarser(points[: worst + 1], tolerance)[:-1] + coarser(points[worst:], tolerance)


def area(points: Sequence[Point]) -> float:
    """In square degrees."""
    pairs = zip(points, [*points[1:], points[0]], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2


def path_of(points: Sequence[Point]) -> str:
    """Relative steps in tenths of a degree, north up."""
    tenths = [(round(x * 10), round(-y * 10)) for x, y in points]
    steps = [f"M{tenths[0][0]} {tenths[0][1]}l"]
    for (x1, y1), (x2, y2) in pairwise(tenths[:-1]):
        steps.append(f"{x2 - x1}{' ' if y2 >= y1 else ''}{y2 - y1} ")
    return "".join(steps).rstrip() + "z"


def main() -> None:
    """Write the map and the list of countries."""
    atlas = Path(sys.argv[1])
    topology = json.loads((atlas / "land-110m.json").read_text(encoding="utf-8"))
    arcs = arcs_of(topology)
    coasts = [ring for geometry in topology["objects"]["land"]["geometries"] for ring in rings(geometry, arcs)]
    wanted = [ring for ring in coasts if max(y for _, y in ring) > SOUTHMOST and area(ring) >= SMALLEST]
    drawn = "".join(path_of(line) for ring in wanted for line in copies(coarser(unbroken(ring), TOLERANCE)))
    MAP.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1800 -850 3600 1450">'
        f'<path fill="#8b877f" fill-opacity=".38" d="{drawn}"/></svg>\n',
        encoding="utf-8",
    )
    lines = ["# Where countries lie: latitude and longitude in degrees. Made by bench/land.py from Natural Earth."]
    topology = json.loads((atlas / "countries-110m.json").read_text(encoding="utf-8"))
    arcs = arcs_of(topology)
    for geometry in topology["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        if name not in LEFT_OUT:
            x, y = middle(max(rings(geometry, arcs), key=area))
            lines.append(f"{WRITTEN_OUT.get(name, name)}: [{y:.1f}, {x:.1f}]")
    COUNTRIES.write_text("\n".join([lines[0], *sorted(lines[1:])]) + "\n", encoding="utf-8")
    print(f"{MAP.name}: {MAP.stat().st_size:,} bytes, {len(wanted)} coasts; {len(lines) - 1} countries")


if __name__ == "__main__":
    main()
