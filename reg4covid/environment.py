"""What an installation chooses, read from the environment and checked, before Django is there.

Settings, gunicorn's configuration and `make run` all read it here, so a wrong value gives the same one line everywhere
(standard error, exit code 2) and never a traceback.

Three kinds of installation:
* demonstration: PORTAL_DEMO=1, given by `make run` itself; embedded database, this machine only, no mail leaves it;
* embedded: no DATABASE_URL; the server of the wheel, but real accounts and real mail;
* production: DATABASE_URL, and then SECRET_KEY, ALLOWED_HOSTS and SITE_URL have to be given too.
"""

import ipaddress
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import NoReturn
from urllib.parse import unquote, urlsplit

from reg4covid.secret import kept_secret

KNOWN = {"PORTAL_DEMO"}  # every variable that starts with PORTAL_; others under this prefix are typing errors
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
MAIL_SCHEMES = {"smtp": (25, False, False), "smtp+tls": (587, True, False), "smtps": (465, False, True)}
SHORTEST_SECRET = 50  # characters; Django's own deployment check asks for as many


class Wrong(Exception):
    """A value that cannot be right; the text is the line that people read."""


@dataclass(frozen=True)
class Environment:
    """What settings.py, gunicorn.conf.py and run.py use."""

    demo: bool
    secret_key: str
    secret_key_fallbacks: list[str]
    allowed_hosts: list[str]
    site_url: str
    site_name: str
    var_dir: Path
    database_url: str
    email_backend: str
    smtp: dict[str, str | int | bool]
    from_email: str
    https: bool
    proxy_count: int
    log_level: str
    bind: str
    port: int
    workers: int
    decision_hold: timedelta
    check_links: bool


def stop(sentence: str, code: int = 2) -> NoReturn:
    """End the process with one line on standard error."""
    print(f"reg4covid: {sentence}", file=sys.stderr)
    raise SystemExit(code)


def read(base_dir: Path, environ: Mapping[str, str] | None = None) -> Environment:
    """The checked environment; a wrong value ends the process with one line and exit code 2."""
    try:
        return parse(base_dir, os.environ if environ is None else environ)
    except Wrong as error:
        stop(str(error))
    except OSError as error:
        stop(f"{error.filename}: {error.strerror}. VAR_DIR has to be a folder that this user may write to.")


def parse(base_dir: Path, environ: Mapping[str, str]) -> Environment:
    """Like `read`, but raises Wrong."""
    given = {name: value.strip() for name, value in environ.items() if value.strip()}
    for name in sorted(name for name in given if name.startswith("PORTAL_") and name not in KNOWN):
        raise Wrong(f"{name} is no setting of the portal (known under this prefix: {', '.join(sorted(KNOWN))}).")
    demo = _switch(given, "PORTAL_DEMO")
    if demo and (reason := no_demonstration(given)):
        raise Wrong(f"PORTAL_DEMO=1 is refused with {reason}: made-up accounts must not be within reach of others.")
    bind, port = _bind(given), _number(given, "PORT", 8000, 1, 65535)
    site_url = _site_url(given, bind, port)
    https = site_url.startswith("https:")
    hosts = _allowed_hosts(given, bind)
    backend, smtp = _mail(given, demo)
    var_dir = (base_dir / Path(given.get("VAR_DIR", "var")).expanduser()).resolve()
    return Environment(
        demo=demo,
        secret_key=_secret_key(given, var_dir),
        secret_key_fallbacks=_earlier_keys(given),
        allowed_hosts=hosts,
        site_url=site_url,
        site_name=given.get("SITE_NAME", "REG4COVID"),
        var_dir=var_dir,
        database_url=_database_url(given),
        email_backend=backend,
        smtp=smtp,
        from_email=_from_email(given, site_url),
        https=https,
        # An https address means that a proxy in front speaks TLS; without counting it every visitor looks alike.
        proxy_count=_number(given, "TRUSTED_PROXIES", 1 if https else 0, 0, 10),
        log_level=_one_of(given, "LOG_LEVEL", "INFO", LOG_LEVELS),
        bind=bind,
        port=port,
        workers=_number(given, "WEB_WORKERS", 2, 1, 64),
        decision_hold=timedelta(seconds=_number(given, "DECISION_HOLD_SECONDS", 300, 0, 3600)),
        check_links=_switch(given, "CHECK_LINKS", "0" if demo else "1"),
    )


def no_demonstration(environ: Mapping[str, str]) -> str:
    """Why there can be no demonstration here; empty where there can."""
    bind = environ.get("BIND", "").strip()
    if bind and not is_loopback(bind):
        return f"BIND={bind} (not this machine only)"
    return next((name for name in ("DATABASE_URL", "EMAIL_URL") if environ.get(name, "").strip()), "")


def is_loopback(bind: str) -> bool:
    """Whether only this machine reaches the address."""
    if bind == "localhost":
        return True
    try:
        return ipaddress.ip_address(bind).is_loopback
    except ValueError:
        return False


def url_host(bind: str) -> str:
    """The address as it stands in a URL."""
    return f"[{bind}]" if ":" in bind else bind


def _switch(given: Mapping[str, str], name: str, default: str = "0") -> bool:
    return _one_of(given, name, default, ("0", "1")) == "1"


def _one_of(given: Mapping[str, str], name: str, default: str, choices: tuple[str, ...]) -> str:
    value = given.get(name, default).upper()
    if value not in choices:
        raise Wrong(f"{name}={given[name]} is not one of {', '.join(choices)}.")
    return value


