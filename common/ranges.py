"""Parts of files (RFC 9110, section 14), so that a download that broke off can go on where it did."""

import re
from collections.abc import Iterator

from django.core.files import File
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase

PIECE = 65_536  # bytes
_ASKED = re.compile(r"bytes=(?:(\d{1,18})-(\d{0,18})|-(\d{1,18}))", re.ASCII)


def bytes_of(request: HttpRequest, size: int, etag: str) -> range | None:
    """Return the bytes that `Range` asks for, none where there are no such; None: the whole is to be sent.

    So it is for several parts, for what is not understood, and for another version than `If-Range` names.
    """
    asked = _ASKED.fullmatch(request.headers.get("Range", "")) if request.method == "GET" else None
    if not asked or request.headers.get("If-Range", etag) != etag:
        return None
    first, last, ending = asked.groups()
    if ending:
        return range(max(size - int(ending), 0), size)
    if last and int(last) < int(first):
        return None
    return range(int(first), min(int(last) + 1, size) if last else size)


def partial(response: FileResponse, content: File, wanted: range, size: int) -> HttpResponseBase:
    """Return what is left of an answer with all of `content` (of `size` bytes) where only `wanted` is asked for."""
    if not wanted:
        response.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    content.seek(wanted.start)
    response.streaming_content = _pieces(content, len(wanted))
    response.status_code = 206
    response["Content-Length"] = str(len(wanted))
    response["Content-Range"] = f"bytes {wanted.start}-{wanted.stop - 1}/{size}"
    return response


def _pieces(content: File, left: int) -> Iterator[bytes]:
    while left > 0 and (piece := content.read(min(left, PIECE))):
        left -= len(piece)
        yield piece
