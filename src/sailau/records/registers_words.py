"""Words over the columns of a list of members, in English, Russian and Kazakh."""

from __future__ import annotations

from collections.abc import Mapping

NAME, SURNAME, GIVEN, REGION, BORN, CITIZEN, NUMBER, COUNT = (
    "name",
    "surname",
    "given",
    "region",
    "born",
    "citizen",
    "number",
    "count",
)

HEADINGS: Mapping[str, frozenset[str]] = {
    NAME: frozenset(
        {"name", "full name", "member", "person", "фио", "ф и о", "фамилия имя отчество", "имя", "член партии",
         "аты жөні", "тегі аты әкесінің аты", "тегі аты", "nombre", "nombre completo", "nume", "ad soyad", "nom"}
    ),
    SURNAME: frozenset({"surname", "last name", "family name", "фамилия", "тегі"}),
    GIVEN: frozenset({"first name", "given name", "given names", "имя отчество", "аты", "аты әкесінің аты"}),
    REGION: frozenset(
        {"region", "area", "province", "state", "oblast", "land", "регион", "область", "область город", "субъект",
         "облыс", "өңір", "аймақ", "county", "bundesland", "provincia", "estado", "județ", "il"}
    ),
    BORN: frozenset(
        {"born", "birth", "birth date", "date of birth", "birthdate", "dob", "дата рождения", "родился", "рождение",
         "туған күні", "туған жылы", "туған күні айы жылы",
         "geburtsdatum", "geboren", "fecha de nacimiento", "data nașterii", "doğum tarihi"}
    ),
    CITIZEN: frozenset({"citizen", "citizenship", "nationality", "гражданство", "гражданин", "азаматтығы", "азамат"}),
    NUMBER: frozenset({"id", "number", "personal number", "iin", "иин", "жсн", "номер", "passport", "№ документа"}),
    COUNT: frozenset(
        {"members", "count", "number of members", "persons", "people", "total", "члены", "членов", "число членов",
         "количество", "количество членов", "численность", "всего", "человек", "мүшелер", "мүшелер саны", "мүше саны",
         "саны", "барлығы", "адам саны"}
    ),
}  # fmt: skip
"""What may stand over each column; compared without case and signs."""

YES = frozenset({"yes", "y", "true", "1", "да", "иә", "citizen", "гражданин", "азамат"})
NO = frozenset({"no", "n", "false", "0", "нет", "жоқ", "foreign", "foreigner", "stateless", "иностранец"})
