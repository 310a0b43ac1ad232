"""Who may open what: every named address of ours × everybody who comes, in one table.

Codes are of the answer; `login` is a redirect to the sign-in page. A new address without a line here fails.
"""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import transaction
from django.urls import get_resolver, reverse

from outbox.clock import wind
from tests.access_api import TABLE as API
from tests.people import People
from tests.subjects import address_of

pytestmark = pytest.mark.django_db

OURS = ("portal", "people", "initiatives", "countrymap", "forum", "api")
# Django's admin has its own test of every page; its door is here.
TABLE = """
GET                                              visitor author colleague stranger moderator administrator
portal:home                                      200     200    200       200      200       200
portal:about                                     200     200    200       200      200       200
portal:accessibility                             200     200    200       200      200       200
portal:privacy                                   200     200    200       200      200       200
portal:search                                    302     302    302       302      302       302
portal:my                                        login   200    200       200      200       200
portal:profile                                   login   200    200       200      200       200
portal:organisation organisation                 login   200    200       404      404       404
people:organisations                             login   200    200       200      200       200
people:ask organisation                          login   200    200       200      200       200
people:answer membership                         login   405    405       405      405       405
people:end membership                            login   200    404       404      404       404
people:leave                                     login   302    302       302      302       302
portal:demo-mail                                 404     404    404       404      404       404
portal:favicon                                   302     302    302       302      302       302
portal:livez                                     200     200    200       200      200       200
portal:healthz                                   200     200    200       200      200       200
portal:robots                                    200     200    200       200      200       200
portal:sitemap                                   200     200    200       200      200       200
portal:sitemap-section section=initiatives       200     200    200       200      200       200
portal:sitemap-section section=submissions       404     404    404       404      404       404
countrymap:map                                   200     200    200       200      200       200
countrymap:data                                  200     200    200       200      200       200
countrymap:embed                                 200     200    200       200      200       200
countrymap:panel KE                              302     302    302       302      302       302
countrymap:panel XX                              404     404    404       404      404       404
countrymap:svg                                   200     200    200       200      200       200
countrymap:png                                   200     200    200       200      200       200
countrymap:countries                             200     200    200       200      200       200
countrymap:country KE                            200     200    200       200      200       200
countrymap:country XX                            404     404    404       404      404       404
countrymap:regions                               301     301    301       301      301       301
countrymap:region AFR                            200     200    200       200      200       200
countrymap:region XXX                            404     404    404       404      404       404
countrymap:compare                               200     200    200       200      200       200
countrymap:statistics                            200     200    200       200      200       200
countrymap:statistics-csv themes                 200     200    200       200      200       200
countrymap:statistics-csv passwords              404     404    404       404      404       404
initiatives:list                                 200     200    200       200      200       200
initiatives:export csv                           200     200    200       200      200       200
initiatives:export xlsx                          200     200    200       200      200       200
initiatives:export json                          200     200    200       200      200       200
initiatives:export geojson                       200     200    200       200      200       200
initiatives:data                                 200     200    200       200      200       200
initiatives:datapackage                          200     200    200       200      200       200
initiatives:dump not-a-day                       404     404    404       404      404       404
initiatives:themes                               200     200    200       200      200       200
initiatives:theme spectrum                       200     200    200       200      200       200
initiatives:theme nonsense                       404     404    404       404      404       404
initiatives:pillars                              200     200    200       200      200       200
initiatives:pillar safe-use                      200     200    200       200      200       200
initiatives:collections                          200     200    200       200      200       200
initiatives:collection reg4covid                 200     200    200       200      200       200
initiatives:organisations                        200     200    200       200      200       200
initiatives:organisation_bare organisation       301     301    301       301      301       301
initiatives:organisation accepted                200     200    200       200      200       200
initiatives:organisation proposed                404     404    404       404      404       404
initiatives:tags                                 200     200    200       200      200       200
initiatives:tag zqshown-tag                      200     200    200       200      200       200
initiatives:tag zqhidden-tag                     404     404    404       404      404       404
initiatives:tag zqremoved-tag                    404     404    404       404      404       404
initiatives:feed                                 200     200    200       200      200       200
initiatives:cite published                       200     200    200       200      200       200
initiatives:cite archived                        200     200    200       200      200       200
initiatives:cite removed                         410     410    410       410      410       410
initiatives:detail_bare published                301     301    301       301      301       301
initiatives:detail published                     200     200    200       200      200       200
initiatives:detail archived                      200     200    200       200      200       200
initiatives:detail removed                       410     410    410       410      410       410
initiatives:attachment published                 200     200    200       200      200       200
initiatives:attachment archived                  200     200    200       200      200       200
initiatives:attachment removed                   410     410    410       410      410       410
initiatives:history_bare published               301     301    301       301      301       301
initiatives:history published                    200     200    200       200      200       200
initiatives:history archived                     200     200    200       200      200       200
initiatives:history removed                      410     410    410       410      410       410
initiatives:create                               login   200    200       200      200       200
initiatives:similar                              login   200    200       200      200       200
initiatives:correct published                    login   200    200       200      200       200
initiatives:correct removed                      410     410    410       410      410       410
initiatives:ending published                     login   200    200       200      200       200
initiatives:ending removed                       410     410    410       410      410       410
initiatives:confirm published                    login   200    403       403      403       403
initiatives:confirm removed                      410     410    410       410      410       410
initiatives:review not-a-token                   404     404    404       404      404       404
initiatives:submission draft                     login   200    200       404      404       404
initiatives:submission submitted                 login   200    200       404      200       200
initiatives:submission changes_requested         login   200    200       404      200       200
initiatives:submission approved                  login   200    200       404      200       200
initiatives:submission spam                      login   200    200       404      200       200
initiatives:edit draft                           login   200    200       404      404       404
initiatives:edit changes_requested               login   200    200       404      403       403
initiatives:edit submitted                       login   302    302       404      403       403
initiatives:preview draft                        login   200    200       404      404       404
initiatives:preview submitted                    login   302    302       404      403       403
initiatives:texts draft                          login   200    200       404      404       404
initiatives:texts submitted                      login   200    200       404      403       403
initiatives:retract submitted                    login   200    200       404      403       403
initiatives:delete draft                         login   200    403       404      404       404
initiatives:again rejected                       login   405    405       405      405       405
initiatives:submission_attachment draft          login   200    200       404      404       404
initiatives:submission_attachment submitted      login   200    200       404      200       200
initiatives:submission_attachment rejected       login   200    200       404      200       200
forum:index                                      200     200    200       200      200       200
forum:board ask-your-peers                       200     200    200       200      200       200
forum:board group                                404     200    404       404      200       200
forum:board nowhere                              404     404    404       404      404       404
forum:people ask-your-peers                      login   200    200       200      200       200
forum:people group                               login   200    404       404      200       200
forum:about published                            login   200    200       200      200       200
forum:about removed                              404     404    404       404      404       404
forum:search                                     200     200    200       200      200       200
forum:feed                                       200     200    200       200      200       200
forum:board_feed ask-your-peers                  200     200    200       200      200       200
forum:board_feed group                           404     404    404       404      404       404
forum:topic_feed public                          200     200    200       200      200       200
forum:topic_feed waiting                         404     404    404       404      404       404
forum:topic_feed topic hidden                    404     404    404       404      404       404
forum:topic_feed private                         404     404    404       404      404       404
forum:create ask-your-peers                      login   200    200       200      200       200
forum:create announcements                       login   403    403       403      200       200
forum:create group                               login   200    404       404      200       200
forum:topic_bare public                          301     301    301       301      301       301
forum:topic public                               200     200    200       200      200       200
forum:topic waiting                              404     200    404       404      200       200
forum:topic rejected                             404     200    404       404      200       200
forum:topic hidden                               404     200    404       404      200       200
forum:topic topic hidden                         404     404    404       404      200       200
forum:topic private                              404     200    404       404      200       200
forum:post public                                302     302    302       302      302       302
forum:post waiting                               404     302    404       404      302       302
forum:post private                               404     302    404       404      302       302
forum:picture public                             200     200    200       200      200       200
forum:picture waiting                            404     200    404       404      200       200
forum:picture private                            404     200    404       404      200       200
forum:picture topic hidden                       404     200    404       404      200       200
forum:history public                             404     404    404       404      404       404
forum:remove_text public                         login   404    404       404      200       200
forum:remove_text private                        login   404    404       404      200       200
forum:member achieng                             200     200    200       200      200       200
forum:member charlie                             404     404    404       200      404       404
forum:member nobody                              404     404    404       404      404       404
forum:reply public                               login   302    302       302      302       302
forum:settings                                   login   200    200       200      200       200
forum:mail not-a-token                           404     404    404       404      404       404
forum:mail_topic not-a-token                     404     404    404       404      404       404
forum:follow public                              login   302    302       302      302       302
forum:follow private                             login   302    404       404      302       302
forum:follow_board group                         login   302    404       404      302       302
forum:unread public                              302     302    302       302      302       302
forum:unread private                             404     302    404       404      302       302
forum:read ask-your-peers                        login   302    302       302      302       302
forum:read group                                 login   302    404       404      302       302
forum:solution public                            login   302    302       302      302       302
forum:edit public                                login   200    403       403      403       403
forum:edit waiting                               login   200    404       404      403       403
forum:delete public                              login   200    403       403      403       403
forum:delete waiting                             login   200    404       404      403       403
forum:flag public                                login   403    200       200      200       200
forum:flag waiting                               login   403    404       404      403       403
forum:post_order public                          login   404    404       404      200       200
forum:post_order waiting                         login   404    404       404      200       200
forum:topic_order public                         login   404    404       404      200       200
forum:member_order achieng                       login   404    404       404      200       200
forum:member_order charlie                       login   404    404       404      200       200
forum:member_order nobody                        login   404    404       404      404       404
forum:topic_order topic hidden                   login   404    404       404      200       200
admin:index                                      302     302    302       302      200       200
admin:login                                      login   403    403       403      302       302

POST                                             visitor author colleague stranger moderator administrator
portal:profile                                   login   200    200       200      200       200
people:organisations                             login   405    405       405      405       405
people:ask organisation                          login   302    302       302      302       302
people:answer membership                         login   400    400       403      403       403
people:end membership                            login   302    404       404      404       404
people:leave                                     login   302    302       302      302       302
initiatives:create                               login   302    302       302      302       302
initiatives:correct published                    login   302    302       302      302       302
initiatives:ending published                     login   200    200       200      200       200
initiatives:confirm published                    login   302    403       403      403       403
initiatives:review not-a-token                   404     404    404       404      404       404
initiatives:edit draft                           login   302    302       404      404       404
initiatives:edit submitted                       login   302    302       404      403       403
initiatives:preview draft                        login   302    302       404      404       404
initiatives:retract submitted                    login   302    302       404      403       403
initiatives:retract in_review                    login   302    302       404      403       403
initiatives:delete draft                         login   302    403       404      404       404
initiatives:again rejected                       login   302    302       404      403       403
forum:create ask-your-peers                      login   200    200       200      200       200
forum:create group                               login   200    404       404      200       200
forum:reply public                               login   200    200       200      200       200
forum:reply waiting                              login   403    404       404      403       403
forum:settings                                   login   200    200       200      200       200
forum:mail not-a-token                           404     404    404       404      404       404
forum:mail_topic not-a-token                     404     404    404       404      404       404
forum:follow public                              login   302    302       302      302       302
forum:follow private                             login   302    404       404      302       302
forum:follow_board group                         login   302    404       404      302       302
forum:read ask-your-peers                        login   302    302       302      302       302
forum:read group                                 login   302    404       404      302       302
forum:solution public                            login   302    403       403      302       302
forum:edit public                                login   200    403       403      403       403
forum:delete public                              login   302    403       403      403       403
forum:flag public                                login   403    200       200      200       200
forum:post_order public                          login   404    404       404      403       403
forum:topic_order public                         login   404    404       404      403       403
forum:remove_text public                         login   404    404       404      200       200
forum:member_order achieng                       login   404    404       404      403       403
forum:index                                      405     405    405       405      405       405
forum:board ask-your-peers                       405     405    405       405      405       405
forum:topic public                               405     405    405       405      405       405
forum:member achieng                             405     405    405       405      405       405
portal:home                                      405     405    405       405      405       405
initiatives:list                                 405     405    405       405      405       405
initiatives:export csv                           405     405    405       405      405       405
initiatives:detail published                     405     405    405       405      405       405
initiatives:attachment published                 405     405    405       405      405       405
initiatives:theme spectrum                       405     405    405       405      405       405
initiatives:feed                                 405     405    405       405      405       405
initiatives:cite published                       405     405    405       405      405       405
countrymap:map                                   405     405    405       405      405       405
countrymap:data                                  405     405    405       405      405       405
countrymap:embed                                 405     405    405       405      405       405
countrymap:panel KE                              405     405    405       405      405       405
countrymap:svg                                   405     405    405       405      405       405
countrymap:png                                   405     405    405       405      405       405
countrymap:country KE                            405     405    405       405      405       405
countrymap:region AFR                            405     405    405       405      405       405
countrymap:compare                               405     405    405       405      405       405
countrymap:statistics                            405     405    405       405      405       405
countrymap:statistics-csv themes                 405     405    405       405      405       405
"""


