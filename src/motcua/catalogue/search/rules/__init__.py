"""The pure half of the search: no Django, no clock, no database."""
