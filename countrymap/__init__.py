"""The world by country: the map, its numbers, and the pages of countries and territories.

May import initiatives and everything below; it has no models and does not know forum."""
