class ReferenceConverter:
    """INI-2026-000123, in any case; addresses are made with capitals."""

    regex = r"[Ii][Nn][Ii]-[0-9]{4}-[0-9]{6,9}"

    def to_python(self, value: str) -> str:
        return value.upper()

    def to_url(self, value: str) -> str:
        return value
