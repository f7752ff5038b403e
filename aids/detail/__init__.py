"""The page of one aid."""
