"""What programs read of initiatives: records in the schema of the downloads, and what gathers them."""
