"""Hostile strings for addresses, letters and browsers: those of common.tests.hostile, and some of our own."""

from common.tests.hostile import payloads

MARKUP = ("xss", "xss_event_handler_name", "markdown_xss", "html_sanitizer_pair")
# Beside the collection: what breaks databases, decoders, letters and layouts.
OWN = [
    "\x00",
    "a\x00b",
    "\ud800",
    "x\r\nBcc: evil@example.org",
    "\u202eevil",
    "%00",
    "%c0%ae%c0%ae/",
    "A" * 5_000,
    "٣" * 40,
    "9" * 400,
    "-1",
    "1e400",
    "\N{ZERO WIDTH JOINER}" * 50,
    "Z̸̢͝a̷l̵g̶o̴" * 20,
]


def strings(*categories: str) -> list[str]:
    """The payloads of the categories, all and ours where none is named, each once."""
    return list(dict.fromkeys([*([] if categories else OWN), *payloads(*categories)]))


def batches(size: int) -> list[list[str]]:
    every = strings()
    return [every[start : start + size] for start in range(0, len(every), size)]


def sample(count: int, *categories: str) -> list[str]:
    """`count` payloads spread evenly over the categories."""
    every = strings(*categories)
    return every[:: max(1, len(every) // count)][:count]
