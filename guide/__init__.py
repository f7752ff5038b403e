"""The guide for doctors who think of settling in a French region."""
