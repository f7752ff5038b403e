"""The exchange file of the aids: read with the path of every fault, written without loss. See docs/aids-format.md."""
