"""Two texts of a measure side by side: columns, codes, dates, lists, sources and files, in words."""

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from initiatives import schema, services
from initiatives.comparison import Names, as_text, compare
from tests.factories import UserFactory, country, make_initiative

pytestmark = pytest.mark.django_db


def text(**columns) -> dict:
    return {"schema": 1, **dict.fromkeys(schema.COLUMNS, ""), "language": "en", "title": "Title", **columns}


def source(number: int, url: str, title: str = "", body: str = "", kind: str = "other") -> dict:
    return {
        f"source{number}_{name}": said
        for name, said in {"url": url, "title": title, "body": body, "kind": kind}.items()
    }


def file(sha256: str, title: str = "", name: str = "figures.csv") -> dict:
    return {"name": name, "title": title, "kind": "csv", "size": 8, "sha256": sha256}


def told(old: dict, new: dict) -> dict[str, tuple[str, str]]:
    """What changed, by label."""
    return {field.label: (field.old.text, field.new.text) for field in compare(old, new).changed}


def parts(field, kind: str) -> list[str]:
    return [segment.text for side in (field.old, field.new) for segment in side.segments if segment.kind == kind]


def test_draft_differs_from_the_public_text_by_what_was_changed():
    initiative = make_initiative(title="Spectrum for everyone", tag_names=["a", "b"])
    draft = services.start_correction(initiative, by=UserFactory())
    assert not compare(schema.version_content(initiative), schema.draft_content(draft)).differs
    services.save_draft(draft, by=draft.author, values={"title": "Spectrum for all", "tag_names": ["b"]})
    draft.refresh_from_db()
    comparison = compare(schema.version_content(initiative), schema.draft_content(draft))
    assert comparison.labels_of_changes() == ["title", "tags"]
    title = comparison.changed[0]
    assert (parts(title, "removed"), parts(title, "added")) == (["everyone"], ["all"])


def test_what_is_not_content_does_not_count():
    numbers = {"reference": "INI-1", "version": 2, "mark": "confirmed", "published_on": "2020-01-01", "source_id": "9"}
    assert told(text(), text(**numbers, schema=7, private={"contributor_name": "Private Name"})) == {}


def test_codes_and_dates_are_in_words():
    old = text(scope="national", theme="spectrum", starts_on="2020", ends_on="2020-06-30", end="date", sdgs=[9])
    new = text(
        scope="global",
        theme="",
        starts_on="2020-03",
        end="open_ended",
        sdgs=[9, 10],
        declared_status="revoked",
        declared_on="2021-02-01",
    )
    assert told(old, new) == {
        "scope": ("National", "Global"),
        "theme": ("Spectrum", ""),
        "SDGs": ("9 Industry, innovation and infrastructure", told(old, new)["SDGs"][1]),
        "starts on": ("2020", "March 2020"),
        "ends on": ("30 June 2020", "Open-ended"),
        "ended or revoked": ("", "Revoked, 1 February 2021"),
    }


def test_countries_are_named_in_the_readers_language():
    country("KE")
    country("CI")
    with translation.override("fr"):
        field = compare(text(countries=["KE"]), text(countries=["CI", "KE"])).changed[0]
    assert field.new.text == "Côte d'Ivoire, Kenya"
    assert parts(field, "added") == ["Côte d'Ivoire"]


def test_items_that_only_changed_places_are_told():
    assert told(text(partners=["A", "B"]), text(partners=["B", "A"])) == {"partners": ("A, B", "B, A")}


def test_source_is_known_by_its_address_however_it_is_spelt():
    old = text(**source(1, "http://www.regulator.example/decision/", "Decision"), **source(2, "https://gone.example/x"))
    new = text(**source(1, "https://new.example/y"), **source(2, "https://regulator.example/decision", "Decision 2"))
    added, changed, removed = compare(old, new).changed
    assert (added.label, added.is_added) == ("source 1", True)
    assert "Decision" in changed.old.text and "Decision 2" in changed.new.text and not changed.is_added
    assert removed.is_removed and "gone.example" in removed.old.text
    assert compare(old, new).labels_of_changes() == ["sources"]


