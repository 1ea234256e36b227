"""`jam doctor`: looks at what a server needs, and says in a sentence each what to do."""
