"""The staff app: its own address, its own sign-in, its own database; of the server it knows the review doors alone."""
