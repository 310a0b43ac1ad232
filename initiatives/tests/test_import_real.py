"""Whole real files, and hostile strings, as they are."""

import csv
import gzip
import json
import tracemalloc
from collections import Counter

import pytest

from countries.services import load_countries
from initiatives.forms.content import ContentForm
from initiatives.importing import formats
from initiatives.importing.admission import Admission
from initiatives.importing.mapping import Defaults, entry_of
from initiatives.importing.report import reasons
from initiatives.importing.runner import Run
from initiatives.models import Submission
from initiatives.tests.importing import DATA, DEFAULTS, POLICY, TEMPLATE_ROW, read_report
from initiatives.vocabulary import Origin
from tests.factories import CollectionFactory


def real(name):
    path = DATA / name
    if not path.exists():
        pytest.skip(f"{path} is not here")
    return path


@pytest.mark.slow
@pytest.mark.django_db
def test_all_ict_policy_records_come_in_or_are_refused_with_a_reason(tmp_path):
    load_countries()
    CollectionFactory()
    admission = Admission(Origin.IMPORT, approve=False)
    run = Run(admission, Defaults("reg4covid", "", admission.country_names))
    summary = run.read(real("policies_ict.csv.gz"), tmp_path / "refused.csv")
    assert (summary.added, summary.known, summary.refused) == (854, 0, 24)
    assert Counter(line["column"] for line in read_report(tmp_path / "refused.csv")) == {
        "source_url": 10,  # "Facebook", "Twitter", and three addresses of over 1,300 characters
        "description": 14,  # 12 with lost characters, 2 under 40 characters
        "title": 7,  # lost characters
    }
    assert Submission.objects.filter(countries="NA").count() == 1
    assert not Submission.objects.filter(summary__regex="[\\x01-\\x08\\x0b-\\x1f]").exists()


@pytest.mark.slow
def test_every_record_of_the_large_file_is_mapped_or_refused_with_a_reason():
    with gzip.open(real("policies.csv.gz"), "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))[::5]
    names = {code: code for row in rows for code in row["country_iso2"].split(";")} | {"NA": "Namibia"}
    defaults = Defaults(
        "reg4covid", "public_information", {k: v for k, v in names.items() if k not in ("EU", "XK", "")}
    )
    good, refused = 0, Counter()
    for row in rows:
        try:
            entry_of(formats.POLICIES.as_schema_row(row), defaults, doubt_language=True)
            good += 1
        except Exception as error:  # whatever is raised must be a refusal with a reason
            refused.update(column for column, reason in reasons(error) if reason)
    assert good + sum(refused.values()) >= len(rows)
    assert good > 0.95 * len(rows)
    assert set(refused) <= {"title", "summary", "countries", "source1_url"}


@pytest.mark.slow
def test_mapping_takes_no_memory_that_grows_with_the_rows():
    def peak(count):
        tracemalloc.start()
        for number in range(count):
            entry_of(formats.POLICIES.as_schema_row(POLICY | {"source_id": str(number)}), DEFAULTS)
        size = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return size

    peak(50)
    assert peak(1_000) < 2 * peak(100)


@pytest.mark.slow
def test_hostile_strings_are_kept_as_clean_text_or_refused():
    path = real("hostile_strings.jsonl.gz")
    with gzip.open(path, "rt", encoding="utf-8") as file:
        payloads = [json.loads(line)["payload"] for line in file]
    for payload in payloads:
        row = TEMPLATE_ROW | {"title": payload, "summary": payload, "tags": payload, "source1_url": payload}
        problems = _problems_of(row | {"organisation": payload, "contact_point": payload, "partners": payload})
        assert all(column and reason for column, reason in problems)


def _problems_of(row):
    try:
        entry = entry_of(row, DEFAULTS)
    except Exception as error:  # anything but a refusal has no reasons, and fails
        return reasons(error)
    form = ContentForm(entry.data, countries_by_code={}, collections_by_slug={})
    form.is_valid()
    kept = [entry.data["organisation_name"], *(text for text in form.cleaned_data.values() if isinstance(text, str))]
    assert not [char for text in kept for char in text if char < " " and char != "\n"]
    return []
