"""How many requests a client may make in a minute: counted by one statement, in a table that no backup needs.

The cache would do it in a dozen statements, and drop the counts of sign-in for those of the API when it is full.
"""

import ipaddress
import time

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import connection
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from rest_framework.throttling import BaseThrottle

WINDOW = 60  # seconds
FEW = 4  # whoever has a fourth left, or less, is told in every answer
_COUNT = """
    INSERT INTO api_requests AS kept (client, began, used) VALUES (%s, %s, 1)
    ON CONFLICT (client) DO UPDATE SET began = excluded.began,
        used = CASE WHEN kept.began = excluded.began THEN kept.used + 1 ELSE 1 END
    RETURNING used
"""


class RequestsPerMinute(BaseThrottle):
    """As many for each address as API_REQUESTS_PER_MINUTE says, from one full minute to the next. One query."""

    def allow_request(self, request: HttpRequest, view: object) -> bool:
        limit, now = settings.API_REQUESTS_PER_MINUTE, int(time.time())
        began = now - now % WINDOW
        self.remaining_seconds = began + WINDOW - now
        used = _used(client_of(request), began)
        remaining = max(0, limit - used)
        request.allowance = headers(limit, remaining, self.remaining_seconds)
        request.has_plenty = remaining > limit / FEW
        return used <= limit

    def wait(self) -> int:
        return self.remaining_seconds


def headers(limit: int, remaining: int, seconds: int) -> dict[str, str]:
    """Return the headers by which a client can pace itself (draft-ietf-httpapi-ratelimit-headers)."""
    return {"RateLimit-Policy": f'"minute";q={limit};w={WINDOW}', "RateLimit": f'"minute";r={remaining};t={seconds}'}


def client_of(request: HttpRequest) -> str:
    """Return a name for who asks, from which the address cannot be read. In IPv6 a network of 64 bits is one client."""
    try:
        address = get_adapter().get_client_ip(request)
    except (PermissionDenied, ImproperlyConfigured):  # behind fewer proxies than settings say, or by a socket
        address = request.META.get("REMOTE_ADDR", "")
    try:
        number = ipaddress.ip_address(address)
        if number.version == 6:
            address = str(ipaddress.ip_network((number, 64), strict=False))
    except ValueError:
        pass
    return salted_hmac("api", address, algorithm="sha256").hexdigest()[:32]


def _used(client: str, began: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [client, began])
        return cursor.fetchone()[0]


def forget(before: int) -> int:
    """Delete the counts of minutes that began before this second; return how many."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM api_requests WHERE began < %s", [before])
        return cursor.rowcount
