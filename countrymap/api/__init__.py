"""What programs read of countries, regions and statistics: the same counts as their pages."""
