"""Uploads: what may be kept, found out from the content and not only from the name."""

import hashlib
import io
import re
import uuid
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath

import filetype
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image

from common.text import clean_line

MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
MAX_PIXELS = 40_000_000

KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "png": "image/png",
    "jpg": "image/jpeg",
}
_ALIASES = {"jpeg": "jpg"}
# A member that each ZIP-based kind has.
_HEART = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "odt": "content.xml"}
_ACTIVE_PDF = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFile|RichMedia|XFA)\b")
_MARKUP = re.compile(rb"<(!doctype|html|script|svg|\?php|\?xml)", re.IGNORECASE)


@dataclass(frozen=True)
class CheckedFile:
    """What is kept of an upload: its clean name, its kind, size in bytes, SHA-256 in hex, and the bytes to store."""

    name: str
    kind: str
    size: int
    sha256: str
    content: ContentFile

    @property
    def stored_name(self) -> str:
        """A random name, so that neither the contributor's nor a guessed one leads to the file."""
        return f"{uuid.uuid4().hex}.{self.kind}"


def check(upload: UploadedFile) -> CheckedFile:
    """Return what to keep of `upload`; raise ValidationError, in words, where it may not be kept.

    Images are written anew, so that places and names in their metadata do not become public.
    """
    name = _clean_name(upload.name or "")
    kind = _kind_by_name(name)
    if not upload.size:
        raise _refused(_("“%(name)s” is empty."), name)
    if upload.size > MAX_BYTES:
        raise _refused(_("“%(name)s” is larger than 10 MB."), name)
    data = upload.read()
    upload.seek(0)
    _CHECKS[kind](data, name)
    if kind in ("png", "jpg"):
        data = _image_without_metadata(data, kind, name)
    return CheckedFile(name, kind, len(data), hashlib.sha256(data).hexdigest(), ContentFile(data))


def _refused(message, name: str) -> ValidationError:
    return ValidationError(message, code="file", params={"name": name})


def _clean_name(name: str) -> str:
    base = PurePosixPath(clean_line(name).replace("\\", "/")).name
    stem, dot, ending = base.rpartition(".")
    stem = re.sub(r"[^\w .()-]", "_", stem).strip(" .") or "file"
    return f"{stem[:120]}.{ending.lower()}" if dot else base[:120]


def _kind_by_name(name: str) -> str:
    ending = name.rpartition(".")[2].lower()
    kind = _ALIASES.get(ending, ending)
    if kind not in KINDS or "." not in name:
        raise _refused(_("“%(name)s” is not of a type that is taken: PDF, DOCX, ODT, XLSX, CSV, PNG or JPG."), name)
    return kind


def _wrong(name: str) -> ValidationError:
    return _refused(_("“%(name)s” is damaged, or not of the type that its name says."), name)


def _check_pdf(data: bytes, name: str) -> None:
    if not data.startswith(b"%PDF-") or b"%%EOF" not in data[-2048:]:
        raise _wrong(name)
    # "/J#53" is "/JS": names may be written with hexadecimal escapes.
    plain = re.sub(rb"#([0-9A-Fa-f]{2})", lambda match: bytes([int(match[1], 16)]), data)
    if _ACTIVE_PDF.search(plain):
        raise _refused(_("“%(name)s” contains scripts or embedded files. Save it as a plain PDF and try again."), name)


def _check_zip(data: bytes, name: str) -> None:
    kind = _kind_by_name(name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise _wrong(name) from error
    names = {member.filename for member in members}
    if _HEART[kind] not in names or (kind == "odt") != ("[Content_Types].xml" not in names):
        raise _wrong(name)
    if len(members) > 5_000 or sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
        raise _refused(_("“%(name)s” is far larger unpacked than packed."), name)
    if any("vbaproject" in member.lower() or member.startswith(("Basic/", "Scripts/")) for member in names):
        raise _refused(_("“%(name)s” contains macros. Save it without them and try again."), name)
    if any(member.flag_bits & 1 for member in members):
        raise _refused(_("“%(name)s” is encrypted, so that nobody could check it."), name)


def _check_csv(data: bytes, name: str) -> None:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused(_("“%(name)s” is not in UTF-8. Save it as “CSV UTF-8” and try again."), name) from error
    if "\x00" in text or filetype.guess(data) is not None or _MARKUP.match(data.lstrip()[:20]):
        raise _wrong(name)


def _check_image(data: bytes, name: str) -> None:
    guess = filetype.guess(data)
    if guess is None or guess.extension != _kind_by_name(name):
        raise _wrong(name)


def _image_without_metadata(data: bytes, kind: str, name: str) -> bytes:
    form = {"png": "PNG", "jpg": "JPEG"}[kind]
    try:
        with Image.open(io.BytesIO(data), formats=[form]) as image:
            if image.width * image.height > MAX_PIXELS:
                raise _refused(_("“%(name)s” has too many pixels; make it smaller and try again."), name)
            image.load()
            clean = Image.new(image.mode, image.size)
            clean.putdata(image.getdata()) if image.mode == "P" else clean.paste(image)
            if image.mode == "P":
                clean.putpalette(image.getpalette())
            out = io.BytesIO()
            clean.save(out, form, **({"quality": 90} if form == "JPEG" else {"optimize": True}))
    except ValidationError:
        raise
    except Exception as error:  # Pillow's readers raise almost anything on hostile input
        raise _wrong(name) from error
    return out.getvalue()


_CHECKS = {
    "pdf": _check_pdf,
    "docx": _check_zip,
    "xlsx": _check_zip,
    "odt": _check_zip,
    "csv": _check_csv,
    "png": _check_image,
    "jpg": _check_image,
}
