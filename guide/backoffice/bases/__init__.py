"""What pages of the administration are built on: four bases, each above the last, and the pieces they are made of."""
