"""What the bot knows: topics, contacts, regions – read from files that people edit."""
