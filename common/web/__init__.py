"""Asking addresses that strangers gave: never ours, never private, never for long, never for much."""

from common.web.addresses import is_public, resolve
from common.web.client import Answer, Client
from common.web.failures import Failure, Kind
from common.web.urls import Target, split

__all__ = ["Answer", "Client", "Failure", "Kind", "Target", "is_public", "resolve", "split"]
