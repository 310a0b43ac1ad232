"""The dump of each day: whole or not there, checked by its sums, gone when it is old or holds what was removed."""

import csv
import datetime
import gzip
import hashlib
import io
import json

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse

from common.tests.hostile import payloads
from initiatives.exports import dumps, packing
from initiatives.jobs.dump import dump_open_data
from initiatives.models import Initiative
from initiatives.schema import COLUMNS
from moderation.services import transition
from outbox import jobs
from tests.caches import KEPT
from tests.factories import ModeratorFactory, make_initiative

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _storage(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    yield tmp_path


def read(name: str) -> bytes:
    with dumps.open_file(dumps.dumps()[0], name) as file:
        return file.read()


def make_old(day: str, **changes) -> None:
    """A dump of another day, without its files."""
    manifest = {"day": day, "made_at": day, "rows": 0, "files": [], "removed": [], **changes}
    default_storage.save(f"dumps/{day}/manifest.json", ContentFile(json.dumps(manifest).encode()))


def test_dump_holds_what_is_public():
    shown, archived, removed = make_initiative(), make_initiative(), make_initiative()
    for initiative, move in ((archived, "archive"), (removed, "remove")):
        transition(initiative, move, by=ModeratorFactory(), public_reason="So.")
    assert dump_open_data() == "1 initiatives written, 0 dumps deleted"
    rows = list(csv.DictReader(io.StringIO(gzip.decompress(read("initiatives.csv.gz")).decode(), newline="")))
    assert tuple(rows[0]) == COLUMNS
    assert [row["reference"] for row in rows] == [shown.reference]
    lines = gzip.decompress(read("initiatives.jsonl.gz")).decode().splitlines()
    assert [json.loads(line)["reference"] for line in lines] == [shown.reference]


def test_dump_says_what_it_is():
    make_initiative()
    dump_open_data()
    assert b"CC-BY-4.0" in read("datapackage.json")
    assert "Creative Commons Attribution" in read("README.txt").decode()
    assert {"iso2", "latitude"} <= set(read("countries.csv").decode().splitlines()[0].split(","))
    assert read("dictionary.csv").startswith(b"column,type,form")
    package = json.loads(read("datapackage.json"))
    assert [resource["path"] for resource in package["resources"]] == ["initiatives.csv.gz", "countries.csv"]


def test_sums_are_those_of_the_files():
    make_initiative()
    dump_open_data()
    sums = dict(reversed(line.split("  ")) for line in read("SHA256SUMS").decode().splitlines())
    assert set(sums) == set(packing.NAMES)
    assert {name: hashlib.sha256(read(name)).hexdigest() for name in sums} == sums


def test_dump_is_made_once_a_day():
    make_initiative()
    assert dump_open_data().startswith("1 ")
    assert dump_open_data() == "0 initiatives written, 0 dumps deleted"


def test_dump_that_was_cut_off_is_not_offered_and_made_again(client, monkeypatch):
    make_initiative()
    save = default_storage.save

    def fail(name, content):
        if name.endswith("countries.csv"):
            raise OSError("the disk is full")
        return save(name, content)

    with monkeypatch.context() as broken, pytest.raises(OSError):
        broken.setattr(default_storage, "save", fail)
        dump_open_data()
    assert dumps.dumps() == []
    assert dump_open_data() == "1 initiatives written, 1 dumps deleted"
    assert len(default_storage.listdir(f"dumps/{dumps.dumps()[0].day}")[1]) == len(packing.NAMES) + 2


def test_old_dumps_are_deleted():
    for number in range(1, 10):
        make_old(f"2020-01-{number:02}")
    dump_open_data()
    kept = [dump.day for dump in dumps.dumps()]
    assert len(kept) == dumps.KEPT and kept[1:] == [f"2020-01-{number:02}" for number in range(9, 3, -1)]
    assert len(default_storage.listdir("dumps")[0]) == dumps.KEPT


def test_dumps_that_hold_what_was_removed_are_made_again_without_it(client):
    _kept, gone = make_initiative(), make_initiative()
    dump_open_data()
    make_old("2020-01-01")
    transition(gone, "remove", by=ModeratorFactory(), public_reason="Wrong.")
    assert dump_open_data() == "1 initiatives written, 2 dumps deleted"
    assert gone.reference not in gzip.decompress(read("initiatives.csv.gz")).decode()
    assert dump_open_data() == "0 initiatives written, 0 dumps deleted"


def test_what_is_removed_while_a_dump_is_written_is_left_out(monkeypatch):
    gone, _kept = make_initiative(), make_initiative()
    ids = packing.reading.ids_of(Initiative.objects.public().newest())
    transition(gone, "remove", by=ModeratorFactory(), public_reason="Wrong.")
    monkeypatch.setattr(packing.reading, "ids_of", lambda found: ids)
    assert dumps.make().rows == 1


@pytest.mark.parametrize("name", [*packing.NAMES, "SHA256SUMS"])
def test_file_of_a_dump_is_sent_whole(client, name):
    make_initiative()
    dump_open_data()
    dump = dumps.dumps()[0]
    response = client.get(reverse("initiatives:dump", args=[dump.day, name]), headers={"accept-encoding": "gzip"})
    content = b"".join(response)
    if response.get("Content-Encoding") == "gzip":
        content = gzip.decompress(content)
    assert hashlib.sha256(content).hexdigest() == dump.file(name)["sha256"]
    assert f"{dump.day}-{name}" in response["Content-Disposition"]
    again = client.get(response.request["PATH_INFO"], headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304


def test_latest_leads_to_the_newest(client):
    assert client.get(reverse("initiatives:dump", args=["latest", "initiatives.csv.gz"])).status_code == 404
    make_initiative()
    dump_open_data()
    response = client.get(reverse("initiatives:dump", args=["latest", "initiatives.csv.gz"]))
    assert response["Location"] == reverse("initiatives:dump", args=[dumps.dumps()[0].day, "initiatives.csv.gz"])
    assert client.get(reverse("initiatives:dump", args=["latest", "manifest.json"])).status_code == 404


def test_no_other_file_is_ever_sent(client, _storage):
    make_initiative()
    dump_open_data()
    (_storage / "secret.txt").write_text("secret")
    day = dumps.dumps()[0].day
    names = ["manifest.json", "secret.txt", "../secret.txt", "..%2F..%2Fsecret.txt", "%00", *payloads("path_traversal")]
    for name in names:
        for address in (f"/data/dumps/{day}/{name}", f"/data/dumps/{name}/README.txt"):
            assert client.get(address).status_code == 404, address


def get_dump(client, name: str = "initiatives.csv.gz", day: str = "", **headers):
    return client.get(
        reverse("initiatives:dump", args=[day or dumps.status.today().isoformat(), name]), headers=headers
    )


def test_dump_is_not_handed_out_once_something_in_it_is_removed(client):
    """From that moment, and not only when the worker comes by; the day's next one does not hold it."""
    _kept, gone = make_initiative(), make_initiative()
    dump_open_data()
    response = get_dump(client)
    assert (response.status_code, response["Cache-Control"]) == (200, KEPT)
    transition(gone, "remove", by=ModeratorFactory(), public_reason="Wrong.")
    assert get_dump(client).status_code == get_dump(client, day="latest").status_code == 404
    assert client.get(reverse("initiatives:data")).context["latest"] is None
    dump_open_data()
    assert gone.reference not in gzip.decompress(b"".join(get_dump(client))).decode()
    assert get_dump(client, if_none_match=response["ETag"]).status_code == 200


def test_dump_is_made_anew_within_minutes():
    assert jobs.known()["dump_open_data"].every <= datetime.timedelta(minutes=5)


def test_dump_may_be_fetched_by_pages_of_others(client):
    make_initiative()
    dump_open_data()
    for day in ("latest", ""):
        response = get_dump(client, day=day)
        assert response["Access-Control-Allow-Origin"] == "*" and response["Cache-Control"] == KEPT
    for address in (response.request["PATH_INFO"], reverse("initiatives:datapackage")):
        asked = client.options(address)
        assert (asked.status_code, asked["Allow"]) == (204, "GET, HEAD, OPTIONS")
        assert asked["Access-Control-Allow-Methods"] == asked["Allow"] and asked["Access-Control-Allow-Origin"] == "*"


def test_download_that_broke_off_goes_on(client):
    make_initiative()
    dump_open_data()
    whole = get_dump(client)
    content, etag = b"".join(whole), whole["ETag"]
    size = len(content)
    assert whole["Accept-Ranges"] == "bytes"
    for asked, part in {"bytes=10-": slice(10, None), "bytes=0-9": slice(0, 10), "bytes=-5": slice(-5, None)}.items():
        response = get_dump(client, range=asked, if_range=etag)
        assert (response.status_code, b"".join(response)) == (206, content[part])
        assert response["Content-Length"] == str(len(content[part])) and response["ETag"] == etag
        assert response["Content-Range"].startswith("bytes ") and response["Content-Range"].endswith(f"/{size}")
    assert (
        get_dump(client, range=f"bytes={size - 1}-{size + 9}")["Content-Range"] == f"bytes {size - 1}-{size - 1}/{size}"
    )
    text = get_dump(client, "README.txt", range="bytes=0-3", accept_encoding="gzip")
    assert "Content-Encoding" not in text and len(b"".join(text)) == 4


@pytest.mark.parametrize("asked", ["bytes=0-1,4-5", "bytes=5-2", "bytes=-", "lines=1-2", "bytes=\u0661-", "x" * 9000])
def test_range_that_is_not_understood_gives_the_whole(client, asked):
    make_initiative()
    dump_open_data()
    assert get_dump(client, range=asked).status_code == 200
    assert get_dump(client, range="bytes=0-1", if_range='"other"').status_code == 200


def test_range_beyond_the_end_is_refused_and_not_kept(client):
    dump_open_data()
    response = get_dump(client, range="bytes=999999999-")
    assert response.status_code == 416 and response["Content-Range"].startswith("bytes */")
    assert "public" not in response.get("Cache-Control", "")
