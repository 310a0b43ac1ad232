"""The airlock: submissions on their way, initiatives that are public, and their immutable versions.

May import everything below: moderation, accounts, countries, common."""
