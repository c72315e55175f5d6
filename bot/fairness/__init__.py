"""Does the same message read alike, whoever writes it? Messages, people, Englishes; a probe of detectors."""
