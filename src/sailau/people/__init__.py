"""Who lives where: populations by region, group, age and sex, and how they change."""
