"""Pictures: checked, turned, stripped of what cameras add, encoded again at several sizes."""
