"""Pages with the index in memory, as all but the first are."""


def warm(client, path: str) -> None:
    """Fill the index. In a test everything is one transaction, so the log tells the same rows once more."""
    client.get(path)
    client.get(path)
