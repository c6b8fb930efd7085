"""The capabilities, one folder each, and what they share. They know nothing about HTTP or SQL."""
