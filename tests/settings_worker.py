"""Settings of a worker that a test starts: the test's database, a real queue, a mail server of the test's own."""

import os

from reg4covid.settings_test import *  # noqa: F403
from reg4covid.settings_test import DATABASES

DATABASES["default"]["NAME"] = os.environ["WORKER_DATABASE"]
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST, EMAIL_PORT = "127.0.0.1", int(os.environ["WORKER_MAIL_PORT"])
EMAIL_TIMEOUT = 30
