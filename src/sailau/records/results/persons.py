"""Names of persons over several columns: surname and given names become one."""

from __future__ import annotations

from dataclasses import replace

from sailau.files.labels import both_say
from sailau.files.tables import Row, Table
from sailau.records.results.header import find_header
from sailau.records.results.names import clean

_SURNAME = {
    "surname", "last name", "family name", "nachname", "familienname", "apellidos", "apellido", "cognome", "sobrenome",
    "nom de famille", "nom", "фамилия", "прізвище", "тегі", "efternavn", "etternavn", "efternamn", "sukunimi",
    "achternaam", "prijmeni", "prijmeno", "priezvisko", "nazwisko", "prezime", "priimek", "perekonnanimi", "uzvards",
    "pavarde", "soyadi",
}  # fmt: skip
_GIVEN = {
    "given name", "given names", "first name", "first names", "forename", "forenames", "vorname", "vornamen", "nombre",
    "nombres", "nome", "prenom", "prenoms", "имя", "ім я", "аты", "fornavn", "fornamn", "etunimi", "etunimet",
    "voornaam", "jmeno", "meno", "imie", "imiona", "ime", "eesnimi", "vards", "vardas", "adi", "prenume",
}  # fmt: skip


def whole_names(table: Table) -> Table:
    """Return a table in which surname and given name stand together in the first of their columns.

    Only where a label says surname and another one beside it given name; *Nome* alone is a name.
    """
    header = find_header(table)
    if len(header.rows) != 1:
        return table
    words = [both_say(parts[-1]) if parts else frozenset[str]() for parts in header.labels]
    surnames = [i for i, said in enumerate(words) if said & _SURNAME]
    given = [i for i, said in enumerate(words) if said & _GIVEN and not said & _SURNAME]
    if len(surnames) != 1 or len(given) != 1 or abs(surnames[0] - given[0]) > 2:
        return table
    at, other = surnames[0], given[0]
    rows: list[Row] = list(table.rows)
    top = list(rows[header.rows[-1]])
    top[at], top[other] = "candidate", ""
    rows[header.rows[-1]] = top
    for i in range(header.start, len(rows)):
        cells = list(rows[i])
        if max(at, other) < len(cells):
            cells[at] = " ".join(filter(None, (clean(cells[other]), clean(cells[at]))))
            cells[other] = ""
            rows[i] = cells
    return replace(table, rows=rows)
