"""System checks of the installation: what would work at first sight and fail later."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import checks
from django.db import connections


@checks.register(checks.Tags.database)
def text_of_any_language(app_configs, databases=None, **kwargs) -> list[checks.CheckMessage]:
    """Search needs UTF-8 characters: with LC_CTYPE=C trigrams of anything but ASCII are empty."""
    found = []
    for alias in databases or []:
        with connections[alias].cursor() as cursor:
            cursor.execute(
                "SELECT pg_encoding_to_char(encoding), datctype FROM pg_database WHERE datname = current_database()"
            )
            encoding, character_type = cursor.fetchone()
            cursor.execute("SELECT to_regproc('show_trgm') IS NOT NULL")
            trigrams = True
            if cursor.fetchone()[0]:
                cursor.execute("SELECT cardinality(show_trgm('мера')) > 0")
                trigrams = cursor.fetchone()[0]
        if encoding != "UTF8" or character_type in ("C", "POSIX") or not trigrams:
            found.append(_unfit(alias, encoding, character_type))
    return found


def _unfit(alias: str, encoding: str, character_type: str) -> checks.Error:
    return checks.Error(
        f"Database {alias!r} has encoding {encoding} and LC_CTYPE {character_type}: search would find ASCII text only.",
        hint="CREATE DATABASE … TEMPLATE template0 ENCODING 'UTF8' LC_CTYPE 'C.UTF-8' (or another UTF-8 locale).",
        id="reg4covid.E001",
    )


@checks.register(checks.Tags.security, deploy=True)
def mail_leaves(app_configs, **kwargs) -> list[checks.CheckMessage]:
    """Sign-in codes and decisions travel by mail."""
    if settings.EMAIL_BACKEND == "django.core.mail.backends.smtp.EmailBackend":
        return []
    return [checks.Warning("No mail leaves this installation.", hint="Set EMAIL_URL.", id="reg4covid.W002")]


@checks.register(checks.Tags.database)
def no_data_of_a_demonstration(app_configs, databases=None, **kwargs) -> list[checks.CheckMessage]:
    """What a demonstration filled stays one: its passwords were shown, its mail confirmed any address."""
    from portal.demo.accounts import present  # models are needed first

    if (
        settings.DEMO
        or not databases
        or get_user_model()._meta.db_table not in connections["default"].introspection.table_names()
    ):
        return []
    hint = "`make demo-reset` empties it; or choose another VAR_DIR or DATABASE_URL."
    return [checks.Error("A demonstration filled this database.", hint=hint, id="reg4covid.E004")] if present() else []


@checks.register(checks.Tags.security, deploy=True)
def no_demonstration(app_configs, **kwargs) -> list[checks.CheckMessage]:
    """The demonstration's accounts are made up and its mail is readable by all."""
    if not settings.DEMO:
        return []
    return [checks.Error("This is a demonstration.", hint="Unset PORTAL_DEMO.", id="reg4covid.E003")]
