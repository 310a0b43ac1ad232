"""PNG and JPG: read, and written anew, so that metadata and whatever was hung on to them stay behind.

A small file may hold a large picture. Its header is asked first, and a process works at one picture at a time, so that
uploads at once need the memory of one.
"""

import io
import threading
import warnings

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from common.files.refusal import refused, wrong

MAX_PIXELS = 12_500_000  # a telephone's 4,080 × 3,060; 50 MB while it is worked at, twice where it is turned
_FORMATS = {"png": "PNG", "jpg": "JPEG"}
_SAVED = {"png": {"compress_level": 6}, "jpg": {"quality": 90}}  # `optimize` takes ten times as long
_KEPT = frozenset(["transparency"])  # of what a file tells beside its pixels
_one_at_a_time = threading.Lock()


def clean(data: bytes, kind: str, name: str) -> bytes:
    """Return the picture without metadata, the right way up; raise ValidationError where it is none or too large."""
    try:
        with _one_at_a_time, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the reader's remarks about odd files; what it cannot read it refuses
            return _written_anew(data, kind, name)
    except Image.DecompressionBombError as error:  # Pillow raises it too, for very large ones
        raise refused(_("“%(name)s” has too many pixels; make it smaller and try again."), name) from error
    except Exception as error:  # Pillow's readers raise almost anything on hostile input
        raise wrong(name) from error


def _written_anew(data: bytes, kind: str, name: str) -> bytes:
    with Image.open(io.BytesIO(data), formats=[_FORMATS[kind]]) as picture:
        if picture.width * picture.height > MAX_PIXELS:
            raise Image.DecompressionBombError
        picture.load()
        ImageOps.exif_transpose(picture, in_place=True)
        picture.info = {key: value for key, value in picture.info.items() if key in _KEPT}
        out = io.BytesIO()
        picture.save(out, _FORMATS[kind], **_SAVED[kind])
    return out.getvalue()
