#!/usr/bin/env python
"""Django's command line for the portal."""

import os
import sys


def main() -> None:
    """Run one command; a wrong environment ends in one line (reg4covid.environment)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reg4covid.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError:
        sys.exit("Django is not installed for this Python: use .venv/bin/python, which `make run` makes.")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
