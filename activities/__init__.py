"""The kinds of activities: each folder is one, found by its rules.py."""
