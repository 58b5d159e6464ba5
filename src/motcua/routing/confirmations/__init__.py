"""What one person asked for and a second must confirm: calendar changes that begin at once, renewed passwords.

Four eyes, as with faults of the system: who asked never confirms, nor who stands in his place.
"""
