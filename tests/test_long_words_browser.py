"""A word or an address longer than the screen of a telephone breaks: no page scrolls sideways for it."""

import pytest

from tests.factories import OrganisationFactory, UserFactory, confirm, make_draft, make_initiative

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsverordnung"
ADDRESS = "https://regulator.example/" + "a" * 120


def test_long_titles_do_not_make_a_page_scroll_sideways(new_page, live_server, client):
    person, organisation = UserFactory(name=LONG), OrganisationFactory(name=LONG)
    confirm(person, organisation)
    for title in (LONG, ADDRESS):
        initiative = make_initiative(by=person, organisation=organisation, title=title)
    draft = make_draft(by=person, organisation=organisation, title=ADDRESS)
    page = new_page(viewport={"width": 360, "height": 740})
    client.force_login(person)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([cookie])
    ours = ["/my/", f"/my/organisations/{organisation.pk}/", f"/my/submissions/{draft.key}/edit/"]
    public = ["/", "/initiatives/", "/initiatives/?q=Donau", "/countries/KE/", f"/organisations/{organisation.pk}/x/"]
    for path in (*ours, *public, initiative.get_absolute_url()):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
