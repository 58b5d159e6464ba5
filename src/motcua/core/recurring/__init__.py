"""What the office does by itself, again and again: `RecurringRule`, each run kept as a `RuleRun`.

A rule runs on one machine at a time however many there are, and one that fails stops no other. Which rules there
are stands in `config/recurring.py`; that a rule did not run is itself an alarm on the health page.
"""
