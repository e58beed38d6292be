"""Areas as data: which units a country had on a day, their names, their tiles, and outlines that a user adds."""
