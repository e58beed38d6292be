"""What words over columns and beside rows say: the words of `sailau.files.label_words`, and phrases with them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache

from sailau.files import label_words
from sailau.files.label_words import (
    DISTRICT,
    FIGURES,
    LEFT_OUT,
    OTHER,
    PARTY,
    PERCENT,
    TOTAL,
    TURNOUT,
    VOTES,
)

CERTAIN, LIKELY, GUESSED = "certain", "likely", "guessed"
"""How sure a role is: the word itself, a phrase with the word in it, the look of the cells."""

_COUNT = r"^(?:antall?|aantal|anzahl|zahl|liczba|pocet|numero|nombre|numar|broj|stevilo|cantidad|quantidade|fjoldi)\b"
_VOTE = (
    r"\b(?:stemm\w+|roster|stimmen|glosow|hlas(?:u|ov)|voti|votos|voix|suffrages|voturi|glasova|glasov|atkvaedi|atkvæða|"
    r"sufragios)\b"
)

_PAPER = (
    r"\b(?:kart\w*|list(?:ku|kov|ica|ica|ici|icev)|stimmzettel|seddel|sedler|sedlar|sedla|boletin\w*|boletas|bulletins?|"
    r"buletine\w*|schede|szavazolap\w*|haaletussedel\w*|biuleten\w*|zimes|atkvaedasedl\w*|pusula\w*|ballots?|papers|"
    r"бюлет\w*|бюллет\w*|листић\w*|листиња|ψηφοδελτι\w*)\b"
)
_CAST = rf"(?:{_VOTE}|{_PAPER}|\b(?:szavazat\w*|haal\w*|balsu|balsai|aanet|aania|oy|oylar|голос\w*|глас\w*|ψηφ\w*)\b)"
_NOT_VALID = (
    r"\b(?:niewazn|ungultig|ungueltig|ugyldig|ogiltig|neplatn|nul(?:o|a|le|l|li)s?\b|nevazec|nevaljan|nevazeci|neveljavn|"
    r"ervenytelen|kehtetu|negaliojanc|nederig|invalid|hylat|hylka|ogild|gecersiz|ongeldig|недійсн|невалидн|неважећ|"
    r"неважечк|ακυρ)"
)
_VALID = (
    r"\b(?:wazn|gultig|gueltig|gyldig|giltig|platn|valid[aeios]|exprim|vazec|valjan|veljavn|ervenyes|kehtiv|galiojanc|"
    r"derig|hyvaksyt|gild|gecerli|geldig|дійсн|валидн|важећ|важечк|εγκυρ)"
)
_ENTITLED = (
    r"\b(?:uprawnion\w*|wahlberechtigt\w*|stemmeberettigede|rostberattigade|opravnen\w* voli\w*|inscrits|inscritos|"
    r"elettori|upisan\w* birac\w*|registriran\w* birac\w*|valasztopolgar\w*|haaleoiguslik\w*|aanioikeutet\w*|"
    r"kiesgerechtigd\w*|stemberettig\w*|volilnih upravicencev|rinkeju|veletaju|secmen\w*|alegatori inscri\w*)\b"
)

_PHRASES: tuple[tuple[str, str], ...] = (
    (r"^(?:число|количество|number of)\b.*(?:досрочно|вне помещени|в помещении|переносн|стационарн|погашен|утрачен|"
     r"не учтен|полученных|\bby \d|\bк \d|\bearly\b|\bmobile\b|\babsentee\b|\boutside\b)", OTHER),
    (r"^(?:w tym|of (?:these|which|whom)|davon|dont|di cui|de los cuales|dos quais|z toho|herav|hvoraf|varav|waarvan|"
     r"от тях|од тога|в том числе|из них|у тому числі|оның ішінде)\b", OTHER),
    (r"%|^(?:доля|процент|пайыз|үлес)|\bpercent|\bshare of\b|\bвыраженн\w* в процент", PERCENT),
    (r"^(?:название|наименование|имя|name of(?: the)?|атауы) .*(?:парти|спис|объединен|party|list)", PARTY),
    (r"^парти\w* .*(?:атауы|аты)$", PARTY),
    (r"^(?:название|наименование|номер|no|№|name of(?: the)?|number of the) .*"
     r"(?:округ|район|област|участ|регион|district|region|constituency|precinct|area)", DISTRICT),
    (r"^(?:(?:electoral|election|polling|voting|single member) )+(?:district|area|station|division|unit|ward)\w*$",
     DISTRICT),
    (r"недействит|испорчен|жарамсыз|"
     r"\b(?:invalid|informal|spoil(?:ed|t)|rejected|void) (?:\w+ )?(?:votes|ballots|papers)\b", "invalid"),
    (r"(?:^|число |количество |саны )действит|жарамды (?:бюллетен|дауыс|деп)|"
     r"\b(?:valid|formal) (?:\w+ )?(?:votes|ballots|papers)\b",
     "valid"),
    (r"^(?:голос\w* )?против всех|^(?:барлығына|бәріне) қарсы|^against all |^none of the above", "against_all"),
    (r"^(?:число |количество )?(?:пусты|незаполнен)\w* бюллетен|^(?:number of )?blank (?:votes|ballots|papers)",
     "blank"),
    (r"избирател\w*.* (?:спис|зарегистр)|^(?:number of )?(?:registered|eligible) (?:voters|electors)|"
     r"\bvoters (?:in|on) the (?:\w+ )*(?:lists?|rolls?|registers?)\b|"
     r"^voters (?:registered|on the (?:roll|list|register))|тізім\w* .*сайлаушы|сайлаушы\w* .*тізім|"
     r"^тіркелген сайлаушы", "registered"),
    (r"(?:избирател\w*|граждан\w*) .*(?:принявш|участвов|проголосовав|получивш)|^(?:число |количество )?проголосовав|"
     r"^(?:number of )?(?:voters who |people who |persons )?voted|"
     r"^(?:number of )?(?:voters? )?signatures\b|^voters (?:turned|participating|in the poll)|"
     r"дауыс беруге қатыс|бюллетень алған сайлаушы|дауыс берген сайлаушы", "voters"),
    (r"^total (?:\w+ ){0,3}votes?$", TOTAL),
    (r"^(?:total |number of )?ballots (?:cast|counted|found)|^(?:total )?votes cast$", "ballots"),
    (r"^(?:число|количество|кол во|number of|total number of|всего) .*голос|голосов\w* (?:за|подан)|"
     r"^(?:number of )?votes? (?:for|received|won|obtained|cast for)\b|^\d{4} votes$|^votes \d{4}$|"
     r"дауыс\w* саны$", VOTES),
    (rf"{_NOT_VALID}.*{_CAST}|{_CAST}.*{_NOT_VALID}", "invalid"),
    (rf"{_VALID}\w* {_PAPER}|{_PAPER} {_VALID}", "ballots"),
    (rf"{_VALID}.*{_CAST}|{_CAST}.*{_VALID}", "valid"),
    (rf"{_COUNT}.*{_ENTITLED}|^{_ENTITLED}", "registered"),
    (rf"{_COUNT}.*{_VOTE}", VOTES),
    (r"^(?!free |independent )\w+ (?:voters|electors|ballots)$|^votes by \d", OTHER),
    (r"^cand\w* (?:no|number|age|sex|gender|birth\w*|edu\w*|born\w*)$|^birth(?:day| date)?$|^date of birth$", LEFT_OUT),
    (r"^id\b|\bid$", LEFT_OUT),
    (r"^(?:cod(?:e|igo|ice)?|kood|koodi|kod\w*|код)\b.* |\w{3,}(?:kode?|kood|nummer|code|kennziffer)$",
     LEFT_OUT),
    (r"^(?:prozent|procent|prosent|porcent|percent|pourcent)", PERCENT),
    (rf"^(?:число|количество|кол во|number of|сумма)\b|\bсаны$|{_COUNT}", OTHER),
)  # fmt: skip

_HEAD_OF_TOTAL = re.compile(
    r"^(?:итого|всего|барлығы|жалпы|жиыны|total|subtotal|sub total|grand total)(?: (?:по|for|of|in|бойынша)\b.*)?$|"
    r"\b(?:бойынша )?(?:барлығы|жиыны)$|^(?:\S+ ){0,3}(?:всего|итого|total)$"
)
_NOTE = re.compile(
    r"\s*(?:source|notes?\b|примечани|источник|ескерту|дереккөз|\*|†|¹|председатель|секретарь|члены|chair|secretary|"
    r"as of\b|по состоянию|дата|подпис|signed|signature|төраға|хатшы|"
    r"(?:źródł[oa]|quellen?|fuentes?|fontes?|fonti|kilder?|källa|bron|lähde|zdroj|izvor|forrás|allikas|avots|šaltinis|"
    r"πηγή|kaynak|źr|uwagi|anmerkung(?:en)?|heimild|出典|資料)\s*[:：.])",
    re.IGNORECASE,
)
_SIGNS = re.compile(r"[^\w%№]+|_")
_INDEPENDENT = {
    "", "independent", "independents", "ind", "none", "no party", "самовыдвижение", "самовыдвиженец", "независимый",
    "беспартийный", "өзін өзі ұсыну", "өзін өзі ұсынған", "тәуелсіз",
}  # fmt: skip


def plain(label: str) -> str:
    """Return a label without case, signs and doubled spaces."""
    text = unicodedata.normalize("NFC", label).casefold().replace("ё", "е").replace("i\u0307", "i")
    return _SIGNS.sub(" ", text).strip()


def bare(text: str) -> str:
    """Return a plain label with its Latin letters bare of accents, as people often type them."""
    if text.isascii():
        return text
    letters = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", _ACCENTS.sub(r"\1", letters)).translate(_BARE)


def loose(name: str) -> str:
    """Return a name without case, accents and signs; ü is ue as well as u, so that Grüne, GRUENE and Grune are one."""
    return bare(plain(name)).replace("ae", "a").replace("oe", "o").replace("ue", "u").replace("aa", "a")


_ACCENTS = re.compile("([a-z])[\u0300-\u036f]+")
_BARE = str.maketrans({"ø": "o", "æ": "ae", "ł": "l", "đ": "d", "ı": "i", "œ": "oe"})
_LEAST_BARE = 5
"""Words shorter than that mean something else without their accents: año is a year, ANO a party."""
_LONGEST = 300
"""Letters of a label that are looked at; a cell longer than that is no label."""


@cache
def _exact() -> dict[str, str]:
    return {plain(word): role for word, role in reversed(label_words.of_results())}


@cache
def _without_accents() -> dict[str, str]:
    return {bare(text): role for text, role in _exact().items() if len(bare(text)) >= _LEAST_BARE}


@cache
def _tight() -> dict[str, str]:
    """Return words written as one, as databases call columns: VOTILISTA."""
    return {text.replace(" ", ""): role for text, role in _exact().items() if " " in text}


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the phrases, made ready when the first label is no word by itself: that takes longer than most files."""
    return tuple((re.compile(pattern), role) for pattern, role in _PHRASES)


