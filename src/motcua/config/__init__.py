"""The top of the house: settings, addresses, what follows what, and the `motcua` command."""
