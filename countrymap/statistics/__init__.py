"""What there is in numbers: counts for a set of filters, as tables, over time and as files."""
