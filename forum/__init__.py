"""Boards, topics and posts. Empty until the forum opens.

May import initiatives and everything below; it does not know countrymap."""
