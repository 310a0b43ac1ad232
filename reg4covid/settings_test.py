"""Settings of the tests: the same portal, without what only costs time, and nothing that leaves the process."""

import os
import tempfile
from datetime import timedelta
from pathlib import Path

# Whatever the shell of the person who runs the tests says, apart from which database to use.
for _name in (
    "PORTAL_DEMO",
    "EMAIL_URL",
    "BIND",
    "PORT",
    "SITE_NAME",
    "TRUSTED_PROXIES",
    "DECISION_HOLD_SECONDS",
    "CHECK_LINKS",
):
    os.environ.pop(_name, None)
os.environ["SECRET_KEY"] = "only-for-tests-" + "0123456789abcdef" * 4
os.environ["ALLOWED_HOSTS"] = "testserver,localhost,127.0.0.1"
os.environ["SITE_URL"] = "http://testserver"

from reg4covid.settings import *  # noqa: E402, F403
from reg4covid.settings import CACHES, DATABASES, INSTALLED_APPS, STORAGES, VAR_DIR  # noqa: E402

VAR_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)

# A name of its own for each run, so that two runs in one folder do not meet; conftest.py clears away what a killed
# run left. Workers of one run share the variable and add their own suffix.
if DATABASES["default"]["ENGINE"] == "reg4covid.embedded":
    _run = os.environ.setdefault("TEST_RUN", str(os.getpid()))
    DATABASES["default"]["TEST"] = {"NAME": f"test_reg4covid_{_run}"}
# Commits need not reach the disk: a test database does not outlive its run. Between tests it is emptied.
DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c synchronous_commit=off -c portal.may_truncate=yes"

# live_server serves files where it finds this very name.
_static = {"reg4covid.apps.StaticConfig": "django.contrib.staticfiles"}
INSTALLED_APPS = [_static.get(name, name) for name in INSTALLED_APPS]
STORAGES = {
    **STORAGES,
    # live_server knows no hashed names.
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
_locmem = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": CACHES["default"]["OPTIONS"]}
CACHES = {**CACHES, "default": _locmem}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
# Tests type faster than people; one test sets its own.
ACCOUNT_RATE_LIMITS = {"contribute": "10000/m/user", "autosave": "10000/m/user", "review": "10000/m/ip"}
API_REQUESTS_PER_MINUTE = 1_000_000  # the tests of the limit set their own
DECISION_HOLD = timedelta(0)  # decisions act at once; tests of the hold set their own
CHECK_LINKS = False  # no test asks anybody outside
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = Path(tempfile.gettempdir()) / f"portal-test-media-{os.getpid()}"  # conftest.py gives each run a clean one
DEMO_MAIL_DIR = MEDIA_ROOT / "mail"
WHITENOISE_AUTOREFRESH = True  # no scan of STATIC_ROOT, which tests do not fill
