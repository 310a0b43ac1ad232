"""The plan of the house as tests read it: rooms and floors, and the files in them."""

import ast
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FLOORS = {
    "common": 1,
    "countries": 2,
    "outbox": 2,
    "accounts": 3,
    "moderation": 4,
    "initiatives": 5,
    "countrymap": 6,
    "forum": 6,
    "portal": 7,
    "reg4covid": 8,
}
# Folders of templates that bear no room's name. allauth's pages are of accounts; its elements and layouts, like our
# forms and includes, are for everybody; what lies beside the folders is for everybody too, but the roof's error pages.
SHARED_TEMPLATES = {"includes": 1, "charts": 1, "forms": 1, "django": 1, "allauth": 1}
SHARED_TEMPLATES |= {"account": 3, "mfa": 3, "admin": 8}
FRAMES = {"base.html", "plain.html", "admin/base_site.html", "admin/change_list.html"}  # the last two are Django's


def goes_down(above: str, below: str) -> bool:
    """Whether the room `above` may know the room `below`: itself, or one on a lower floor, never a neighbour."""
    return above == below or FLOORS[below] < FLOORS[above]


def python_files(*rooms: str, tests: bool = False) -> Iterator[Path]:
    """Every module of the rooms (all where none is named), without migrations; with tests only where asked."""
    for room in rooms or FLOORS:
        for path in _walk(ROOT / room, ".py"):
            if "migrations" not in path.parts and (tests or "tests" not in path.relative_to(ROOT).parts):
                yield path


def template_files() -> Iterator[tuple[str, Path]]:
    """Every template with the name by which others call it."""
    folders = [ROOT / "templates", *(ROOT / room / "templates" for room in FLOORS)]
    for folder in filter(Path.is_dir, folders):
        for path in _walk(folder, (".html", ".txt", ".xml", ".svg")):
            yield path.relative_to(folder).as_posix(), path


def _walk(folder: Path, endings: str | tuple[str, ...]) -> Iterator[Path]:
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(set(folders) - {"__pycache__", "node_modules", "var"})
        yield from (Path(where, name) for name in sorted(names) if name.endswith(endings))


def floor_of_template(name: str) -> int:
    """The floor on which a template stands."""
    folder, slash, _rest = name.partition("/")
    if name in FRAMES:
        return 1
    if not slash:
        return FLOORS["reg4covid"]
    return FLOORS.get(folder) or SHARED_TEMPLATES[folder]


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))
