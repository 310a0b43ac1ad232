"""The demonstration: made-up accounts, and mail that never leaves the machine."""
