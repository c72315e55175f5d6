"""Rules and stories as the conversations that they are."""
