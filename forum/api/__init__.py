"""What programs read of the forum: boards, topics and posts that everybody may read."""
