"""The command: what it prints, its exit codes, trying without keeping, interrupting, the report."""

import csv
import datetime
import gzip
import io
import os
import signal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from countries.services import load_countries
from initiatives.importing import runner
from initiatives.importing.admission import Admission
from initiatives.importing.report import Report
from initiatives.models import Collection, Initiative, Submission
from initiatives.schema import COLUMNS
from initiatives.tests.importing import POLICY, TEMPLATE_ROW, read_report, write_csv
from tests.factories import CollectionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def reference_data():
    load_countries()
    CollectionFactory()


@pytest.fixture
def file(tmp_path):
    """Three rows, the second of them bad."""
    rows = [POLICY | {"source_id": f"R_{number}"} for number in range(3)]
    rows[1]["country_iso2"] = "EU"
    return write_csv(tmp_path / "policies.csv", rows)


def run(*args, **options):
    out = io.StringIO()
    call_command("import_submissions", *args, stdout=out, **options)
    return out.getvalue()


def failure(*args, **options) -> CommandError:
    with pytest.raises(CommandError) as caught:
        run(*args, **options)
    return caught.value


def test_all_good_rows_end_with_success(tmp_path):
    assert "1 rows: 1 added, 0 there already, 0 refused" in run(str(write_csv(tmp_path / "a.csv", [TEMPLATE_ROW])))


def test_refused_rows_end_with_code_1_and_a_report_next_to_the_file(file):
    error = failure(str(file))
    assert (error.returncode, Submission.objects.count()) == (1, 2)
    report = file.with_name("policies.csv.refused.csv")
    assert str(report) in str(error)
    reason = "No code of a country or territory (ISO 3166-1): EU."
    assert read_report(report) == [{"row": "3", "column": "country_iso2", "value": "EU", "reason": reason}]


def test_the_report_goes_where_it_is_asked_for(file, tmp_path):
    failure(str(file), report=tmp_path / "elsewhere.csv")
    assert len(read_report(tmp_path / "elsewhere.csv")) == 1


def test_a_dry_run_reports_the_same_and_keeps_nothing(file):
    error = failure(str(file), dry_run=True, approve=True)
    assert error.returncode == 1
    assert len(read_report(file.with_name("policies.csv.refused.csv"))) == 1
    assert not Submission.objects.exists()
    assert not Initiative.objects.exists()


def test_a_dry_run_draws_no_reference(tmp_path, file):
    failure(str(file), dry_run=True, approve=True)
    failure(str(file), approve=True)
    first, second = Initiative.objects.order_by("pk")
    assert second.pk == first.pk + 1


def test_packed_files_come_in_too(tmp_path, file):
    packed = tmp_path / "packed.csv.gz"
    packed.write_bytes(gzip.compress(file.read_bytes()))
    assert failure(str(packed)).returncode == 1
    assert Submission.objects.count() == 2
    assert (tmp_path / "packed.csv.gz.refused.csv").exists()


def test_spreadsheets_come_in_too(tmp_path):
    book = Workbook()
    row = TEMPLATE_ROW | {"starts_on": datetime.datetime(2020, 3, 23), "title": "@home: radio lessons", "sdgs": 4.0}
    book.active.append(list(row))
    book.active.append(list(row.values()))
    book.save(tmp_path / "a.xlsx")
    run(str(tmp_path / "a.xlsx"))
    submission = Submission.objects.get()
    assert (str(submission.starts), submission.title, submission.sdgs) == ("2020-03-23", "@home: radio lessons", [4])


def test_rows_go_to_the_collection_that_is_asked_for(tmp_path):
    CollectionFactory(slug="cyb4covid", name="CYB4COVID")
    run(str(write_csv(tmp_path / "a.csv", [TEMPLATE_ROW])), collection="cyb4covid")
    assert Submission.objects.get().collection.slug == "cyb4covid"


def test_without_a_collection_the_only_open_one_is_meant(tmp_path):
    Collection.objects.create(slug="old", name="Old", opens_on="2019-01-01", closes_on="2019-12-31")
    run(str(write_csv(tmp_path / "a.csv", [TEMPLATE_ROW])))
    assert Submission.objects.get().collection.slug == "reg4covid"


def test_where_several_are_open_rows_without_a_collection_are_refused(tmp_path):
    CollectionFactory(slug="cyb4covid", name="CYB4COVID")
    path = write_csv(tmp_path / "a.csv", [TEMPLATE_ROW])
    failure(str(path))
    assert read_report(tmp_path / "a.csv.refused.csv")[0]["column"] == "collection"


