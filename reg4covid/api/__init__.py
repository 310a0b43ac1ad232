"""The API on the roof: its addresses, how many requests there are for each address, its description and its page."""
