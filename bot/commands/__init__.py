"""The commands of `./kindhand`, by noun. Each parses, calls one room and prints; imports happen inside."""
