"""DOCX, XLSX and ODT: archives, looked into without being unpacked. No macros, no controls, nothing from elsewhere."""

import io
import re
import zipfile

from django.utils.translation import gettext_lazy as _

from common.files.refusal import refused, wrong

MAX_MEMBERS = 5_000
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
MAX_PART_BYTES = 1024 * 1024  # of the parts that are read

# A member that each kind has, and what the part that declares the kind says.
_HEART = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "odt": "content.xml"}
_DECLARATION = {
    "docx": ("[Content_Types].xml", b"wordprocessingml.document.main+xml"),
    "xlsx": ("[Content_Types].xml", b"spreadsheetml.sheet.main+xml"),
    "odt": ("mimetype", b"application/vnd.oasis.opendocument.text"),
}
_MACROS = re.compile(r"vbaproject|activex/|macrosheets/|oleobject|^basic/|^scripts/", re.IGNORECASE)
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_INTERNAL = re.compile(rb"\bTargetMode\s*=\s*[\"']Internal[\"']")
_LINK = re.compile(rb"\bType\s*=\s*[\"'][^\"']*/hyperlink[\"']")


def check(data: bytes, kind: str, name: str) -> bytes:
    """Return `data` as it is; raise ValidationError where it may not be kept."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if not data.startswith(b"PK\x03\x04"):
                raise wrong(name)  # something else stands before the archive
            _check_members(archive.infolist(), kind, name)
            _check_parts(archive, kind, name)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
        raise wrong(name) from error
    return data


def _check_members(members: list[zipfile.ZipInfo], kind: str, name: str) -> None:
    names = [member.filename for member in members]
    if _HEART[kind] not in names or _DECLARATION[kind][0] not in names or len(set(names)) != len(names):
        raise wrong(name)
    if any(part.startswith("/") or ".." in part.split("/") for part in names):
        raise wrong(name)
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
        raise refused(_("“%(name)s” is far larger unpacked than packed."), name)
    if any(member.flag_bits & 1 for member in members):
        raise refused(_("“%(name)s” is encrypted, so that nobody could check it."), name)
    if any(_MACROS.search(part) for part in names):
        raise refused(_("“%(name)s” contains macros or programs. Save it without them and try again."), name)


def _check_parts(archive: zipfile.ZipFile, kind: str, name: str) -> None:
    declaring, wanted = _DECLARATION[kind]
    if wanted not in _read(archive, declaring, name):
        raise wrong(name)
    for part in archive.namelist():
        if part.endswith(".rels") and any(map(_fetches, _RELATION.findall(_read(archive, part, name)))):
            message = _("“%(name)s” loads parts from elsewhere. Put them into the document and try again.")
            raise refused(message, name)


def _fetches(relation: bytes) -> bool:
    """Whether opening the document would load something: a template, a picture. A link waits to be followed."""
    return b"TargetMode" in relation and not _INTERNAL.search(relation) and not _LINK.search(relation)


def _read(archive: zipfile.ZipFile, part: str, name: str) -> bytes:
    with archive.open(part) as content:
        data = content.read(MAX_PART_BYTES + 1)
    if len(data) > MAX_PART_BYTES or b"\x00" in data:  # too long, or in UTF-16, which hides words
        raise wrong(name)
    return data
