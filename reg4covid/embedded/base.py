"""Django's PostgreSQL backend, connected to the embedded server, which it starts when somebody first connects."""

import time

import psycopg2
from django.conf import settings
from django.db.backends.postgresql import base

from reg4covid.embedded.client import DatabaseClient
from reg4covid.embedded.runner import EmbeddedError
from reg4covid.embedded.server import server_in

TRIES = 3


class DatabaseWrapper(base.DatabaseWrapper):
    """`ENGINE: reg4covid.embedded`; host, port and user come from the server itself."""

    client_class = DatabaseClient

    def get_new_connection(self, conn_params):
        """Connect, starting the server if need be, and again if it was just being stopped."""
        server = server_in(settings.VAR_DIR)
        for attempt in range(1, TRIES + 1):
            try:
                server.ensure()
                return super().get_new_connection({**conn_params, **server.address()})
            except EmbeddedError as error:
                raise psycopg2.OperationalError(str(error)) from error
            except psycopg2.OperationalError as error:
                if attempt == TRIES or "does not exist" in str(error):
                    raise
                time.sleep(0.3 * attempt)
