"""Words over the columns of a table of people, and in it, in English, Russian and Kazakh."""

from __future__ import annotations

import re
from collections.abc import Mapping

HEADINGS: Mapping[str, frozenset[str]] = {
    "year": frozenset({"year", "год", "жыл", "жылы"}),
    "region": frozenset(
        {"region", "area", "province", "state", "регион", "область", "субъект", "облыс", "өңір", "аймақ"}
    ),
    "group": frozenset(
        {"group", "ethnic group", "ethnicity", "nationality", "группа", "этнос", "национальность", "топ", "этнос атауы",
         "ұлт", "ұлты"}
    ),
    "age": frozenset({"age", "ages", "age group", "возраст", "возрастная группа", "жас", "жасы", "жас тобы"}),
    "sex": frozenset({"sex", "gender", "пол", "жыныс", "жынысы"}),
    "people": frozenset(
        {"people", "persons", "population", "count", "number", "население", "численность", "численность населения",
         "человек", "количество", "халық", "халық саны", "адам", "адам саны", "саны"}
    ),
}  # fmt: skip
"""What may stand over each column; compared without case and signs."""

_FEMALE = "female females f women woman женщины женский жен ж әйел әйелдер"
_MALE = "male males m men man мужчины мужской муж м ер ерлер еркек"
SEX_WORDS: Mapping[str, str] = {
    **dict.fromkeys(_FEMALE.split(), "female"),
    **dict.fromkeys(_MALE.split(), "male"),
}

BOTH = frozenset({"both", "both sexes", "оба пола", "обапола", "екі жыныс", "екеуі"})
"""Men and women together: a sum, no cell."""

_OLDER = (
    "and over|and older|or more|and more|plus|и старше|и более|лет и старше|"
    "жас және одан үлкен|және одан үлкен|және жоғары"
)
AGES = re.compile(
    rf"(\d{{1,3}})\s*(?:[-–—]\s*(\d{{1,3}})|(\+|{_OLDER}))?(?:\s*(?:years?|лет|год|года|жас))?", re.IGNORECASE
)
"""17, 15-19, 85+ and ways to say so: 15–19 лет, 85 and over."""
