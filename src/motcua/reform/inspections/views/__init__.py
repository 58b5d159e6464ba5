"""Pages of inspections: the plans, the visits, and what anybody may read."""
