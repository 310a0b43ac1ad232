"""Conversations of other forums, brought in: who wrote them cannot sign in here."""
