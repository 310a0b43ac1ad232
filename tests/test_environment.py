"""What an installation may choose, and the one line it gets for what it may not."""

import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from gunicorn.http.message import MAX_REQUEST_LINE

from reg4covid.environment import Wrong, parse, read

BASE = Path(__file__).resolve().parent.parent
KEY = "k3y-" + "abcdefghij" * 5
PRODUCTION = {
    "DATABASE_URL": "postgres://portal:pw@db.example.org:5432/portal",
    "SECRET_KEY": KEY,
    "ALLOWED_HOSTS": "portal.example.org, www.example.org",
    "SITE_URL": "https://portal.example.org/",
}


def test_defaults_are_the_embedded_database_on_this_machine(tmp_path):
    env = parse(tmp_path, {})
    assert (env.demo, env.database_url, env.bind, env.port) == (False, "", "127.0.0.1", 8000)
    assert (env.site_url, env.site_name, env.https, env.proxy_count) == ("http://127.0.0.1:8000", "REG4COVID", False, 0)
    assert env.allowed_hosts == ["127.0.0.1", "localhost", "[::1]"]
    assert env.var_dir == tmp_path / "var"


def test_secret_key_is_made_once_and_private(tmp_path):
    first, second = parse(tmp_path, {}).secret_key, parse(tmp_path, {}).secret_key
    assert first == second and len(first) >= 50
    assert (tmp_path / "var/secret_key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["secret_key"]


def test_earlier_keys_are_read(tmp_path):
    keys = [KEY + "1", KEY + "2,+/="]
    assert parse(tmp_path, {"SECRET_KEY_FALLBACKS": f" {keys[0]}  {keys[1]}\n"}).secret_key_fallbacks == keys
    assert parse(tmp_path, {}).secret_key_fallbacks == []


def test_production_is_read(tmp_path):
    env = parse(tmp_path, PRODUCTION)
    assert env.allowed_hosts == ["portal.example.org", "www.example.org"]
    assert (env.site_url, env.https, env.proxy_count) == ("https://portal.example.org", True, 1)
    assert not (tmp_path / "var").exists()


def test_demonstration_reads_its_mail_itself(tmp_path):
    assert parse(tmp_path, {"PORTAL_DEMO": "1"}).email_backend == "portal.demo.mail.EmailBackend"


@pytest.mark.parametrize(
    ("given", "checked"),
    [
        ({}, True),
        ({"PORTAL_DEMO": "1"}, False),
        ({"PORTAL_DEMO": "1", "CHECK_LINKS": "1"}, True),
        ({"CHECK_LINKS": "0"}, False),
    ],
)
def test_demonstration_asks_no_other_site_unless_told_to(tmp_path, given, checked):
    assert parse(tmp_path, given).check_links is checked


def test_mail_without_a_server_fails_loudly(tmp_path):
    assert parse(tmp_path, {}).email_backend == "reg4covid.mail.NoMailServer"


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://mail.example.org", 25, False, False),
        ("smtp+tls://mail.example.org", 587, True, False),
        ("smtps://mail.example.org:4465", 4465, False, True),
    ],
)
def test_email_url_names_the_mail_server(tmp_path, url, port, tls, ssl):
    smtp = parse(tmp_path, {"EMAIL_URL": url}).smtp
    assert (smtp["HOST"], smtp["PORT"], smtp["USE_TLS"], smtp["USE_SSL"]) == ("mail.example.org", port, tls, ssl)


def test_email_password_may_be_quoted(tmp_path):
    smtp = parse(tmp_path, {"EMAIL_URL": "smtps://me%40x.org:p%2Fw@mail.example.org"}).smtp
    assert (smtp["HOST_USER"], smtp["HOST_PASSWORD"]) == ("me@x.org", "p/w")


@pytest.mark.parametrize(
    "wrong",
    [
        {"PORT": "eighty"},
        {"PORT": "0"},
        {"PORT": "²"},
        {"BIND": "everywhere"},
        {"BIND": "0.0.0.0"},  # within reach of others: hosts and address have to be said
        {"LOG_LEVEL": "LOUD"},
        {"PORTAL_DEMO": "yes"},
        {"CHECK_LINKS": "sometimes"},
        {"PORTAL_DMEO": "1"},
        {"SITE_URL": "portal.example.org"},
        {"SITE_URL": "https://portal.example.org/path"},
        {"SITE_URL": "https://[portal"},
        {"ALLOWED_HOSTS": "*"},
        {"SECRET_KEY": "short"},
        {"SECRET_KEY_FALLBACKS": "short"},
        {"SECRET_KEY_FALLBACKS": f"{KEY} {'x' * 50}"},
        {"TRUSTED_PROXIES": "-1"},
        {"WEB_WORKERS": "many"},
        {"EMAIL_URL": "http://mail.example.org"},
        {"EMAIL_URL": "smtp://mail.example.org:many"},
        {"DEFAULT_FROM_EMAIL": "nobody"},
        {"DATABASE_URL": PRODUCTION["DATABASE_URL"]},
        {**PRODUCTION, "DATABASE_URL": "sqlite:///portal.db"},
        {**PRODUCTION, "SECRET_KEY": ""},
        {**PRODUCTION, "SITE_URL": ""},
        {**PRODUCTION, "PORTAL_DEMO": "1"},
        {"PORTAL_DEMO": "1", "EMAIL_URL": "smtp://mail.example.org"},
        {"PORTAL_DEMO": "1", "BIND": "0.0.0.0"},
        {"PORTAL_DEMO": "1", "BIND": "192.0.2.1", "ALLOWED_HOSTS": "x.org", "SITE_URL": "http://x.org"},
    ],
)
def test_wrong_value_is_refused_in_one_line(tmp_path, wrong):
    with pytest.raises(Wrong) as refused:
        parse(tmp_path, wrong)
    assert "\n" not in str(refused.value)


def test_refusal_does_not_repeat_a_password(tmp_path):
    with pytest.raises(Wrong) as refused:
        parse(tmp_path, {**PRODUCTION, "DATABASE_URL": "mysql://portal:hunter2@db/portal"})
    assert "hunter2" not in str(refused.value)


def test_wrong_value_ends_with_code_two(tmp_path, capsys):
    with pytest.raises(SystemExit) as ended:
        read(tmp_path, {"PORT": "eighty"})
    assert ended.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_folder_that_cannot_be_written_is_one_line(tmp_path, capsys):
    (tmp_path / "file").touch()
    with pytest.raises(SystemExit):
        read(tmp_path, {"VAR_DIR": "file/below"})
    assert "VAR_DIR" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [
        ["manage.py", "check"],
        ["-m", "gunicorn", "reg4covid.wsgi"],
        ["-m", "reg4covid.run"],
        ["-c", "import reg4covid.wsgi"],
    ],
)
def test_every_entrance_answers_in_one_line(tmp_path, command):
    environ = {"PATH": os.environ["PATH"], "PORT": "eighty", "VAR_DIR": str(tmp_path)}
    done = subprocess.run([sys.executable, *command], cwd=BASE, env=environ, capture_output=True, text=True, timeout=30)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "reg4covid: PORT=eighty is not a whole number from 1 to 65535.\n"


def test_web_server_takes_the_longest_request_line_that_it_can():
    """Before the API can answer, it would say 414 in HTML."""
    said = runpy.run_path(str(BASE / "gunicorn.conf.py"))
    assert said["limit_request_line"] == MAX_REQUEST_LINE
