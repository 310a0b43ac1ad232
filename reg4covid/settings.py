"""Settings. Every value that an installation may choose comes from the environment (see README, "Configure").

A value that cannot be right stops the start with one line that says so: reg4covid.environment.
"""

from datetime import timedelta
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

from reg4covid import environment
from reg4covid.api.settings import REST_FRAMEWORK, SPECTACULAR_SETTINGS  # noqa: F401
from reg4covid.logs import logging_at

BASE_DIR = Path(__file__).resolve().parent.parent
env = environment.read(BASE_DIR)

DEBUG = False
DEMO = env.demo
SECRET_KEY = env.secret_key
SECRET_KEY_FALLBACKS = env.secret_key_fallbacks
ALLOWED_HOSTS = env.allowed_hosts
SITE_URL = env.site_url
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SITE_NAME = env.site_name
VAR_DIR = env.var_dir

INSTALLED_APPS = [
    "portal",
    "countrymap",
    "forum",
    "initiatives",
    "moderation",
    "accounts",
    "countries",
    "outbox",
    "common",
    "reg4covid.apps.RoofConfig",
    "reg4covid.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_tasks",
    "django_tasks_db",
    "reg4covid.apps.TagsConfig",
    "leaflet",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "common.middleware.PolicyMiddleware",
    "common.middleware.VaryOnCookieMiddleware",
    "common.middleware.DatabaseAwayMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "common.middleware.PrivatePagesMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "reg4covid.urls"
WSGI_APPLICATION = "reg4covid.wsgi.application"
FORM_RENDERER = "common.forms.PortalFormRenderer"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "common.context_processors.site",
            ],
        },
    }
]

# A database that does not answer, or whose connection was dropped on the way without a word, ends in an error before
# gunicorn ends the process. DATABASE_URL may say otherwise: `?connect_timeout=60`.
DATABASE_PATIENCE = {"connect_timeout": 5, "tcp_user_timeout": 20_000}  # seconds; milliseconds
DATABASE_PATIENCE |= {"keepalives": 1, "keepalives_idle": 15, "keepalives_interval": 5, "keepalives_count": 3}
# Database: always PostgreSQL. Without DATABASE_URL the engine starts the embedded server at the first connection.
if env.database_url:
    DATABASES = {"default": dj_database_url.parse(env.database_url, conn_max_age=600, conn_health_checks=True)}
    DATABASES["default"]["OPTIONS"] = DATABASE_PATIENCE | DATABASES["default"].get("OPTIONS", {})
else:
    DATABASES = {
        "default": {
            "ENGINE": "reg4covid.embedded",
            "NAME": "reg4covid",
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
        }
    }

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "portal_cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},  # limits of sign-in are among them: washed out, they would be none
    },
    "frame": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "frame"},  # of each process
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# The API
API_REQUESTS_PER_MINUTE = 120  # of one address

# Moderation
DECISION_HOLD = env.decision_hold  # until then a decision can be undone, and nobody outside knows of it
DECISION_LATEST = timedelta(days=90)  # how far ahead an approval can be scheduled
CLAIM_TIMEOUT = timedelta(hours=24)  # then what a moderator claimed is anybody's again
REVIEW_AFTER = timedelta(days=182)  # then somebody is asked whether a public measure still holds

# Sources
CHECK_LINKS = env.check_links  # whether the worker asks other sites for the addresses that sources give

# People
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:my"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]  # the password is optional: a code by mail signs in as well
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.SignupNameForm"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
# Saving and sending: far more than anybody types, far less than would fill the disk.
ACCOUNT_RATE_LIMITS = {
    "contribute": "30/m/user,500/d/user",
    "autosave": "20/m/user,3000/d/user",
    "similar": "60/m/user,5000/d/user",
    "post": "10/m/user,200/d/user",
    "picture": "10/m/user,100/d/user",
    "follow": "30/m/user,1000/d/user",  # and how the forum mails somebody
    "suggest": "60/m/user,5000/d/user",
    "preview": "30/m/user,2000/d/user",
    "review": "20/m/ip,200/d/ip",  # answers by the links of letters: nobody has signed in
    "mail": "20/m/key",  # by the address in a letter: one-click requests of many people come from one machine
    "export": "30/m/ip",  # files of what was filtered: seconds of work each
}
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ALLAUTH_TRUSTED_PROXY_COUNT = env.proxy_count
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]

# Language and time. English only until the translations and their path prefixes come: then LocaleMiddleware joins.
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("ar", "العربية"),
    ("zh-hans", "中文"),
    ("en", "English"),
    ("fr", "Français"),
    ("ru", "Русский"),
    ("es", "Español"),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True

# Static files and uploads
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = VAR_DIR / "media"  # never served by address: views check who may read
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # half the files to compress
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

LEAFLET_CONFIG = {"TILES": [], "PLUGINS": {}, "RESET_VIEW": False}
TAGGIT_CASE_INSENSITIVE = True

# Mail
DEFAULT_FROM_EMAIL = env.from_email
SERVER_EMAIL = env.from_email
EMAIL_SUBJECT_PREFIX = ""
EMAIL_TIMEOUT = 10
EMAIL_BACKEND = env.email_backend
for _key, _value in env.smtp.items():
    globals()[f"EMAIL_{_key}"] = _value
DEMO_MAIL_DIR = VAR_DIR / "mail"

# Headers
SECURE_SSL_REDIRECT = env.https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.proxy_count else None
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000 if env.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.https
SECURE_HSTS_PRELOAD = env.https
SESSION_COOKIE_SECURE = env.https
CSRF_COOKIE_SECURE = env.https
CSRF_FAILURE_VIEW = "portal.views.refused.csrf_failure"
SESSION_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
PERMISSIONS_POLICY = {
    name: []
    for name in (
        "camera",
        "geolocation",
        "microphone",
        "payment",
        "usb",
        "display-capture",
        "accelerometer",
        "gyroscope",
    )
}

LOGGING = logging_at(env.log_level)

SILENCED_SYSTEM_CHECKS: list[str] = []
