"""People who leave: afterwards no table says anything of them but the record of decisions."""

import json
import re

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from accounts import services
from accounts.leaving import LastAdministrator, leave
from accounts.models import Membership, User
from forum.models import Board, Member, Post
from forum.tests.things import board, post_reply, post_topic
from initiatives.models import Initiative, Submission
from initiatives.services import save_draft
from moderation.models import Duty
from moderation.services import transition
from outbox.services import write
from tests.factories import (
    ModeratorFactory,
    OrganisationFactory,
    UserFactory,
    confirm,
    content,
    make_draft,
    make_initiative,
    make_submission,
)

pytestmark = pytest.mark.django_db

NAME, ADDRESS, SECOND = "Zqnobody Okafor", "zqnobody@authority.example", "zqother@elsewhere.example"
THEIRS = re.compile("zq(nobody|other|role)", re.IGNORECASE)  # random secrets may have two letters in a row
PRIVATE = {"contributor_name": NAME, "contributor_role": "zqrole", "contributor_email": ADDRESS}
NO_PASSWORD = make_password(None)  # signs in by code, and is asked for nothing once more
# Who decided what stays as text: the record is for ever, and staff alone read it.
RECORD = {("moderation.decision", "decided_by_name"), ("accounts.organisationdecision", "decided_by_name")}


@pytest.fixture
def person():
    """Somebody of whom every table says something."""
    person = ModeratorFactory(name=NAME, email=ADDRESS, handle="zqnobody")
    EmailAddress.objects.create(user=person, email=SECOND, verified=True)
    Duty.objects.create(user=person)
    organisation = OrganisationFactory()
    confirm(person, organisation)
    colleague = confirm(UserFactory(), organisation).user
    ours = {"by": person, "organisation": organisation, **PRIVATE}
    make_draft(**ours)
    make_initiative(**ours)
    returned = make_submission(**ours)
    transition(returned, "request_changes", by=ModeratorFactory(), public_reason="More")
    returned.refresh_from_db()
    save_draft(returned, by=colleague, values=content(title="Another text", **PRIVATE))
    make_submission(contributor_email=SECOND)
    transition(make_submission(), "claim", by=person)
    services.set_verified(OrganisationFactory(), True, by=person)
    transition(make_submission(), "reject", by=person, public_reason="No")
    services.request_membership(person, OrganisationFactory())
    post_topic(by=person)
    post_reply(post_topic().topic, by=person, body="An answer for all.")
    write("Hello", f"Dear {NAME}", ADDRESS)
    LogEntry.objects.log_actions(person.pk, [person], 2, "Changed.", single_object=True)
    LogEntry.objects.log_actions(person.pk, Membership.objects.filter(user=person), 2, "Changed.")
    return person


def found_in_tables() -> set[tuple[str, str]]:
    """Every column of every table in which something of the person stands."""
    found = set()
    for model in apps.get_models():
        for row in model._base_manager.values():
            for column, value in row.items():
                if THEIRS.search(json.dumps(value, default=str, ensure_ascii=False)):
                    found.add((model._meta.label_lower, column))
    return found


def test_no_table_says_anything_of_who_has_left(person):
    assert len(found_in_tables()) > 8
    leave(person)
    assert found_in_tables() == RECORD


def test_sessions_end_and_so_do_others_in_which_the_address_was_typed(person, client):
    client.force_login(person)
    other = Client()
    other.post("/accounts/login/code/", {"email": SECOND.upper()})
    stranger = Client()
    stranger.force_login(UserFactory())
    before = Session.objects.count()
    leave(person)
    assert Session.objects.count() < before
    assert client.get("/my/").status_code == 302 and stranger.get("/my/").status_code == 200
    kept = [str(session.get_decoded()).lower() for session in Session.objects.all()]
    assert not [text for text in kept if "zq" in text]


def test_public_measures_stay_with_the_organisation(person):
    initiative = Initiative.objects.get(submissions__author=person)
    leave(person)
    assert initiative in Initiative.objects.public() and initiative.organisation_id


def test_own_drafts_go_and_what_was_sent_stays():
    person = UserFactory()
    make_draft(by=person)
    make_submission(by=person)
    leave(person)
    assert [row.status for row in Submission.objects.filter(author=person)] == ["submitted"]


