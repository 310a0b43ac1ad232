"""Posts as HTML: made once, when they are written."""

import re
import uuid
from collections.abc import Collection

from django.utils import translation
from django.utils.safestring import SafeString

from common import markdown
from common.markdown_bounds import TooMuch
from forum import footnotes
from forum.markup import PICTURE, make_parser
from initiatives.vocabulary import ContentLanguage

LANGUAGES = frozenset(ContentLanguage.values) - {ContentLanguage.OTHER}
NOWHERE = uuid.UUID(int=0)

_parser = make_parser()
# Of addresses within the portal only these shapes pass: members, posts, footnotes, pictures.
_OURS = re.compile(rf"/forum/members/[a-z0-9-]{{3,30}}/|/forum/p/[0-9]{{1,18}}/|{footnotes.PLACE}|{PICTURE}")
_EXTRA = markdown.Allowed(
    tags=footnotes.TAGS | {"img"},
    attributes={**footnotes.ATTRIBUTES, "img": {"src", "alt", "loading"}},
    classes={**footnotes.CLASSES, "a": footnotes.CLASSES["a"] | {"mention"}},
    own=_OURS,
)


def render(body: str, *, key: uuid.UUID = NOWHERE, handles: Collection[str] = (), language: str = "en") -> SafeString:
    """Return the Markdown of a post as safe HTML.

    `key` is that of the post: its footnotes are told from those of others by it. @mentions of people with these
    `handles` lead to their pages. What is said around footnotes is said in `language`.
    """
    with translation.override(catalogue_of(language)):
        html = markdown.draw(_parser, body, {"link": _linker(handles), "place": key.hex[:12]})
    return markdown.clean(html, _EXTRA)


def catalogue_of(language: str) -> str:
    """Return in which of the portal's languages words of its own stand in a topic of this language."""
    return {"zh": "zh-hans"}.get(language, language) if language in LANGUAGES else "en"


def check(body: str) -> None:
    """Raise ValidationError, in words, where the text would become too much, or nothing would be seen of it."""
    html = _parser.render(body, {"link": "/forum/members/{}/".format, "place": NOWHERE.hex[:12]})
    markdown.checked(markdown.clean(html, _EXTRA))


def handles_in(body: str) -> list[str]:
    """Return the handles that are mentioned outside quotes, code, links and addresses, in small letters, in order."""
    if "@" not in body:
        return []
    env: dict = {}
    try:
        _parser.parse(body, env)
    except TooMuch:  # it is drawn as it was typed
        return []
    return list(env.get("named", ()))


def _linker(handles: Collection[str]):
    return lambda handle: f"/forum/members/{handle}/" if handle in handles else None
