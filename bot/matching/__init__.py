"""From a text to topics: emergencies first, then the nearest ways of asking."""
