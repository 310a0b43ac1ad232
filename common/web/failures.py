"""Why an address could not be asked, or did not answer."""

from enum import StrEnum


class Kind(StrEnum):
    """What went wrong."""

    BAD_URL = "bad_url"  # another scheme or port, a user name, no possible host
    PRIVATE = "private"  # its name leads to an address that is not public
    NO_NAME = "no_name"  # the name is unknown
    NO_CONNECTION = "no_connection"  # refused, no route
    TIME_OUT = "time_out"
    CERTIFICATE = "certificate"
    NO_TLS = "no_tls"
    PROTOCOL = "protocol"  # something else than HTTP came, or the connection broke
    REDIRECTS = "redirects"  # without end
    COOKIES = "cookies"  # redirects without end, to somebody who keeps no cookies


# Our own network being away looks the same.
NETWORK = frozenset({Kind.NO_NAME, Kind.NO_CONNECTION, Kind.TIME_OUT})
# It has to do with the host, so every address there fares alike.
OF_THE_HOST = frozenset({Kind.NO_NAME, Kind.NO_CONNECTION, Kind.CERTIFICATE, Kind.NO_TLS})


class Failure(Exception):
    """No answer came; `kind` says why in a code, the text says it to whoever reads a log."""

    def __init__(self, kind: Kind, detail: object = "") -> None:
        super().__init__(f"{kind}: {detail}")
        self.kind = kind
