"""Settings of what bench/kill.py kills: the real ones, without what only stands in its way."""

from reg4covid.settings import *  # noqa: F403
from reg4covid.settings import STORAGES

DEMO = True  # the admin asks for no second factor
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
ACCOUNT_RATE_LIMITS = {"contribute": "10000/m/user"}
