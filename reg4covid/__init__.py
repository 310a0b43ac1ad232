"""The roof: settings, addresses and entry points. It wires the rooms; no room imports it."""
