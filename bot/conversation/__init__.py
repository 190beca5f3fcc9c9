"""What the bot says and asks: one module for each screen. No network, no clock, no database."""
