"""Uploads: what may be kept, found out from the content and not only from the name."""

import hashlib
import re
import uuid
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from common.files import image, office, pdf, table
from common.files.refusal import refused
from common.text import clean_line

MAX_BYTES = 10 * 1024 * 1024
NAME_MAX = 120  # characters before the ending

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
# Each takes the bytes, the kind and the name, and returns the bytes to keep.
_CHECKS = {
    "pdf": pdf.check,
    "docx": office.check,
    "xlsx": office.check,
    "odt": office.check,
    "csv": table.check,
    "png": image.clean,
    "jpg": image.clean,
}


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
        raise refused(_("“%(name)s” is empty."), name)
    if upload.size > MAX_BYTES:
        raise refused(_("“%(name)s” is larger than 10 MB."), name)
    data = upload.read()
    upload.seek(0)
    data = _CHECKS[kind](data, kind, name)
    return CheckedFile(name, kind, len(data), hashlib.sha256(data).hexdigest(), ContentFile(data))


def _clean_name(name: str) -> str:
    base = PurePosixPath(clean_line(name).replace("\\", "/")).name
    stem, dot, ending = base.rpartition(".")
    stem = re.sub(r"[^\w .()-]", "_", stem).strip(" .") or "file"
    return f"{stem[:NAME_MAX]}.{ending.lower()}" if dot else base[:NAME_MAX]


def _kind_by_name(name: str) -> str:
    ending = name.rpartition(".")[2]
    kind = _ALIASES.get(ending, ending)
    if kind not in KINDS or "." not in name:
        raise refused(_("“%(name)s” is not of a type that is taken: PDF, DOCX, ODT, XLSX, CSV, PNG or JPG."), name)
    return kind
