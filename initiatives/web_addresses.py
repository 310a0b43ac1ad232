"""The same page under different spellings."""

from urllib.parse import parse_qsl, urlencode, urlsplit

from common.validators import MAX_URL_LENGTH

# Parameters that say where a visitor came from, not what the page is.
TRACKING = frozenset("fbclid gclid dclid msclkid mc_cid mc_eid igshid ref_src yclid".split())
DEFAULT_PORTS = {"http": 80, "https": 443}


def key_of(url: str) -> str:
    """Return what two addresses of the same page share: no scheme, `www.`, default port, fragment or tracking.

    Empty where `url` is no web address. It is for comparing, not for visiting.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return ""
    if not host:
        return ""
    host = host.removeprefix("www.") + (f":{port}" if port and port != DEFAULT_PORTS.get(parts.scheme) else "")
    query = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not _tracks(name)]
    path = parts.path.rstrip("/")
    return (host + path + (f"?{urlencode(sorted(query))}" if query else ""))[:MAX_URL_LENGTH]


def _tracks(name: str) -> bool:
    return name.lower() in TRACKING or name.lower().startswith("utm_")
