"""System checks of the installation."""

import pytest

from reg4covid import checks


@pytest.mark.django_db
def test_embedded_database_passes():
    assert checks.text_of_any_language(None, databases=["default"]) == []


def test_no_database_asked_no_connection_made():
    assert checks.text_of_any_language(None, databases=None) == []


def test_unfit_database_is_an_error():
    assert checks._unfit("default", "SQL_ASCII", "C").is_serious()


def test_mail_that_goes_nowhere_is_a_warning(settings):
    settings.EMAIL_BACKEND = "reg4covid.mail.NoMailServer"
    assert [message.id for message in checks.mail_leaves(None)] == ["reg4covid.W002"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert checks.mail_leaves(None) == []


def test_demonstration_is_no_deployment(settings):
    settings.DEMO = True
    assert [message.id for message in checks.no_demonstration(None)] == ["reg4covid.E003"]
