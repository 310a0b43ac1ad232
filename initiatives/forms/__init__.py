"""What people and files say about a measure, one value at a time; completeness is `initiatives.validation`'s."""
