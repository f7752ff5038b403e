"""Structures that may be the same one twice: an explainable rule, the pairs it finds, what editors say of them."""
