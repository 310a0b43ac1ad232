"""Pictures that are large inside: refused by their header, and worked at one at a time in little memory."""

import io
import struct
import subprocess
import sys
import threading
import zlib

import pytest
from django.core.exceptions import ValidationError
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from common.files import image

SIDE = 3_500  # pixels: 12.25 million
LITTLE = 80  # MB; decoded, such a picture takes 49
WORK = f"""
import io, resource, sys
from PIL import Image
from common.files import image
out = io.BytesIO()
Image.new("1", ({SIDE}, {SIDE})).save(out, "PNG")
small = out.getvalue()
grown = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
image.clean(small, "png", "a.png")
data, before = sys.stdin.buffer.read(), grown()
image.clean(data, "png", "a.png")
print(grown() - before)
"""


def written(mode: str = "RGB", size=(4, 3), kind: str = "PNG", **more) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind, **more)
    return out.getvalue()


def header(width: int, height: int) -> bytes:
    """The beginning of a PNG that says how large it is, and nothing of its pixels."""
    said = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + said + struct.pack(">I", zlib.crc32(said)) + b"\0\0\0\x09IDAT"


@pytest.mark.parametrize("size", [(5_000, 4_990), (1, 12_500_001), (60_000, 60_000)])
def test_the_header_is_enough_to_refuse(size, monkeypatch):
    monkeypatch.setattr(Image.Image, "load", lambda self: pytest.fail("decoded"))
    with pytest.raises(ValidationError, match="too many pixels"):
        image.clean(header(*size), "png", "a.png")


def test_a_photograph_of_a_telephone_passes():
    assert image.clean(written(size=(4_080, 3_060), kind="JPEG"), "jpg", "a.jpg")


def test_the_largest_picture_takes_little_memory():
    run = subprocess.run(  # noqa: S603 (our own code)
        [sys.executable, "-c", WORK], input=written("RGBA", (SIDE, SIDE)), capture_output=True, check=True
    )
    assert int(run.stdout) < LITTLE


def test_a_process_works_at_one_picture_at_a_time(monkeypatch):
    at_work, most = [], []
    begun = threading.Barrier(2, timeout=0.3)

    def slow(data, kind, name):
        at_work.append(name)
        most.append(len(at_work))
        try:
            begun.wait()  # would pass if another one came meanwhile
        except threading.BrokenBarrierError:
            begun.reset()
        at_work.remove(name)
        return data

    monkeypatch.setattr(image, "_written_anew", slow)
    threads = [threading.Thread(target=image.clean, args=(b"", "png", name)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1, 1]


def test_nothing_that_a_png_tells_beside_its_pixels_is_kept():
    told, exif = PngInfo(), Image.Exif()
    told.add_text("Comment", "secret place")
    told.add_itxt("XML:com.adobe.xmp", "secret words", zip=True)
    exif[0x010E] = "secret camera"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = written(pnginfo=told, exif=exif, icc_profile=profile, dpi=(71, 71))
    kept = image.clean(data, "png", "a.png")
    again = Image.open(io.BytesIO(kept))
    again.load()
    assert again.info == {}
    assert not again.getexif()
    assert [kept.count(name) for name in (b"tEXt", b"iTXt", b"eXIf", b"iCCP", b"secret")] == [0] * 5
