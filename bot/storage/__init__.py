"""Tables, migrations and repositories of the desk's database.  Rows in, rows out; no rules."""
