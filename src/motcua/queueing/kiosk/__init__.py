"""A number taken at the machine in the hall or on one's own telephone, and followed there: pages open to everybody."""