def test_work_of_an_organisation_passes_to_a_colleague(person):
    colleague = Membership.objects.confirmed().exclude(user=person).get().user
    leave(person)
    assert sorted(Submission.objects.filter(author=colleague).values_list("status", flat=True)) == [
        *("approved", "changes_requested", "draft"),
    ]


def test_what_a_moderator_had_claimed_is_anybodys_again(person):
    leave(person)
    assert not Submission.objects.filter(claimed_by=person, status="in_review").exists()


def test_address_registers_anew_as_a_new_person(person, client, mailoutbox):
    leave(person)
    client.post("/accounts/login/code/", {"email": ADDRESS})
    assert "no account" in mailoutbox[-1].body.lower() or "not have" in mailoutbox[-1].body.lower()
    client.post("/accounts/signup/", {"email": ADDRESS, "name": "New Person"})
    assert User.objects.get(email=ADDRESS).pk != person.pk


def test_last_administrator_stays(client):
    last = ModeratorFactory(group="Administrator", password=NO_PASSWORD, second_factor=False)
    with pytest.raises(LastAdministrator):
        leave(last)
    client.force_login(last)
    assert "You are the only administrator" in client.post("/my/leave/", {"sure": "on"}).text
    last.refresh_from_db()
    assert last.is_active
    ModeratorFactory(group="Administrator")
    leave(last)
    assert not last.is_active


def test_nobody_makes_others_anonymous_but_administrators():
    person = UserFactory()
    for other in (UserFactory(), ModeratorFactory()):
        with pytest.raises(PermissionDenied):
            leave(person, by=other)
    leave(person, by=ModeratorFactory(group="Administrator"))
    assert person.left_at


@pytest.mark.parametrize("kind", ["is_system", "is_superuser"])
def test_administrator_makes_no_machine_and_no_superuser_anonymous(kind):
    with pytest.raises(PermissionDenied):
        leave(UserFactory(**{kind: True}), by=ModeratorFactory(group="Administrator"))


def test_account_is_closed_from_the_profile(client):
    person = UserFactory(password=NO_PASSWORD)
    client.force_login(person)
    assert "/my/leave/" in client.get("/my/profile/").text
    assert "Tick the box" in client.post("/my/leave/").text
    assert "Your account is closed" in client.post("/my/leave/", {"sure": "on"}, follow=True).text
    person.refresh_from_db()
    assert person.left_at and client.get("/my/").status_code == 302


def test_password_is_asked_for_once_more(client):
    person = UserFactory()
    person.set_password("correct horse")
    person.save()
    client.force_login(person)
    assert client.get("/my/leave/")["Location"].startswith(reverse("account_reauthenticate"))
    assert client.post("/my/leave/", {"sure": "on"}).status_code == 302
    person.refresh_from_db()
    assert not person.left_at


def test_administrator_closes_an_account_after_a_question(client, demonstration):
    client.force_login(ModeratorFactory(group="Administrator"))
    person = UserFactory(name="Barasa")
    url = reverse("admin:accounts_user_leave", args=[person.pk])
    assert url in client.get(reverse("admin:accounts_user_change", args=[person.pk])).text
    assert "It cannot be undone" in client.get(url).text
    client.post(url)
    person.refresh_from_db()
    assert person.left_at and client.get(url).status_code == 403


def test_moderator_closes_no_account(desk):
    person = UserFactory()
    assert desk.post(reverse("admin:accounts_user_leave", args=[person.pk])).status_code == 403


def test_public_posts_stay_under_another_name_and_the_rest_goes(client):
    person, others = UserFactory(name=NAME), post_topic().topic
    Member.objects.create(user=person, approved_count=10)
    group = Board.objects.create(slug="group", kind="group", name="Group", is_private=True)
    group.members.add(person)
    public = post_topic(by=person, on=board("ask-your-peers"))
    Member.objects.filter(user=person).update(approved_count=0)
    waiting = post_reply(others, by=person, body="Not read by anybody.")
    leave(person)
    assert "former member" in client.get(public.topic.get_absolute_url()).text
    assert Post.objects.get(pk=waiting.pk).body == ""
    assert not group.members.exists() and Member.objects.get(user=person).approved_count == 0
