"""Gunicorn's settings; it reads this file by itself when started in this folder: `gunicorn reg4covid.wsgi`.

Reading the environment here ends a wrong one in one line before any worker starts.
"""

import gc
import os
import socket
import struct
from pathlib import Path

from reg4covid import environment

_env = environment.read(Path(__file__).resolve().parent)

bind = f"{environment.url_host(_env.bind)}:{_env.port}"
workers = _env.workers
worker_class = "gthread"  # who reads a download slowly keeps a thread and not a process busy (ADR 0020)
threads = 4  # each with a database connection of its own
timeout = 30  # seconds; longer work belongs into a task
graceful_timeout = 10
keepalive = 5
limit_request_line = 8_190  # bytes, the most it takes; what is longer it refuses itself, in HTML (docs/api.md)
max_requests = 5_000  # a worker that leaks is replaced now and then
max_requests_jitter = 500
preload_app = True  # one line instead of a loop when the application cannot be loaded; less memory
accesslog = None
errorlog = "-"
loglevel = "warning"
control_socket_disable = True  # nobody needs another door
_memory = "/dev/shm"  # noqa: S108 (heartbeats of the workers; on a slow disk they would block)
worker_tmp_dir = _memory if os.access(_memory, os.W_OK) else None
proc_name = "reg4covid"


def when_ready(server):
    """Prepare what workers begin with: they are forked after this."""
    settle_memory()
    give_up_what_stands_still(server)


def settle_memory():
    """Let the collector of cycles leave alone what was loaded, and look seldom: it was a tenth of a page's time.

    A page makes few cycles, and what is not looked at stays shared between the workers.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 20)


def give_up_what_stands_still(server):
    """Nobody ends a thread, so connections end themselves. They inherit this where they are accepted."""
    patience = struct.pack("ll", server.cfg.timeout, 0)
    for listener in server.LISTENERS:
        for direction in (socket.SO_SNDTIMEO, socket.SO_RCVTIMEO):
            listener.sock.setsockopt(socket.SOL_SOCKET, direction, patience)


def post_worker_init(worker):
    """Let the database end what takes too long, a lock that is waited for too: nobody ends a thread."""
    from django.db.backends.signals import connection_created

    def limit(connection, **kwargs):
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = %s", [f"{worker.cfg.timeout}s"])

    connection_created.connect(limit, weak=False, dispatch_uid="statement_timeout")
