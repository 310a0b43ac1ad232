"""Names and handles that nobody may take: of an office of the portal, and of whoever has left.

They are compared as they look: in any case, with accents or without, with digits or letters of another alphabet.
"""

import re
from functools import cache

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.lookalikes import compared

# Whole names and handles, in the languages of the portal.
_OFFICES = """
    admin administrator moderator staff secretariat support helpdesk system root official portal forum webmaster
    modérateur modératrice administrateur administratrice secrétariat équipe
    moderador moderadora administrador administradora secretaría
    модератор администратор секретариат
    管理员 管理員 版主 秘书处 秘書處
    مشرف المشرف مدير الإدارة الأمانة
""".split()
_PARTS = frozenset(["admin", "administrator", "moderator", "secretariat"])  # of a handle, with more around it
_LEFT = """
    former member, ex member, ancien membre, ancienne membre, antiguo miembro, antigua miembro, ex miembro,
    бывший участник, бывшая участница, бывший член, 前成员, 前成員, 前会员, 前會員, عضو سابق, عضوة سابقة
""".split(",")
_LEAVING = re.compile(r"left(-\d.*)?|former-?member.*")  # handles that leaving gives, and what is like them
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
    if not _forms(name).isdisjoint(_names()):
        raise ValidationError(_("This name is kept for the portal; choose another one."), code="reserved")


def is_reserved(handle: str) -> bool:
    """Whether nobody may choose the handle."""
    if is_of_leaving(handle):
        return True
    parts = {form for part in handle.split("-") for form in _forms(part)}
    return not _forms(handle).isdisjoint(_names()) or not parts.isdisjoint(_PARTS)


def is_of_leaving(handle: str) -> bool:
    """Whether who has left is called so: it would stand in the way, or deceive."""
    return bool(_LEAVING.fullmatch(handle))


def _forms(text: str) -> set[str]:
    """Return what the text may be read as, without spaces and without a number at its end."""
    word = "".join(compared(text).split())
    return {form for said in (word, word.rstrip("0123456789")) for form in (said, *map(said.translate, _DIGITS))}


@cache
def _names() -> frozenset[str]:
    said = [*_OFFICES, *_LEFT]
    for code, _language in settings.LANGUAGES:
        with translation.override(code):
            said.append(gettext("former member"))
    return frozenset("".join(compared(name).split()) for name in said)
