"""Citations as BibTeX and RIS: of one version, and whatever stands in a title."""

import datetime
import re

import pytest

from common.tests.hostile import payloads
from initiatives import services
from initiatives.citations import Citation, tex
from initiatives.models import Initiative
from moderation.services import transition
from tests.factories import ModeratorFactory, OrganisationFactory, UserFactory, content, make_initiative

pytestmark = pytest.mark.django_db


def citation(**changes) -> Citation:
    values = {
        "reference": "INI-2026-000123",
        "version": 2,
        "author": "Communications Authority",
        "title": "Extra spectrum",
        "summary": "The regulator assigned extra spectrum.",
        "date": datetime.date(2026, 11, 22),
        "language": "en",
        "url": "https://portal.example/initiatives/INI-2026-000123/?version=2",
        "keywords": ("Spectrum",),
    }
    return Citation(**{**values, **changes})


def fields_of(entry: str) -> dict[str, str]:
    """The fields of a BibTeX entry, read as BibTeX reads: values end where braces balance, whatever is escaped."""
    head, _comma, rest = entry.partition(",\n")
    assert re.fullmatch(r"@misc\{[A-Z0-9v-]+", head)
    found, place = {}, 0
    while match := re.compile(r"  ([a-z]+) = \{").match(rest, place):
        depth, end = 1, match.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(rest[end], 0)
            end += 1
        found[match[1]] = rest[match.end() : end - 1]
        assert rest[end : end + 2] == ",\n"
        place = end + 2
    assert rest[place:] == "}\n"
    return found


def show(client, initiative, kind: str, **query: str):
    return client.get(f"/initiatives/{initiative.reference}/cite.{kind}", query)


def test_bibtex_says_what_is_cited():
    fields = fields_of(citation().bibtex())
    assert fields["author"] == "{Communications Authority}" and fields["title"] == "{Extra spectrum}"
    assert (fields["year"], fields["month"], fields["date"]) == ("2026", "11", "2026-11-22")
    assert fields["url"] == "https://portal.example/initiatives/INI-2026-000123/?version=2"
    assert fields["note"] == "INI-2026-000123, version 2. Licence: CC BY 4.0."
    assert fields["langid"] == "english" and fields["version"] == "2"


def test_bibtex_escapes_what_tex_would_obey():
    assert tex(r"100 % of {all} \input{x} & $5 #1 a_b ~ ^") == (
        r"100 \% of \textbraceleft{}all\textbraceright{} \textbackslash{}input\textbraceleft{}x\textbraceright{} "
        r"\& \$5 \#1 a\_b \textasciitilde{} \textasciicircum{}"
    )


@pytest.mark.parametrize("text", ["}", "{", "a } b {", "},\n  note = {x", "\\}", "طيف مؤقت", "频谱", "@misc{x,"])
def test_bibtex_keeps_its_braces_balanced(text):
    fields = fields_of(citation(title=text, author=text, summary=text).bibtex())
    assert fields["title"] == f"{{{tex(text)}}}" and "url" in fields


def test_citations_bear_every_hostile_string():
    for text in payloads():
        one = citation(title=text, author=text, summary=text, keywords=(text,))
        assert "url" in fields_of(one.bibtex())
        lines = one.ris().split("\r\n")
        assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines[:-1]) and lines[-1] == ""
        assert not set("\n\r\x00\x0b\x0c\x85\u2028\u2029") & set("".join(lines)), text


def test_ris_is_one_record_with_a_line_for_each_field():
    text = citation(title="Extra\r\nER  - \nTY  - BOOK\u2028x").ris()
    assert text.startswith("TY  - ELEC\r\nID  - INI-2026-000123-v2\r\nAU  - Communications Authority\r\n")
    assert "TI  - Extra ER - TY - BOOK x\r\n" in text
    assert text.count("\r\nER  - ") == 1 and text.endswith("\r\nER  - \r\n")
    assert "DA  - 2026/11/22\r\n" in text and "ET  - 2\r\n" in text


def test_files_are_sent_with_their_names(client):
    initiative = make_initiative(organisation=OrganisationFactory(name="Authority of %s & {co}"))
    bib, ris = show(client, initiative, "bib"), show(client, initiative, "ris")
    assert bib["Content-Type"] == "application/x-bibtex; charset=utf-8"
    assert bib["Content-Disposition"] == f'attachment; filename="{initiative.reference}-v1.bib"'
    assert r"Authority of \%s \& \textbraceleft{}co\textbraceright{}" in bib.text
    assert ris["Content-Type"] == "application/x-research-info-systems; charset=utf-8"
    assert "AU  - Authority of %s & {co}\r\n" in ris.text


def test_what_was_compiled_has_no_author(client):
    initiative = make_initiative()
    Initiative.objects.update(origin="launch")
    entry = show(client, initiative, "bib").text
    assert "author" not in fields_of(entry) and "Compiled from public sources." in entry
    assert "AU  - " not in show(client, initiative, "ris").text


def test_older_version_is_cited_as_it_was(client):
    author = UserFactory()
    initiative = make_initiative(by=author, title="The first title of it")
    correction = services.start_correction(initiative, by=author)
    services.save_draft(correction, by=author, values=content(title="The second title of it"))
    transition(correction, "submit", by=author)
    transition(correction, "approve", by=ModeratorFactory())
    assert "The second title of it" in show(client, initiative, "bib").text
    old = show(client, initiative, "bib", version="1").text
    assert "The first title of it" in old and "?version=1}" in old and f"{initiative.reference}-v1," in old


@pytest.mark.parametrize("version", ["0", "3", "x", "", "-1", "999999999"])
def test_version_that_never_was_is_not_found(client, version):
    assert show(client, make_initiative(), "ris", version=version).status_code == 404


def test_removed_leaves_its_notice_and_no_citation(client):
    initiative = make_initiative(title="Not for anybody any more")
    transition(initiative, "remove", by=ModeratorFactory(), public_reason="By mistake.")
    for kind in ("bib", "ris"):
        response = show(client, initiative, kind)
        assert response.status_code == 410 and "Not for anybody" not in response.text


def test_reference_in_small_letters_redirects(client):
    initiative = make_initiative()
    response = client.get(f"/initiatives/{initiative.reference.lower()}/cite.bib?version=1")
    assert response["Location"] == f"/initiatives/{initiative.reference}/cite.bib?version=1"


def test_other_formats_are_not_found(client):
    assert show(client, make_initiative(), "exe").status_code == 404


def test_page_offers_the_files_of_the_version_it_shows(client):
    initiative = make_initiative()
    page = client.get(initiative.get_absolute_url()).text
    for kind in ("bib", "ris"):
        assert f'href="/initiatives/{initiative.reference}/cite.{kind}?version=1"' in page


@pytest.mark.parametrize("kind", ["bib", "ris"])
def test_queries_of_a_citation(client, django_assert_num_queries, kind):
    initiative = make_initiative(tag_names=["a", "b"], countries=["KE", "UG"], scope="multi_country")
    with django_assert_num_queries(3):  # state of the log, itself, its version
        show(client, initiative, kind)