@lru_cache(maxsize=4096)
def role_of(label: str) -> tuple[str, str] | None:
    """Return the role that a label over a column names, and how sure that is."""
    text = plain(label[:_LONGEST])
    if label.strip() in ("№", "#", "N°", "Nº", "№№"):
        return LEFT_OUT, CERTAIN
    if text in _exact():
        return _exact()[text], CERTAIN
    text = bare(text)
    if text in _without_accents():
        return _without_accents()[text], CERTAIN
    if text in _tight():
        return _tight()[text], LIKELY
    found = next(((role, LIKELY) for pattern, role in _patterns() if pattern.search(text)), None) if text else None
    return found or _in_two_languages(label) or _of_parts(label)


def _in_two_languages(label: str) -> tuple[str, str] | None:
    """Return the role of a label that says the same in two languages: a stroke, a dash or a broken line parts them."""
    if "\n" in label.strip():
        return _of_lines([line for line in label.splitlines() if line.strip()])
    parts = [part for part in label.split("/") if part.strip()]
    if len(parts) > 1:
        return next(filter(None, map(role_of, parts)), None)
    parts = [part for part in _DASHED.split(label) if part.strip()]
    found = [role_of(part) for part in parts] if len(parts) > 1 else []
    return found[0] if found and len({pair and pair[0] for pair in found}) == 1 else None


