"""The demonstration, and that it exists nowhere else."""

import pytest
from django.core.mail import EmailMessage, get_connection
from django.core.management import CommandError, call_command

from accounts.models import User
from forum.models import Post, Topic
from initiatives.models import Submission
from portal.demo import accounts, forum
from portal.demo.mail import letters
from tests.factories import CollectionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings, tmp_path):
    settings.DEMO, settings.VAR_DIR, settings.DEMO_MAIL_DIR = True, tmp_path, tmp_path / "mail"
    CollectionFactory()


def test_demo_mail_is_not_found_elsewhere(client):
    assert client.get("/demo/mail/").status_code == 404


def test_demo_accounts_are_refused_elsewhere():
    with pytest.raises(CommandError):
        call_command("make_demo_accounts")
    assert not User.objects.exists() and not Topic.objects.exists()


def test_discussions_are_posted_once_by_people_who_say_that_they_are_made_up(demo):
    made = forum.ensure()
    assert made == Topic.objects.public().count() > 0 and forum.ensure() == 0
    assert {post.author.name[-10:] for post in Post.objects.select_related("author")} == {" (example)"}


def test_demo_accounts_sign_in_and_stay_the_same(demo, client):
    first, second = accounts.ensure(), accounts.ensure()
    assert first == second and len(first) == 4
    for _, email, password in first:
        assert client.login(email=email, password=password)
    assert Submission.objects.get().status == "submitted"


def test_demo_mail_can_be_read(demo, client, capsys):
    backend = get_connection("portal.demo.mail.EmailBackend")
    EmailMessage("Your <b>code</b>", "ABC-123", to=["a@example.org"], connection=backend).send()
    assert [letter["subject"] for letter in letters()] == ["Your <b>code</b>"]
    text = client.get("/demo/mail/").text
    assert "ABC-123" in text and "<b>code" not in text
    assert "ABC-123" in capsys.readouterr().out
