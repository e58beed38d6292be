"""A pyramid of ages.

People by age and sex from the record of populations, the youngest at the foot. The same picture carries a second layer,
for instance those who may vote.
"""

import csv

from sailau.files.places import shipped
from sailau.plots.pyramid import pyramid
from sailau.plots.save import save

with (shipped("populations") / "kz" / "ages.csv").open(encoding="utf-8") as file:
    rows = [row for row in csv.DictReader(file) if row["year"] == "2020"]
ages = sorted({int(row["age"]) for row in rows})
people = {(row["sex"], int(row["age"])): float(row["people"]) for row in rows}
women, men = ([(people[sex, age], 0.0) for age in ages] for sex in ("female", "male"))
bands = [f"{age}–{age + 4}" for age in ages[:-1]] + [f"{ages[-1]}+"]
save(pyramid(women, men, bands, title="Kazakhstan, 2020", layers=("people", "")), "pyramid.svg")