def _of_lines(lines: Sequence[str]) -> tuple[str, str] | None:
    """Return the role of a label of several lines: one that all of them say, or a figure that one of them names.

    A second line that no word names may belong to the name of a contender, so that other roles need both.
    """
    found = [role_of(line) for line in lines]
    roles = {pair[0] for pair in found if pair}
    sure = len(roles) == 1 and (None not in found or roles <= set(FIGURES))
    return next(filter(None, found)) if sure else None


def _of_parts(label: str) -> tuple[str, str] | None:
    """Return the role of a label in which capitals part the words: DivisionNm is a division name."""
    words = _CAPITALS.sub(" ", label.strip())
    if words == label.strip() or " " in label.strip():
        return None
    return role_of(_SHORT_NAME.sub("name", words))


def both_say(label: str) -> frozenset[str]:
    """Return what a label says, bare of case and accents, in each of the languages that it is in."""
    parts = [label, *_STROKES.split(label)]
    return frozenset(bare(plain(_CAPITALS.sub(" ", part))).replace(" nm", " name") for part in parts)


_DASHED = re.compile(r"\s[-–—]\s")
_STROKES = re.compile(r"/|\s[-–—]\s")
_CAPITALS = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SHORT_NAME = re.compile(r"\bNm\b", re.IGNORECASE)


