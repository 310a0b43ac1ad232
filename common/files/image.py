"""PNG and JPG: read, and written anew, so that metadata and whatever was hung on to them stay behind."""

import io
import warnings

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from common.files.refusal import refused, wrong

MAX_PIXELS = 25_000_000
_FORMATS = {"png": "PNG", "jpg": "JPEG"}
_SAVED = {"png": {"optimize": True}, "jpg": {"quality": 90}}


def clean(data: bytes, kind: str, name: str) -> bytes:
    """Return the picture without metadata, the right way up; raise ValidationError where it is none or too large."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the reader's remarks about odd files; what it cannot read it refuses
            return _written_anew(data, kind, name)
    except ValidationError:
        raise
    except Exception as error:  # Pillow's readers raise almost anything on hostile input
        raise wrong(name) from error


def _written_anew(data: bytes, kind: str, name: str) -> bytes:
    with Image.open(io.BytesIO(data), formats=[_FORMATS[kind]]) as picture:
        if picture.width * picture.height > MAX_PIXELS:
            raise refused(_("“%(name)s” has too many pixels; make it smaller and try again."), name)
        picture.load()
        upright = ImageOps.exif_transpose(picture)
        if upright.mode == "P":
            upright = upright.convert("RGBA" if "transparency" in upright.info else "RGB")
        bare = Image.new(upright.mode, upright.size)
        bare.paste(upright)
    out = io.BytesIO()
    bare.save(out, _FORMATS[kind], **_SAVED[kind])
    return out.getvalue()
