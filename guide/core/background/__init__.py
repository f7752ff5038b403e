"""Background work: tasks kept as rows of the database, done by runners on any number of machines.

`kinds` is the list of what can be done, `actions` holds the writes of the queue, `runner` does the work.
An app registers its kinds in its module `tasks.py`, found at start.
"""