def _number(given: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    value = given.get(name, str(default))
    if not (value.isascii() and value.isdigit() and least <= int(value[:9]) <= most):
        raise Wrong(f"{name}={value} is not a whole number from {least} to {most}.")
    return int(value)


def _bind(given: Mapping[str, str]) -> str:
    bind = given.get("BIND", "127.0.0.1")
    try:
        return bind if bind == "localhost" else str(ipaddress.ip_address(bind))
    except ValueError:
        raise Wrong(f"BIND={bind} is not an IP address, such as 127.0.0.1 or 0.0.0.0.") from None


def _site_url(given: Mapping[str, str], bind: str, port: int) -> str:
    url = given.get("SITE_URL", "").rstrip("/")
    if not url:
        _need(given, "SITE_URL", "https://portal.example.org", bind)
        return f"http://{url_host(bind)}:{port}"
    parts = _split("SITE_URL", url)
    bare = f"{parts.scheme}://{parts.netloc}"
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in bare or url != bare:
        raise Wrong(f"SITE_URL={url} is not scheme and host alone, such as https://portal.example.org.")
    return url


def _allowed_hosts(given: Mapping[str, str], bind: str) -> list[str]:
    hosts = [host.strip() for host in given.get("ALLOWED_HOSTS", "").split(",") if host.strip()]
    if not hosts:
        _need(given, "ALLOWED_HOSTS", "portal.example.org", bind)
        return ["127.0.0.1", "localhost", "[::1]"]
    if "*" in hosts or any("/" in host or " " in host for host in hosts):
        raise Wrong("ALLOWED_HOSTS has to be host names joined by commas, such as portal.example.org; * is refused.")
    return hosts


def _need(given: Mapping[str, str], name: str, example: str, bind: str) -> None:
    """What a machine of one's own can guess has to be said where others can reach the portal."""
    why = "DATABASE_URL" if "DATABASE_URL" in given else "" if is_loopback(bind) else f"BIND={bind}"
    if why:
        missing = [n for n in ("SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL") if n not in given]
        if why != "DATABASE_URL":
            missing = [n for n in missing if n != "SECRET_KEY"]
        raise Wrong(f"With {why} these have to be set too: {', '.join(missing)} (for example {name}={example}).")


def _secret_key(given: Mapping[str, str], var_dir: Path) -> str:
    key = given.get("SECRET_KEY", "")
    if not key and "DATABASE_URL" in given:
        raise Wrong("With DATABASE_URL these have to be set too: SECRET_KEY (50 random characters or more).")
    return _long_enough("SECRET_KEY", key) if key else kept_secret(var_dir / "secret_key")


def _earlier_keys(given: Mapping[str, str]) -> list[str]:
    """Those that what was signed before the key was changed is still compared with."""
    keys = given.get("SECRET_KEY_FALLBACKS", "").split()
    return [_long_enough("Each of SECRET_KEY_FALLBACKS", key) for key in keys]


def _long_enough(name: str, key: str) -> str:
    if len(key) < SHORTEST_SECRET or len(set(key)) < 5:
        raise Wrong(f"{name} has to be at least {SHORTEST_SECRET} random characters.")
    return key


def _database_url(given: Mapping[str, str]) -> str:
    url = given.get("DATABASE_URL", "")
    if url:
        parts = _split("DATABASE_URL", url)
        if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
            raise Wrong("DATABASE_URL has to be postgres://USER:PASSWORD@HOST:PORT/NAME; no other database will do.")
    return url


def _mail(given: Mapping[str, str], demo: bool) -> tuple[str, dict[str, str | int | bool]]:
    """Backend and SMTP settings. Without EMAIL_URL sending fails loudly: mail must not vanish unseen."""
    url = given.get("EMAIL_URL", "")
    if not url:
        return ("portal.demo.mail.EmailBackend" if demo else "reg4covid.mail.NoMailServer"), {}
    if url == "console://":
        return "django.core.mail.backends.console.EmailBackend", {}
    parts = _split("EMAIL_URL", url)
    if parts.scheme not in MAIL_SCHEMES or not parts.hostname or parts.path.strip("/") or parts.query:
        raise Wrong("EMAIL_URL has to be smtp://, smtp+tls:// or smtps:// with USER:PASSWORD@HOST:PORT, or console://.")
    port, tls, ssl = MAIL_SCHEMES[parts.scheme]
    return "django.core.mail.backends.smtp.EmailBackend", {
        "HOST": parts.hostname,
        "PORT": parts.port or port,
        "HOST_USER": unquote(parts.username or ""),
        "HOST_PASSWORD": unquote(parts.password or ""),
        "USE_TLS": tls,
        "USE_SSL": ssl,
    }


def _from_email(given: Mapping[str, str], site_url: str) -> str:
    address = given.get("DEFAULT_FROM_EMAIL", f"no-reply@{urlsplit(site_url).hostname}")
    if "@" not in address or "\n" in address or "\r" in address:
        raise Wrong(f"DEFAULT_FROM_EMAIL={address!r} is not an e-mail address.")
    return address


def _split(name: str, url: str):
    """The parts of a URL; the password of a wrong one is not repeated."""
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 (a port that is no number raises here)
    except ValueError as error:
        raise Wrong(f"{name} is not a URL: {error}.") from None
    return parts
