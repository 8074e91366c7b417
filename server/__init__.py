"""The members' side of Alder: what a person on a phone can reach."""
