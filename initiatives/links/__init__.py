"""Whether the addresses of sources still work: asked in the background, politely, never while somebody waits.

`registration` makes links of sources, `rounds` checks those that are due, `consequences` says what follows.
"""
