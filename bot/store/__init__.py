"""The one SQLite file: what came in, what goes out, what a chat chose."""