@pytest.fixture(scope="module", autouse=True)
def _clock(kept_in_module) -> None:
    """/healthz wants a clock that goes."""
    wind()


def rows() -> Iterator[tuple[str, str, str, list[str]]]:
    """Method, name, subject and the expected codes of every line."""
    method = ""
    for line in filter(None, (TABLE + API).splitlines()):
        words = line.split()
        cells = words[-len(People.NAMES) :]
        if words[0].isupper():
            method = words[0]
            assert tuple(cells) == People.NAMES
        else:
            yield method, words[0], " ".join(words[1 : -len(cells)]), cells


def answer(client, method: str, address: str) -> str:
    """The code, or `login`. What the request wrote is taken back."""
    with transaction.atomic():
        response = client.generic(method, address)
        transaction.set_rollback(True)
    goes_to = response.headers.get("Location", "")
    return "login" if re.match(re.escape(reverse("account_login")), goes_to) else str(response.status_code)


@pytest.mark.parametrize(
    ("method", "name", "subject", "expected"), [pytest.param(*row, id=" ".join(row[:3])) for row in rows()]
)
def test_address_answers_each_person(method, name, subject, expected, people, things, settings):
    settings.DEMO = name.startswith("admin:")  # without a second factor; see test_journey for the other way
    address = address_of(name, subject, things)
    answers = [answer(people.client(person), method, address) for person in People.NAMES]
    assert answers == expected


