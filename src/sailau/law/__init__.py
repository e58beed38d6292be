"""Law as data: editions, their reading, their count."""
