"""The map of static/land.svg, from Natural Earth's land at 1:110 million (public domain).

    npm install world-atlas@2 && python -m bench.land node_modules/world-atlas/land-110m.json

The coast is taken from TopoJSON, made coarser (Douglas & Peucker 1973) and drawn by longitude and latitude.
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
TARGET = Path(__file__).resolve().parent.parent / "static" / "land.svg"
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


def rings(topology: dict[str, Any]) -> Iterator[list[Point]]:
    """The outer coast of every land mass and the shores of its inland seas."""
    arcs = arcs_of(topology)
    for geometry in topology["objects"]["land"]["geometries"]:
        for polygon in geometry["arcs"]:
            for ring in polygon:
                points: list[Point] = []
                for number in ring:
                    arc = arcs[number] if number >= 0 else arcs[~number][::-1]
                    points += arc[1:] if points else arc
                yield points


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
    """Write the map."""
    topology = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    wanted = [ring for ring in rings(topology) if max(y for _, y in ring) > SOUTHMOST and area(ring) >= SMALLEST]
    drawn = "".join(path_of(coarser(ring, TOLERANCE)) for ring in wanted)
    TARGET.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1800 -850 3600 1450">'
        f'<path fill="#8b877f" fill-opacity=".38" d="{drawn}"/></svg>\n',
        encoding="utf-8",
    )
    print(f"{TARGET.name}: {TARGET.stat().st_size:,} bytes, {len(wanted)} coasts")


if __name__ == "__main__":
    main()