def test_theme_is_for_rows_that_name_none(tmp_path):
    path = write_csv(tmp_path / "a.csv", [POLICY | {"ict_topics": ""}])
    run(str(path), theme="public_information")
    assert Submission.objects.get().theme == "public_information"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, "Give a FILE"),
        ({"file": "missing.csv"}, "there is no file"),
        ({"file": "."}, ". is a folder: name the file"),
        ({"file": "folder.csv"}, "folder.csv is a folder: name the file"),
        ({"file": f"{'long' * 100}.csv"}, "File name too long"),
        ({"file": "good.csv", "collection": "covid-99"}, "There is no collection covid-99; there are: reg4covid"),
        ({"file": "columns.csv"}, "unknown columns: colour; missing columns"),
        ({"file": "good.csv", "report": "no/such/folder.csv"}, "choose its place with --report"),
        ({"file": "good.csv", "report": "folder.csv"}, "folder.csv: Is a directory"),
        ({"file": "good.csv", "report": "good.csv"}, "would overwrite the file itself"),
        ({"template": "a.pdf"}, "must end with .csv or .xlsx"),
    ],
)
def test_wrong_usage_ends_with_code_2_and_one_line(tmp_path, monkeypatch, options, message):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder.csv").mkdir()
    write_csv(tmp_path / "good.csv", [TEMPLATE_ROW])
    write_csv(tmp_path / "columns.csv", [{"title": "x", "colour": "red"}])
    error = failure(*([options.pop("file")] if "file" in options else []), **options)
    assert error.returncode == 2
    assert message in str(error)
    assert "\n" not in str(error)


@pytest.mark.parametrize("name", ["a.csv", "a.csv.gz", "a.xlsx"])
def test_a_file_that_may_not_be_read_is_one_line(tmp_path, monkeypatch, name):
    path = tmp_path / name
    path.touch()

    def refuse(*args, **kwargs):  # root may read everything, whatever the file's mode
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    error = failure(str(path))
    assert (error.returncode, str(error)) == (2, f"{path} cannot be opened: Permission denied")


def test_reports_of_files_that_differ_in_their_ending_stand_side_by_side(tmp_path):
    rows = [POLICY | {"country_iso2": "EU"}]
    book = Workbook()
    book.active.append(list(rows[0]))
    book.active.append(list(rows[0].values()))
    book.save(tmp_path / "nasty.xlsx")
    for path in (write_csv(tmp_path / "nasty.csv", rows), tmp_path / "nasty.xlsx"):
        failure(str(path))
    assert {path.name for path in tmp_path.glob("*.refused.csv")} == {
        "nasty.csv.refused.csv",
        "nasty.xlsx.refused.csv",
    }


def test_a_disk_that_fills_up_ends_the_report_in_one_line_and_keeps_what_came_in(file, tmp_path, monkeypatch):
    write, seen = Report._write, []

    def fill(report, mode):
        seen.append(mode)
        report.path = report.path if mode == "w" else Path("/dev/full")
        write(report, mode)

    monkeypatch.setattr(Report, "_write", fill)
    error = failure(str(file))
    assert (error.returncode, seen, Submission.objects.count()) == (2, ["w", "a"], 2)
    assert "the report cannot be written (/dev/full: No space left on device)" in str(error)
    assert "2 rows before it were kept" in str(error)


def test_a_report_of_several_batches_has_one_heading(tmp_path, monkeypatch):
    monkeypatch.setattr(runner, "BATCH", 2)
    rows = [POLICY | {"source_id": f"R_{number}", "country_iso2": "EU"} for number in range(5)]
    failure(str(write_csv(tmp_path / "a.csv", rows)))
    report = tmp_path / "a.csv.refused.csv"
    assert [line["row"] for line in read_report(report)] == ["2", "3", "4", "5", "6"]
    assert report.read_bytes().count("\ufeff".encode()) == 1


def test_damage_in_the_middle_keeps_what_came_before(tmp_path):
    path = write_csv(tmp_path / "a.csv", [TEMPLATE_ROW])
    path.write_bytes(path.read_bytes() + b"\n" * 20_000 + b"\xff\xfe broken\n")
    error = failure(str(path))
    assert (error.returncode, Submission.objects.count()) == (2, 1)
    assert "not in UTF-8" in str(error)
    assert "1 rows before it were kept" in str(error)


def test_the_empty_template_goes_to_the_screen_or_a_file(tmp_path):
    assert next(csv.reader([run(template="-")])) == list(COLUMNS)
    run(template=str(tmp_path / "new.csv"))
    assert (tmp_path / "new.csv").exists()


def test_an_interruption_keeps_what_is_done_and_can_be_repeated(file, monkeypatch):
    admit = Admission.admit

    def admit_and_press_control_c(self, entry):
        os.kill(os.getpid(), signal.SIGINT)
        return admit(self, entry)

    monkeypatch.setattr(Admission, "admit", admit_and_press_control_c)
    error = failure(str(file))
    assert (error.returncode, Submission.objects.count()) == (130, 1)
    assert "Interrupted after row 2" in str(error)
    monkeypatch.undo()
    failure(str(file))
    assert Submission.objects.count() == 2


def test_no_bar_is_drawn_where_nobody_looks(tmp_path, capfd):
    run(str(write_csv(tmp_path / "a.csv", [TEMPLATE_ROW])))
    assert capfd.readouterr().err == ""
