"""A standalone SVG as PNG, the same on every machine: with the letters that come along and no others."""

from functools import lru_cache
from pathlib import Path

import fontpkg_noto_sans
import fontpkg_noto_sans_arabic
from resvg_py import svg_to_bytes

KEPT = 16  # pictures, about 100 kB each
FONTS = [
    str(Path(package.ROOT) / "files" / f"{name}[wdth,wght].ttf")
    for package, name in ((fontpkg_noto_sans, "NotoSans"), (fontpkg_noto_sans_arabic, "NotoSansArabic"))
]


@lru_cache(maxsize=KEPT)
def png(svg: str) -> bytes:
    """Return the picture in its own size. A tenth of a second of work and more; the latest ones are kept."""
    return svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=FONTS, font_family="Noto Sans")
