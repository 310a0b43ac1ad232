"""What the read-only API has in common: problems, parameters, pages, headers and how it describes itself."""
