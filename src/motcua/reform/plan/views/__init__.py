"""Pages of reform plans: the plan, its tasks, and what anybody may read."""
