"""Boards, topics and posts: peers ask, peers answer, moderators keep order.

May import initiatives and everything below; it does not know countrymap."""
