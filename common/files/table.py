"""CSV: text in UTF-8 that no spreadsheet would calculate with."""

import re

import filetype
from django.utils.translation import gettext_lazy as _

from common.files.refusal import refused, wrong

_MARKUP = re.compile(r"<(!doctype|html|script|svg|\?php|\?xml)", re.IGNORECASE)
# A cell that a spreadsheet would take for a formula; "-5", "+254 20", "@name" and "-" are none.
_FORMULA = re.compile(r"(?:^|[,;\t])[ \"']*(?:=|[@+-][^,;\t\n\"]*[(!|])", re.MULTILINE)


def check(data: bytes, kind: str, name: str) -> bytes:
    """Return `data` as it is; raise ValidationError for another encoding, other content, or formulas."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refused(_("“%(name)s” is not in UTF-8. Save it as “CSV UTF-8” and try again."), name) from error
    if "\x00" in text or filetype.guess(data) is not None or _MARKUP.match(text.lstrip()[:20]):
        raise wrong(name)
    if _FORMULA.search(text.replace("\r", "\n")):
        raise refused(_("“%(name)s” contains formulas. Save it with values only and try again."), name)
    return data