def names() -> Iterator[str]:
    """Every named address of our own rooms."""
    for resolver in get_resolver().url_patterns:
        app = getattr(resolver, "app_name", None)
        if app in OURS:
            yield from (f"{app}:{pattern.name}" for pattern in resolver.url_patterns)


def test_every_address_has_a_line():
    assert set(names()) - {name for _method, name, _subject, _cells in rows()} == set()


def test_every_line_has_an_address():
    assert {name for _method, name, _subject, _cells in rows()} - set(names()) == {"admin:index", "admin:login"}


def test_everything_of_ours_has_a_namespace():
    """A nameless address would escape the table."""
    known = {"account", "allauth", "mfa", "admin", *OURS}
    for resolver in get_resolver().url_patterns:
        module = getattr(getattr(resolver, "urlconf_module", None), "__name__", "")
        assert getattr(resolver, "app_name", None) in known or module.startswith("allauth"), resolver


@pytest.mark.parametrize("name", ["create", "edit", "retract", "delete"])
def test_forms_want_the_token(name, people, things):
    """Every POST of the contributor's side is refused without the token against forged requests."""
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(people.author)
    subject = {"create": "", "retract": "submitted"}.get(name, "draft")
    assert client.post(address_of(f"initiatives:{name}", subject, things)).status_code == 403


def test_sign_in_leads_back(people, things):
    address = address_of("initiatives:submission", "draft", things)
    response = people.client("visitor").get(address)
    assert response.headers["Location"] == f"{reverse(settings.LOGIN_URL)}?next={address}"


def test_former_member_sees_nothing_any_more(people, things):
    """Confirmed membership is asked for each time, not remembered."""
    from accounts.models import Membership

    Membership.objects.filter(user=people.colleague).delete()
    address = address_of("initiatives:submission", "draft", things)
    assert people.client("colleague").get(address).status_code == 404


def test_colleague_whose_membership_is_only_asked_for_sees_nothing(people, things):
    from accounts.services import request_membership

    assert not request_membership(people.stranger, people.organisation).is_confirmed
    address = address_of("initiatives:submission", "submitted", things)
    assert people.client("stranger").get(address).status_code == 404
