"""All SQL on the nouns of the book: `add`, `get` (or NotFound), `find` (or None), `all_...`, returning records."""
