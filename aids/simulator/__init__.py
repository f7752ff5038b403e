"""The simulator: a query string in, verdicts, sums, steps and maps ready to print out."""
