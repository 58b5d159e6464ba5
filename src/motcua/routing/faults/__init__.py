"""Faults of the system, declared with evidence, so that lost hours are nobody's fault.

A minute inside a fault that a leader confirmed belongs to the fault in every sharing out of time (`routing.shares`);
no due date moves for it. What was declared wrongly is withdrawn with a reason, never erased.
"""
