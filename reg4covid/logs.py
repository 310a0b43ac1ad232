"""What the portal says of itself, one line each, to the terminal."""

import logging


def logging_at(level: str) -> dict:
    """Return Django's LOGGING for a portal that tells what is at least as grave as `level`, such as "INFO"."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
        "filters": {
            # The worker's farewell speaks of Ctrl+C, which is not how it was ended.
            "quiet_end": {
                "()": "django.utils.log.CallbackFilter",
                "callback": lambda record: "shutting down gracefully" not in record.msg,
            },
            # Django answers HEAD as GET and leaves it to the server to drop the body, which Gunicorn does with a
            # warning. A body with 204 or 304 would be a fault, and is still told.
            "quiet_head": {
                "()": "django.utils.log.CallbackFilter",
                "callback": lambda record: "no-body response" not in record.msg or "HEAD" not in (record.args or ()),
            },
            "visible": {
                "()": "django.utils.log.CallbackFilter",
                "callback": lambda record: _visible(record, getattr(logging, level)),
            },
        },
        # The level is the handler's, for the worker sets those of its loggers itself.
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": "line",
                "filters": ["visible"],
                "level": level,
            }
        },
        "loggers": {"django_tasks_db": {"filters": ["quiet_end"]}, "gunicorn.http.wsgi": {"filters": ["quiet_head"]}},
        "root": {"handlers": ["console"], "level": level},
    }


def _visible(record: logging.LogRecord, level: int) -> bool:
    """Make one line, a warning, of what was refused to a visitor (4xx): no fault of the portal, so no traceback."""
    ours = record.name == "django.request" or record.name.startswith("django.security.")
    if ours and 400 <= getattr(record, "status_code", 500) < 500:
        record.msg, record.args = " ".join(record.getMessage().split()), None
        record.exc_info = record.exc_text = None
        record.levelno, record.levelname = logging.WARNING, "WARNING"
    return record.levelno >= level
