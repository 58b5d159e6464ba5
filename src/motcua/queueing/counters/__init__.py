"""The official's side: sitting down, calling, serving, sending on; and arranging a hall."""
