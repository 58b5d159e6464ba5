"""Một Cửa: a one-stop shop for administrative procedures, from look-up to returned result.

The packages below follow the citizen's journey; a later stage may import an earlier one, never the other
way round. docs/tour.md walks one dossier through them.
"""
