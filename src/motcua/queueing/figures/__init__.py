"""What a hall learns: how long a need takes, the range a person is told, how often it was right, and what if."""
