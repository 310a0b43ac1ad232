"""The first bytes of an answer."""

import zlib
from http.client import HTTPException, HTTPResponse

PIECE = 16_384  # bytes


def read_body(response: HTTPResponse, encoding: str, limit: int) -> bytes:
    """Return at most `limit` unpacked bytes; what came before the connection broke or the time was up.

    No more than `limit` bytes are taken from the network either. Packings other than gzip and deflate are not read.
    """
    unpack = _unpacker(encoding.strip().lower())
    if unpack is None:
        return b""
    body, taken = b"", 0
    try:
        while len(body) < limit and taken < limit and (piece := response.read1(PIECE)):
            taken += len(piece)
            body += unpack(piece, limit - len(body))
    except (OSError, HTTPException, ValueError, zlib.error):
        pass  # the status has been said; half a page still has its title
    return body[:limit]


def _unpacker(encoding: str):
    if encoding in ("", "identity"):
        return lambda piece, room: piece
    if encoding in ("gzip", "x-gzip", "deflate"):
        return zlib.decompressobj(wbits=zlib.MAX_WBITS | 32).decompress  # never more than `room` bytes at once
    return None
