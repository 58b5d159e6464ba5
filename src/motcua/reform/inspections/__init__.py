"""Inspections of reform: the yearly plan of whom to inspect, the visits, what was found and whether it was remedied.

Words: `InspectionPlan`, `Inspection`, `Finding` with its cause and remedy, `Admonition`.
"""
