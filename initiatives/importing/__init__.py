"""Rows of files become submissions, through the same form, services and airlock as everybody's.

A row is read (`readers`), repaired (`repair`), mapped (`mapping`, `policies`), admitted (`admission`) and, where that
is refused, reported (`report`); `runner` does this for a whole file in bounded memory.
"""
