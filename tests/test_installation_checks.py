"""System checks of the installation."""

import pytest
from django.core.management import CommandError

from portal.demo import accounts
from reg4covid import checks
from reg4covid.preparation import refuse_data_of_a_demonstration
from tests.factories import CollectionFactory


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


@pytest.mark.django_db
def test_data_of_a_demonstration_are_refused_elsewhere(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    CollectionFactory()
    assert not checks.no_data_of_a_demonstration(None, databases=["default"])
    settings.DEMO = True
    accounts.ensure()
    settings.DEMO = False
    assert [found.id for found in checks.no_data_of_a_demonstration(None, databases=["default"])] == ["reg4covid.E004"]
    with pytest.raises(CommandError, match="filled by a demonstration"):
        refuse_data_of_a_demonstration()
    settings.DEMO = True
    assert not checks.no_data_of_a_demonstration(None, databases=["default"])
