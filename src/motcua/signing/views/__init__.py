"""The pages of the register: those of its keeper, and those open to anybody."""
