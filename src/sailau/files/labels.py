"""Words over columns and beside rows, in English, Russian and Kazakh: the one table of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

CERTAIN, LIKELY, GUESSED = "certain", "likely", "guessed"
"""How sure a role is: the word itself, a phrase with the word in it, the look of the cells."""

TIER, DISTRICT, CONTENDER, PARTY, VOTES, TOTAL = "tier", "district", "contender", "party", "votes", "total"
TURNOUT, PERCENT, LEFT_OUT, OTHER, NAME = "turnout", "percent", "left_out", "other_figure", "name"
FIGURES = ("registered", "voters", "ballots", "valid", "invalid", "blank", "against_all")
"""Figures of an area that a file may give, as columns or as rows."""

_WORDS: Mapping[str, str] = {
    TIER: "tier; level; contest; office; ballot type; уровень; вид выборов; тип округа; деңгей; сайлау түрі",
    DISTRICT: "district; constituency; area; region; unit; precinct; polling station; polling district; county;"
    " municipality; province; state; ward; electoral district; electoral area; district name; area name; region name;"
    " округ; район; область; регион; участок; избирательный округ; одномандатный округ; территория; город; единица;"
    " избирательный участок; уик; тик; наименование округа; наименование региона; название округа; номер округа;"
    " № округа; номер участка; № участка; аудан; облыс; өңір; аймақ; учаске; сайлау округі; сайлау учаскесі; қала;"
    " аумақ; округ атауы; облыс атауы; өңір атауы; округ №; учаске №",
    NAME: "name; names; наименование; название; атауы; аты",
    CONTENDER: "contender; candidate; candidates; candidate name; full name; кандидат; кандидаты; фио; имя;"
    " фамилия; фамилия имя отчество; претендент; үміткер; үміткерлер; кандидаттар; аты жөні; тегі аты әкесінің аты",
    PARTY: "party; parties; list; lists; party list; political party; party name; name of party; bloc; alliance;"
    " партия; партии; список; списки; политическая партия; партийный список; название партии; наименование партии;"
    " политические партии; избирательное объединение; блок; саяси партия; саяси партиялар; партиялар; тізім;"
    " партиялық тізім; партия атауы; партияның атауы; item; line; строка",
    VOTES: "votes; vote; candidatevotes; candidate votes; number of votes; votes received; votes for;"
    " vote count; count; result; results;"
    " голоса; голосов; число голосов; количество голосов; кол во голосов; получено голосов; подано голосов;"
    " голосов за; результат; дауыс; дауыстар; дауыс саны; дауыстар саны; алған дауысы; алған дауыс саны;"
    " жинаған дауысы; берілген дауыс саны; нәтиже",
    TOTAL: "total; totals; sum; subtotal; sub total; grand total; total votes; totalvotes; overall; итого;"
    " всего; сумма; итог;"
    " всего голосов; итого голосов; общий итог; общее число голосов; барлығы; жалпы; жиыны; барлық дауыс;"
    " жалпы саны; жалпы дауыс саны; қорытынды",
    "against_all": "against all; against all candidates; against all parties; none of the above; nota;"
    " против всех; против всех кандидатов; против всех партий; против всех списков; бәріне қарсы; барлығына қарсы;"
    " барлығына қарсымын; бәріне қарсымын",
    "blank": "blank; blank votes; blank ballots; blank papers; пустые; пустые бюллетени; незаполненные;"
    " незаполненные бюллетени; бос; бос бюллетеньдер; толтырылмаған; толтырылмаған бюллетеньдер",
    "invalid": "invalid; invalid votes; invalid ballots; spoiled; spoilt; spoiled ballots; spoilt ballots; rejected;"
    " rejected ballots; rejected votes; void; недействительные; недействительных; недействительные бюллетени;"
    " недействительные голоса; испорченные; испорченные бюллетени; жарамсыз; жарамсыз бюллетеньдер;"
    " жарамсыз дауыстар; жарамсыз деп танылған бюллетеньдер",
    "registered": "registered; registered voters; electorate; electors; eligible voters; enrolled; избиратели;"
    " избирателей; число избирателей; количество избирателей; всего избирателей; зарегистрировано;"
    " зарегистрированные избиратели; зарегистрировано избирателей; внесено в списки; включено в списки;"
    " сайлаушылар; сайлаушылар саны; тіркелген сайлаушылар; тізімдегі сайлаушылар; тізімге енгізілген сайлаушылар",
    "voters": "voters; voted; number of voters; participated; проголосовало; проголосовали; проголосовавшие;"
    " приняли участие; приняло участие; участвовало; участвовали; приняли участие в голосовании;"
    " приняло участие в голосовании; число проголосовавших; дауыс бергендер; дауыс берді; қатысқандар; қатысты;"
    " дауыс беруге қатысқандар",
    TURNOUT: "turnout; явка; явка избирателей; қатысу; келу; сайлаушылардың келуі; сайлаушылардың қатысуы",
    "ballots": "ballots; ballots cast; votes cast; cast; ballots counted; ballots found; total ballots; бюллетени;"
    " бюллетеней; число бюллетеней; всего бюллетеней; бюллетеней в ящиках; бюллетеньдер; бюллетеньдер саны",
    "valid": "valid; valid votes; valid ballots; total valid; total valid votes; действительные; действительных;"
    " действительные бюллетени; действительные голоса; жарамды; жарамды бюллетеньдер; жарамды дауыстар",
    PERCENT: "percent; percents; percentage; share; vote share; share of votes; pct; proportion; процент; проценты;"
    " доля; доля голосов; в процентах; пайыз; пайызы; үлес; үлесі; дауыс үлесі",
    LEFT_OUT: "no; nr; n; number; rank; id; code; list no; list number; year; date; seat; seats; mandates;"
    " elected; winner; swing; change;"
    " source; note; notes; comment; remarks; url; link; district seats; magnitude; № п п; п п; номер; код; год; дата;"
    " место; мандат; мандаты; мандатов; избран; источник; примечание; примечания; комментарий; изменение; като;"
    " реттік нөмірі; р с; р с №; жыл; күні; орын; орындар; мандаттар; дереккөз; ескерту; нөмірі; коды",
}

_PHRASES: tuple[tuple[str, str], ...] = (
    (r"%|^(?:доля|процент|пайыз|үлес)|\bpercent|\bshare of\b|\bвыраженн\w* в процент", PERCENT),
    (r"^(?:название|наименование|имя|name of(?: the)?|атауы) .*(?:парти|спис|объединен|party|list)", PARTY),
    (r"^парти\w* .*(?:атауы|аты)$", PARTY),
    (r"^(?:название|наименование|номер|no|№|name of(?: the)?|number of the) .*"
     r"(?:округ|район|област|участ|регион|district|region|constituency|precinct|area)", DISTRICT),
    (r"^(?:(?:electoral|election|polling|voting|single member) )+(?:district|area|station|division|unit|ward)\w*$",
     DISTRICT),
    (r"недействит|испорчен|жарамсыз|\b(?:invalid|spoil(?:ed|t)|rejected|void) (?:votes|ballots|papers)\b", "invalid"),
    (r"(?:^|число |количество |саны )действит|жарамды (?:бюллетен|дауыс|деп)|\bvalid (?:votes|ballots|papers)\b",
     "valid"),
    (r"^(?:голос\w* )?против всех|^(?:барлығына|бәріне) қарсы|^against all |^none of the above", "against_all"),
    (r"^(?:число |количество )?(?:пусты|незаполнен)\w* бюллетен|^(?:number of )?blank (?:votes|ballots|papers)",
     "blank"),
    (r"избирател\w*.* (?:спис|зарегистр)|^(?:number of )?(?:registered|eligible) (?:voters|electors)|"
     r"^voters (?:registered|on the (?:roll|list|register))|тізім\w* .*сайлаушы|сайлаушы\w* .*тізім|"
     r"^тіркелген сайлаушы", "registered"),
    (r"(?:избирател\w*|граждан\w*) .*(?:принявш|участвов|проголосовав|получивш)|^(?:число |количество )?проголосовав|"
     r"^(?:number of )?(?:voters who |people who |persons )?voted|^voters (?:turned|participating|in the poll)|"
     r"дауыс беруге қатыс|бюллетень алған сайлаушы|дауыс берген сайлаушы", "voters"),
    (r"^(?:total |number of )?ballots (?:cast|counted|found)|^(?:total )?votes cast$", "ballots"),
    (r"^(?:число|количество|кол во|number of|total number of|всего) .*голос|голосов\w* (?:за|подан)|"
     r"^(?:number of )?votes? (?:for|received|won|obtained|cast for)\b|^\d{4} votes$|^votes \d{4}$|"
     r"дауыс\w* саны$", VOTES),
    (r"^(?:число|количество|кол во|number of|сумма)\b|\bсаны$", OTHER),
)  # fmt: skip
_PATTERNS = tuple((re.compile(pattern), role) for pattern, role in _PHRASES)

_HEAD_OF_TOTAL = re.compile(
    r"^(?:итого|всего|барлығы|жалпы|жиыны|total|subtotal|sub total|grand total)(?: (?:по|for|of|in|бойынша)\b.*)?$|"
    r"\b(?:бойынша )?(?:барлығы|жиыны)$|^(?:\S+ ){0,3}(?:всего|итого|total)$"
)
_NOTE = re.compile(
    r"\s*(?:source|notes?\b|примечани|источник|ескерту|дереккөз|\*|†|¹|председатель|секретарь|члены|chair|secretary|"
    r"as of\b|по состоянию|дата|подпис|signed|signature|төраға|хатшы)",
    re.IGNORECASE,
)
_SIGNS = re.compile(r"[^\w%№]+|_")
_INDEPENDENT = {
    "", "independent", "independents", "ind", "none", "no party", "самовыдвижение", "самовыдвиженец", "независимый",
    "беспартийный", "өзін өзі ұсыну", "өзін өзі ұсынған", "тәуелсіз",
}  # fmt: skip


def plain(label: str) -> str:
    """Return a label without case, signs and doubled spaces."""
    text = unicodedata.normalize("NFC", label).casefold().replace("ё", "е")
    return _SIGNS.sub(" ", text).strip()


_EXACT = {plain(word): role for role, words in _WORDS.items() for word in words.split(";")}


@lru_cache(maxsize=4096)
def role_of(label: str) -> tuple[str, str] | None:
    """Return the role that a label over a column names, and how sure that is."""
    text = plain(label)
    if label.strip() in ("№", "#", "N°", "Nº", "№№"):
        return LEFT_OUT, CERTAIN
    if text in _EXACT:
        return _EXACT[text], CERTAIN
    return next(((role, LIKELY) for pattern, role in _PATTERNS if pattern.search(text)), None) if text else None


_TIMES = {"year", "date", "election", "election year", "год", "дата", "выборы", "жыл", "күні", "сайлау"}


def is_time(label: str) -> bool:
    """Tell whether a column says which election a row belongs to."""
    return plain(label) in _TIMES


_LINE_ROLES = {*FIGURES, TOTAL, TURNOUT, OTHER}


@lru_cache(maxsize=4096)
def line_of(label: str) -> str | None:
    """Return the figure that a label beside a row names: a total, invalid ballots; None for a contender."""
    found = role_of(label)
    return found[0] if found and found[0] in _LINE_ROLES else None


_TOTALS = {text for text, role in _EXACT.items() if role == TOTAL}
_ANY_TOTAL = re.compile(
    "|".join(sorted({text.split()[0] for text in _TOTALS} | {text.split()[-1] for text in _TOTALS}))
)


def is_total(label: str) -> bool:
    """Tell whether a district is none but a total: "Итого", "Total for the region"."""
    if not _ANY_TOTAL.search(label.casefold()):
        return False
    text = plain(label)
    return text in _TOTALS or bool(_HEAD_OF_TOTAL.search(text))


def is_note(text: str) -> bool:
    """Tell whether the only cell of a row is a note or a signature."""
    return len(text) > 60 or bool(_NOTE.match(text))


def is_independent(party: str) -> bool:
    """Tell whether the cell of the party says that there is none."""
    return plain(party) in _INDEPENDENT
