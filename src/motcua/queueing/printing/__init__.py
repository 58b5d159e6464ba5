"""The slip of a number: drawn as a picture 80 mm wide (`slip`), sent to a hall's printer (`sending`)."""
