"""An appointed time: taken at home, moved, given up, and kept at the hall's machine; and the office's list of a day."""
