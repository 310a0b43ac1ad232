"""Names and handles that nobody may take: of an office of the portal, and of whoever has left.

They are compared as they look: in any case, with accents or without, with digits or letters of another alphabet.
"""

import re
from collections.abc import Iterable
from functools import cache

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.lookalikes import compared

# Whole names and handles, in the languages of the portal.
_OFFICES = """
    admin administrator moderator staff secretariat support helpdesk system official portal forum webmaster
    modérateur modératrice administrateur administratrice secrétariat équipe
    moderador moderadora moderadores administrador administradora administradores secretaría
    модератор администратор секретариат
    管理员 管理員 版主 秘书处 秘書處
    модераторы администраторы المشرف مشرفون المشرفون مشرفين المشرفين المدير الإدارة الأمانة
""".split()
_ALSO_PEOPLE = "root مشرف مدير".split()  # who are honestly called so: kept as handles alone
_ARTICLES = frozenset("the el la los las le les l al".split())
_PARTS = frozenset(  # of a handle, with more around it
    f"{office}{plural}" for office in ("admin", "administrator", "moderator", "secretariat") for plural in ("", "s")
)
_LEFT = """
    former member, ex member, ancien membre, ancienne membre, antiguo miembro, antigua miembro, ex miembro,
    бывший участник, бывшая участница, бывший член, 前成员, 前成員, 前会员, 前會員, عضو سابق, عضوة سابقة
""".split(",")
_LEAVING = re.compile(r"left(-\d.*)?|former-?member.*")  # handles that leaving gives, and what is like them
_TATWEEL = "\u0640"  # draws a word out, and says nothing
_WORD = re.compile(r"\w+")
_DIGITS = (str.maketrans("0134578", "oieastb"), str.maketrans("0134578", "oleastb"))
_ADDRESS = re.compile(r"://|\bwww\.", re.IGNORECASE)


def check_handle(handle: str) -> None:
    """Raise ValidationError where the handle is one of an office, looks so, or is one of who has left."""
    if is_reserved(handle):
        raise ValidationError(_("This handle is kept for the portal; choose another one."), code="reserved")


def check_name(name: str) -> None:
    """The same for a name; an address is no name."""
    if _ADDRESS.search(name):
        raise ValidationError(_("Give a name, not an address."), code="address")
    if _is_of_office(name):
        raise ValidationError(_("This name is kept for the portal; choose another one."), code="reserved")


def is_reserved(handle: str) -> bool:
    """Whether nobody may choose the handle."""
    if is_of_leaving(handle):
        return True
    parts = {form for part in handle.split("-") for form in _forms(part)}
    return not _forms(handle).isdisjoint(_names() | _compared(_ALSO_PEOPLE)) or not parts.isdisjoint(_PARTS)


def is_of_leaving(handle: str) -> bool:
    """Whether who has left is called so: it would stand in the way, or deceive."""
    return bool(_LEAVING.fullmatch(handle))


def _is_of_office(name: str) -> bool:
    """Whether the name is one that is kept, or is made of nothing but such words, articles and numbers."""
    if not _forms(name).isdisjoint(_names()):
        return True
    words = [_forms(word) for word in _WORD.findall(compared(name)) if not word.isdecimal()]
    offices = [word for word in words if not word.isdisjoint(_names())]
    return bool(offices) and all(word in offices or not word.isdisjoint(_ARTICLES) for word in words)


def _forms(text: str) -> set[str]:
    """Return what the text may be read as, without spaces and without a number at its end."""
    word = _joined(text)
    return {form for said in (word, word.rstrip("0123456789")) for form in (said, *map(said.translate, _DIGITS))}


@cache
def _names() -> frozenset[str]:
    said = [*_OFFICES, *_LEFT, *(f"{office}s" for office in _OFFICES)]
    for code, _language in settings.LANGUAGES:
        with translation.override(code):
            said.append(gettext("former member"))
    return _compared(said)


def _compared(names: Iterable[str]) -> frozenset[str]:
    return frozenset(map(_joined, names))


def _joined(text: str) -> str:
    return "".join(compared(text).replace(_TATWEEL, "").split())
