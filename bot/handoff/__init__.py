"""When and how a person takes over.  `model` and `events` know no database and no web framework."""