def test_title_body_and_kind_of_a_source_count():
    old = text(**source(1, "https://a.example/x", "Decision", "Regulator", "media"))
    new = text(**source(1, "https://a.example/x", "Decision", "Ministry", "official_gazette"))
    assert told(old, new)["source 1"][1] == "Decision\nhttps://a.example/x\nMinistry · Official gazette"


def test_file_is_known_by_what_is_in_it():
    old, new = text(attachments=[file("1"), file("2")]), text(attachments=[file("2", "Figures"), file("3")])
    titled, added, removed = compare(old, new).changed
    assert (titled.old.text.splitlines()[0], titled.new.text.splitlines()[0]) == ("figures.csv", "Figures")
    assert (added.is_added, removed.is_removed) == (True, True)


@pytest.mark.parametrize(
    "old", [{}, {"schema": 0, "title": "Title", "unheard_of": 1}, {"sdgs": None, "attachments": None}]
)
def test_columns_that_one_side_lacks_say_nothing(old):
    comparison = compare(old, text(summary="More", countries=["KE"], starts_on="whenever"))
    assert {"summary", "countries or territories", "starts on"} <= set(comparison.labels_of_changes())
    assert not compare(old, old).differs


def test_code_of_another_schema_is_shown_as_it_is():
    assert told(text(theme="no_such_theme", sdgs=[99]), text(theme="spectrum")) == {
        "theme": ("no_such_theme", "Spectrum"),
        "SDGs": ("99", ""),
    }


def test_each_side_has_the_language_and_direction_of_its_text():
    field = compare(text(title="Spectrum"), text(title="الطيف", language="ar")).changed[0]
    assert [(side.lang, side.dir) for side in (field.old, field.new)] == [("en", "ltr"), ("ar", "rtl")]
    other = compare(text(title="Masafa"), text(title="Wigo", language="other")).changed[0]
    assert (other.new.lang, other.new.dir) == ("", "auto")


def test_two_queries_at_most(django_assert_num_queries):
    old, new = text(collection="reg4covid", countries=["KE"]), text(countries=["UG"], organisation_country="FR")
    with django_assert_num_queries(2):
        names = Names(old, new)
    with django_assert_num_queries(0):
        compare(old, new, names=names)


# As HTML and as text


def html(old: dict, new: dict) -> str:
    context = {"comparison": compare(old, new), "old_heading": "Version 1", "new_heading": "Version 2"}
    return render_to_string("initiatives/_comparison.html", context)


def test_html_names_the_side_before_each_text():
    page = html(text(summary="six months"), text(summary="nine months", language="ar"))
    assert page.index("Version 1<span") < page.index("<del>") < page.index("Version 2<span") < page.index("<ins>")
    assert '<div class="comparison-text" lang="ar" dir="rtl">' in page


def test_html_folds_what_stays():
    page = html(text(theme="spectrum"), text(theme="spectrum", title="Other"))
    assert "2 fields are the same in both" in page and "Spectrum" in page.split("<details")[1]


def test_html_says_where_nothing_differs():
    assert "Nothing differs." in html(text(), text())


def test_html_of_others_is_text():
    page = html(text(title="<b>", organisation="<i>"), text(title="<script>", organisation="<i>", tags=["<u>"]))
    assert not any(tag in page for tag in ("<b>", "<script>", "<i>", "<u>"))


def test_plain_text_tells_short_texts_whole_and_long_ones_where_they_differ():
    long = "The regulator assigned extra spectrum to all mobile operators. " * 8
    old = text(title="For six months", description=f"{long}It ends in June. {long}")
    new = text(title="For nine months", description=f"{long}It ends in May. {long}", results="Fewer drops.")
    told = as_text(compare(old, new))
    assert "Title\n  before: For six months\n  now: For nine months" in told
    assert "It ends in [removed: June] [added: May]. The regulator" in told and len(told) < 500
    assert "Results\n  before: (nothing)\n  now: Fewer drops." in told
