"""What happened: elections, their votes, seats and sources."""
