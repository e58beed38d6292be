"""Words over the columns of polls, in English, Russian and Kazakh."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sailau.files.labels import plain
from sailau.terms.tally import AGAINST_ALL

START, END, DAYS, HOUSE, MODE, SIZE = "start", "end", "days", "house", "mode", "n"
UNDECIDED, ABSTAIN, REST, LEFT_OUT, CONTENDER = "undecided", "abstain", "others", "left_out", "contender"

_WORDS: Mapping[str, str] = {
    START: "start; start date; from; begin; beginning; fieldwork start; first day; collectperiodfrom; startdate; с;"
    " начало; дата начала; начало опроса; начало поля; басы; басталуы; басталған күні",
    END: "end; end date; to; until; fieldwork end; last day; collectperiodto; enddate; по; конец; окончание;"
    " дата окончания; конец опроса; окончание опроса; соңы; аяқталуы; аяқталған күні",
    DAYS: "date; dates; day; days; fieldwork; fieldwork date; fieldwork dates; date s; date s conducted;"
    " dates conducted; field dates; survey date; survey dates; poll date; polling date; period; conducted; дата; даты;"
    " период; день; дни; дата опроса; даты опроса; дата проведения; даты проведения; сроки; сроки опроса;"
    " период опроса;"
    " күні; кезең; сауалнама күні; өткізілген күні",
    HOUSE: "house; pollster; poll; polls; firm; polling firm; polling company; company; institute; institut; org;"
    " organisation; organization; source of poll; survey; agency; polling organisation; polling organization;"
    " brand; компания; институт; опрос; организация; социологическая служба; служба; агентство; центр; ұйым;"
    " компаниясы;"
    " институты; сауалнама",
    MODE: "mode; method; methodology; survey mode; how asked; метод; способ; методика; әдіс; тәсіл",
    SIZE: "n; sample; sample size; samplesize; size; respondents; number of respondents; sample n; объем выборки;"
    " выборка; размер выборки; респонденты; число респондентов; опрошено; количество опрошенных; іріктеме;"
    " іріктеме көлемі; респонденттер; респонденттер саны; сұралғандар",
    UNDECIDED: "undecided; undecideds; don t know; dont know; dk; do not know; not sure; unsure; uncertain; no answer;"
    " no opinion; dk na; refused; не определились; не определился; затрудняюсь ответить; затрудняются ответить;"
    " затруднились ответить; затруднились; нет ответа; шешім қабылдамаған; шешпегендер; жауап беруге қиналамын;"
    " жауап беруге қиналды",
    ABSTAIN: "would not vote; will not vote; won t vote; not voting; abstain; abstention; non voters; nonvoters;"
    " не пойдут голосовать; не будут голосовать; не придут; не примут участия; дауыс бермейді; қатыспайды",
    REST: "others; other; oth; other parties; others total; rest; другие; другая; прочие; иные; остальные;"
    " другие партии; басқалар; басқа; өзгелер; басқа партиялар; övriga; sonstige; autres; otros",
    AGAINST_ALL: "against all; none of the above; nota; против всех; бәріне қарсы; барлығына қарсы",
    LEFT_OUT: "lead; margin; margin of error; moe; error; diff; difference; change; swing; total; sum; source; link;"
    " url; client; commissioner; commissioned by; remark; remarks; note; notes; comment; id; no; nr; publication;"
    " published; publdate; publication date; approxperiod; publyearmonth; weight; rating; turnout; area; scope;"
    " погрешность; источник; ссылка; примечание; примечания; заказчик; отрыв; разница; всего; сумма; итого; явка; №;"
    " дата публикации; публикация; қате; дереккөз; ескерту; тапсырыс беруші; барлығы; жарияланған күні",
}
_EXACT = {plain(word): role for role, words in _WORDS.items() for word in words.split(";")}
_PHRASES = tuple(
    (re.compile(pattern), role)
    for pattern, role in (
        (r"^(?:fieldwork|field|survey|poll(?:ing)?|interview) (?:dates?|period|days?)\b|^dates? ", DAYS),
        (r"^sample\b|^объем выборки|^number of (?:respondents|people|interviews)", SIZE),
        (
            r"^pollster\b|^(?:poll(?:ing|ster)?|survey) (?:firm|company|organi[sz]ation|source|house|institute|agency)",
            HOUSE,
        ),
        (r"undecided|don t know|затрудн|не определил|қиналды|қиналамын|шешпеген", UNDECIDED),
        (r"(?:not|won t) (?:going to )?vote\b|не (?:пойд|буд)\w* (?:на выборы|голосовать)|дауыс бермей", ABSTAIN),
    )
)
_ELECTION = re.compile(
    r"^(?:\d{4} )?(?:general |parliamentary |federal |national |official )?election(?: results?)?(?: \d{4})?$|"
    r"^(?:official |election )?results?(?: of (?:the )?elections?)?$|^(?:официальные )?(?:результаты?|итоги?)\b.*выбор|"
    r"^выборы(?: \d{4})?$|^сайлау(?: нәтиже\w*)?(?: \d{4})?$|^нәтиже\w*$"
)


def role_of(label: str) -> str | None:
    """Return what a column of polls holds; None where its name says nothing (a contender, perhaps)."""
    text = plain(label)
    if label.strip() in ("№", "#", "%"):
        return LEFT_OUT
    if text in _EXACT:
        return _EXACT[text]
    return next((role for pattern, role in _PHRASES if pattern.search(text)), None) if text else LEFT_OUT


def is_election(house: str) -> bool:
    """Tell whether what stands in place of a house says that the row is an election result."""
    return bool(_ELECTION.match(plain(house)))
