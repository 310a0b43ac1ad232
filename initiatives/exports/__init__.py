"""What is public, to take away: filtered as CSV, XLSX, JSON and GeoJSON, and whole every night. One schema for all."""
