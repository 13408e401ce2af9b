"""Ratios in, an SVG out: how each server compares with the floor, on a logarithmic scale."""

import math
from collections.abc import Mapping, Sequence
from html import escape

Ratios = Mapping[str, Mapping[str, float | None]]
COLOURS = {
    "mithaq": "#0f766e",
    "strawberry": "#e11d48",
    "datasette": "#7c3aed",
    "mercurius": "#ea580c",
    "postgraphile": "#2563eb",
}
LEFT, WIDTH, ROW, TOP = 120, 560, 24, 56
LEAST, MOST = 0.001, 2.0
STYLE = "font: 12px system-ui, sans-serif; fill: #334155"


def draw(panels: Mapping[str, Ratios], queries: Sequence[str]) -> str:
    """Draw a panel for each database: a row for each query, a dot for each server."""
    height = TOP + len(queries) * ROW + 24
    parts = [
        panel(title, ratios, queries, number * height)
        for number, (title, ratios) in enumerate(panels.items())
    ]
    size = f"{LEFT + WIDTH + 20} {height * len(panels)}"
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" style="{STYLE}">\n'
        f'<rect width="100%" height="100%" fill="#fff"/>\n{body}\n</svg>\n'
    )


def panel(title: str, ratios: Ratios, queries: Sequence[str], top: float) -> str:
    """Draw one panel."""
    parts = [text(10, top + 20, f"{title}: requests/s ÷ the floor's", weight=600)]
    end = top + TOP + len(queries) * ROW
    for tick in (0.001, 0.01, 0.1, 0.5, 1, 2):
        x = place(tick)
        shade = "#334155" if tick == 1 else "#e2e8f0"
        parts.append(f'<path d="M{x:.1f} {top + TOP - 6}V{end}" stroke="{shade}"/>')
        parts.append(text(x, end + 16, f"{tick:g}", anchor="middle"))
    for number, query in enumerate(queries):
        parts.append(text(10, top + TOP + number * ROW + 12, query))
    for number, (peer, values) in enumerate(ratios.items()):
        colour = COLOURS[peer.partition("-")[0]]
        x = LEFT + number * 130
        parts.append(dot(x, top + 36, colour))
        parts.append(text(x + 10, top + 40, peer))
        for row, query in enumerate(queries):
            if (value := values.get(query)) is not None:
                parts.append(dot(place(value), top + TOP + row * ROW + 8, colour))
    return "\n".join(parts)


def place(ratio: float) -> float:
    """Return where a ratio stands on the scale."""
    share = math.log(max(LEAST, min(MOST, ratio)) / LEAST) / math.log(MOST / LEAST)
    return LEFT + share * WIDTH


def dot(x: float, y: float, colour: str) -> str:
    """Draw a server's mark."""
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{colour}" fill-opacity="0.85"/>'


def text(x: float, y: float, words: str, *, anchor: str = "start", weight: int = 400) -> str:
    """Write words."""
    placed = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-weight="{weight}"'
    return f"<text {placed}>{escape(words)}</text>"
