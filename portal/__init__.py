"""What looks at several rooms: home, about, contributions, health, sitemaps, demonstration.

May import every room; only the roof imports it."""
