"""The drawn shapes of countries and territories, made by tools/make_shapes and read once in a process."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).resolve().parent / "data" / "world_paths.json"
CODE_LENGTH = 2  # of ISO alpha-2; the UN's own codes (XAC …) are longer


@dataclass(frozen=True)
class World:
    """SVG paths and symbol points by code, in steps of a sheet `width` wide (Equal Earth)."""

    width: int
    height: int
    whole_height: int  # with Antarctica, which the usual sheet leaves out
    paths: dict[str, str]
    symbols: dict[str, tuple[int, int]]  # of what is too small to hit, or has no shape

    @property
    def uncounted(self) -> list[str]:
        """Paths of the areas without an ISO code."""
        return [path for code, path in self.paths.items() if len(code) > CODE_LENGTH]


@cache
def world() -> World:
    """The shapes, from the file that is committed with the code."""
    return World(**json.loads(SOURCE.read_text(encoding="utf-8")))
