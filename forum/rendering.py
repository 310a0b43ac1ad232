"""Posts as HTML: made once, when they are written."""

import re
from collections.abc import Collection

from django.utils.safestring import SafeString

from common import markdown
from forum.markup import make_parser

_parser = make_parser()
# Of addresses within the portal only these shapes pass.
_OURS = re.compile(r"/forum/members/[a-z0-9-]{3,30}/")


def render(body: str, *, handles: Collection[str] = ()) -> SafeString:
    """Return the Markdown of a post as safe HTML; @mentions of the people with these handles lead to their pages."""
    return markdown.clean(_parser.render(body, {"link": _linker(handles)}), own=_OURS, classes={"a": {"mention"}})


def handles_in(body: str) -> list[str]:
    """Return the handles that are mentioned outside code, links and addresses, in small letters, in their order."""
    if "@" not in body:
        return []
    env: dict = {}
    _parser.parse(body, env)
    return list(env.get("named", ()))


def _linker(handles: Collection[str]):
    return lambda handle: f"/forum/members/{handle}/" if handle in handles else None
