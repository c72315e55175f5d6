"""What visitors said afterwards, for the owner: figures, and a file of all answers."""