_TIMES = {
    "year", "date", "election", "election year", "election date", "год", "дата", "выборы", "жыл", "күні", "сайлау",
    "год выборов", "jahr", "wahl", "wahljahr", "valg", "valgår", "valår", "år", "annee", "année", "scrutin", "año",
    "ano eleicao", "ano da eleicao", "ano da eleição", "anno", "rok", "rok wyborow", "rok wyborów",
    "vuosi", "jaar", "yıl", "yil",
}  # fmt: skip
"""No word for a year that is a party elsewhere, such as ANO, alone."""


_CONSTITUENCIES = {
    "district", "constituency", "constituency name", "electoral district", "electoral district name", "riding",
    "electorate name", "division name", "seat name", "ward", "wahlkreis", "circonscription",
    "circonscription electorale",
    "distrito electoral", "circunscripcion", "circulo eleitoral", "collegio", "collegio uninominale", "kieskring",
    "valkrets", "valgkreds", "valgdistrikt", "vaalipiiri", "okreg wyborczy", "volebni obvod", "valasztokerulet",
    "izborna jedinica", "избирательный округ", "округ", "виборчий округ", "сайлау округі", "одномандатный округ",
    "選挙区", "小選挙区", "選舉區", "선거구",
}  # fmt: skip


def is_constituency(label: str) -> bool:
    """Tell whether a column is called after the areas that elect somebody, not after places."""
    return bare(plain(label)) in _CONSTITUENCIES or plain(label) in _CONSTITUENCIES


def is_time(label: str) -> bool:
    """Tell whether a column says which election a row belongs to."""
    return plain(label) in _TIMES


_LINE_ROLES = {*FIGURES, TOTAL, TURNOUT, OTHER}


@lru_cache(maxsize=4096)
def line_of(label: str) -> str | None:
    """Return the figure that a label beside a row names: a total, invalid ballots; None for a contender."""
    found = role_of(label)
    return found[0] if found and found[0] in _LINE_ROLES else None


@cache
def _totals() -> tuple[frozenset[str], re.Pattern[str]]:
    """Return the words that are a total, and what finds the first or the last word of one in a text."""
    totals = frozenset(text for text, role in _exact().items() if role == TOTAL)
    ends = {text.split()[i] for text in totals for i in (0, -1)}
    return totals, re.compile("|".join(sorted(ends)))


def is_total(label: str) -> bool:
    """Tell whether a district is none but a total: "Итого", "Total for the region"."""
    totals, any_total = _totals()
    if not any_total.search(label.casefold()):
        return False
    text = plain(label)
    return text in totals or bool(_HEAD_OF_TOTAL.search(text))


_REST = {plain(word) for word in label_words.REST.split(";")}


def is_rest(name: str) -> bool:
    """Tell whether a line stands for several lists: others, прочие, sonstige."""
    return plain(name) in _REST


def is_note(text: str) -> bool:
    """Tell whether the only cell of a row is a note or a signature."""
    return len(text) > 60 or bool(_NOTE.match(text))


def is_independent(party: str) -> bool:
    """Tell whether the cell of the party says that there is none."""
    return plain(party) in _INDEPENDENT
