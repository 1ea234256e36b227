"""Voices: one mixed stream for each person, made by a process of its own (the extra `audio`)."""
