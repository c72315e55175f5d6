"""Questions and their answers: changed in place, too near to each other, many at once."""
