"""Text and addresses of cells: repaired where the repair is certain, refused with the reason where it is not.

Nothing here guesses. Mojibake that can be read back is read back; where characters are lost for good (a file that went
through the wrong encoding twice shows `ï¿½` for each) the text is refused, because nobody can know what it said.
"""

import re
from collections.abc import Iterable

import ftfy
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from ftfy.badness import is_bad

from common.text import clean, clean_block, clean_line, clean_markdown
from common.validators import validate_domain, validate_web_address
from initiatives.vocabulary import ContentLanguage

# What a lost character (U+FFFD) looks like after another wrong decoding, also where a title was capitalised later.
_LOST = re.compile("\ufffd|[Ïï]¿½")
_ZERO_WIDTH = re.compile("[\u200b\ufeff]")  # left by copying from web pages; joiners (U+200C, U+200D) mean something
_BETWEEN_ADDRESSES = re.compile(r"\s*[;,|]?\s+(?=https?://)|[;,|](?=https?://)|\s*[;|]\s+|[\r\n]+", re.IGNORECASE)
_ROUND_ADDRESS = re.compile(r"^[\s\"'<(;,–-]+|(?:\s+[-–;,.]|[\s\"'>;,])+$")
_WORD = re.compile(r"[^\W\d_]+")

# Function words that English alone has, among the languages in question, and frequent ones that it has not.
_ENGLISH = frozenset("the of and to from with by been their which that this were for".split())
_FOREIGN = frozenset(
    "de la el los las que en por una con les des du et le aux pour dans und der die das für mit von em dos não "
    "da do yang dan untuk dari il gli che della per een het voor şi pentru ve bir için".split()
)
# ISO 639-1 with ISO 639-2's "undetermined" and "multiple": what a file may call a language that the portal has not.
_ISO_639 = frozenset(
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo "
    "es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka "
    "kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng "
    "nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su "
    "sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu und mul".split()
)


def repair(value: str) -> str:
    """Return `value` without control characters and mojibake; raise ValidationError where characters are lost."""
    if value.isascii():
        return clean(value)
    fixed = _ZERO_WIDTH.sub("", ftfy.fix_encoding(value))
    if _LOST.search(fixed):
        raise ValidationError(_("Characters of this text are lost (wrong encoding), so it cannot be read."))
    if is_bad(fixed):
        raise ValidationError(_("This text was saved in a wrong encoding and cannot be repaired with certainty."))
    return clean(fixed)


def line(value: str) -> str:
    """Return `value` repaired, on one line: newlines and tabs become spaces."""
    return clean_line(repair(value))


def block(value: str) -> str:
    """Return `value` repaired, its paragraphs kept."""
    return clean_block(repair(value))


def markdown(value: str) -> str:
    """Return `value` repaired, its indentation kept."""
    return clean_markdown(repair(value))


def web_addresses(cell: str) -> tuple[list[str], list[ValidationError]]:
    """Return the valid addresses in a cell, each once, in order, and what is wrong with the others."""
    found, errors = [], []
    for part in _BETWEEN_ADDRESSES.split(cell):
        address = _ROUND_ADDRESS.sub("", clean(part))
        if not address:
            continue
        try:
            address = web_address(address)
        except ValidationError as error:
            errors.append(error)
            continue
        if address not in found:
            found.append(address)
    return found, errors


def web_address(value: str) -> str:
    """Return `value` as a valid address; `https://` is added only where it reads as a host and a path.

    `www.x.example` and `news.x.example/page` are addresses without a scheme; `report.pdf` and words are not.
    """
    if "://" not in value and _looks_like_host_and_path(value):
        value = f"https://{value}"
    if _LOST.search(value):
        raise ValidationError(_("Characters of this address are lost (wrong encoding)."), code="url")
    validate_web_address(value)
    return value


def _looks_like_host_and_path(value: str) -> bool:
    host, slash, _path = value.partition("/")
    if not slash and not host.lower().startswith("www."):
        return False
    try:
        validate_domain(host.lower())
    except ValidationError:
        return False
    return True


def language(declared: str, text: str, doubt: bool = False) -> str:
    """Return the content language of `text` that a file declares by its ISO 639 code; ValidationError if unknown.

    Languages that the portal does not list are "other". Files also call English texts "other", or, where a machine
    detected it, by the language of the names in them: with "other" (and with any code where `doubt`) a text whose
    function words are clearly English counts as English. Everything less clear stays as declared.
    """
    code = declared.strip().lower().replace("_", "-").split("-")[0]
    if code not in _ISO_639 and code != ContentLanguage.OTHER:
        raise ValidationError(_("“%(code)s” is no code of a language."), params={"code": declared[:20]})
    listed = code if code in ContentLanguage else ContentLanguage.OTHER.value
    if (doubt or listed == ContentLanguage.OTHER) and _is_clearly_english(text):
        return ContentLanguage.EN.value
    return listed


def _is_clearly_english(text: str) -> bool:
    words = [word.lower() for word in _WORD.findall(text)]
    english = [word for word in words if word in _ENGLISH]
    foreign = _count(words, _FOREIGN)
    enough = len(english) >= 3 and len(set(english)) >= 2 and len(english) * 10 >= len(words)
    return enough and len(english) > 2 * foreign


def _count(words: Iterable[str], wanted: frozenset[str]) -> int:
    return sum(word in wanted for word in words)
