"""PDF: no scripts, no launched programs, no files inside."""

import re
import zlib
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from common.files.refusal import refused, wrong

MAX_UNPACKED = 50 * 1024 * 1024  # bytes, all streams of objects together
PIECE = 16 * 1024

# Short names are looked for with what must follow, for four bytes turn up in the noise of compressed pictures too.
_ACTIVE = re.compile(
    rb"/(?:JavaScript|Launch|EmbeddedFile|RichMedia|Rendition)\b|/JS\s*(?:[(<]|\d+\s+\d+\s+R)|/XFA\s*(?:\[|\d+\s+\d+\s+R)"
    rb"|/URI\s*\(\s*(?:javascript|vbscript|data|file):",
    re.IGNORECASE,
)
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"stream\r?\n")
_OBJECT_STREAM = re.compile(rb"/ObjStm\b")
_OTHER_PACKING = re.compile(rb"/ObjStm\b[^>]{0,300}(?:ASCII|LZW|RunLength)|(?:ASCII|LZW|RunLength)[^>]{0,300}/ObjStm\b")
_NUMBERS = re.compile(rb"\s*(?:%[^\r\n]*\s+)*\d+\s+\d+")


def check(data: bytes, kind: str, name: str) -> bytes:
    """Return `data` as it is; raise ValidationError for what is active, encrypted or no PDF."""
    if not data.startswith(b"%PDF-") or b"%%EOF" not in data[-2048:]:
        raise wrong(name)
    plain = _unescaped(data)
    if re.search(rb"/Encrypt\s*(?:<<|\d+\s+\d+\s+R)", plain):
        raise refused(_("“%(name)s” is encrypted, so that nobody could check it."), name)
    active, count, size = bool(_ACTIVE.search(plain)), 0, 0
    for part in _object_streams(data):
        active = active or bool(_ACTIVE.search(_unescaped(part)))
        count, size = count + 1, size + len(part)
        if size >= MAX_UNPACKED:
            raise refused(_("“%(name)s” is far larger unpacked than packed."), name)
    if active:
        raise refused(_("“%(name)s” contains scripts or embedded files. Save it as a plain PDF and try again."), name)
    if len(_OBJECT_STREAM.findall(plain)) > count or _OTHER_PACKING.search(plain):
        raise wrong(name)  # packed in a way that cannot be looked into
    return data


def _unescaped(data: bytes) -> bytes:
    """Names may be written with hexadecimal escapes: "/J#53" is "/JS"."""
    return _ESCAPE.sub(lambda match: bytes([int(match[1], 16)]), data)


def _object_streams(data: bytes) -> Iterator[bytes]:
    """Yield, unpacked, the compressed streams that begin like a list of objects, whatever they call themselves."""
    for match in _STREAM.finditer(data):
        try:
            if _NUMBERS.match(_unpacked(data, match.end(), 256)):
                yield _unpacked(data, match.end(), MAX_UNPACKED)
        except zlib.error:
            continue


def _unpacked(data: bytes, start: int, limit: int) -> bytes:
    """Return at most `limit` bytes of the stream that begins at `start`; fed in pieces, for its end is not known."""
    reader, out = zlib.decompressobj(), bytearray()
    while start < len(data) and len(out) < limit and not reader.eof:
        out += reader.decompress(reader.unconsumed_tail + data[start : start + PIECE], limit - len(out))
        start += PIECE
    return bytes(out)
