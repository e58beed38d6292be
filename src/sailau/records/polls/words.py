"""Words over the columns of polls, in English, Russian, Kazakh and the languages of much polled countries."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sailau.files import label_words
from sailau.files.labels import bare, plain
from sailau.terms.tally import AGAINST_ALL

START, END, DAYS, HOUSE, MODE, SIZE, AREA = "start", "end", "days", "house", "mode", "n", "area"
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
    AREA: "region; district; constituency; state; province; county; oblast; city; riding; electorate; округ;"
    " регион; область; край; город; район; штат; провинция; өңір; облыс; аудан; қала",
    UNDECIDED: "undecided; undecideds; don t know; dont know; dk; do not know; not sure; unsure; uncertain; no answer;"
    " no opinion; dk na; refused; не определились; не определился; затрудняюсь ответить; затрудняются ответить;"
    " затруднились ответить; затруднились; нет ответа; шешім қабылдамаған; шешпегендер; жауап беруге қиналамын;"
    " жауап беруге қиналды",
    ABSTAIN: "would not vote; will not vote; won t vote; not voting; abstain; abstention; non voters; nonvoters;"
    " не пойдут голосовать; не будут голосовать; не придут; не примут участия; дауыс бермейді; қатыспайды",
    AGAINST_ALL: "against all; none of the above; nota; против всех; бәріне қарсы; барлығына қарсы",
    LEFT_OUT: "lead; margin; margin of error; moe; error; diff; difference; change; swing; total; sum; source; link;"
    " url; client; commissioner; commissioned by; remark; remarks; note; notes; comment; id; no; nr; publication;"
    " published; publdate; publication date; approxperiod; publyearmonth; weight; rating; turnout; area; scope;"
    " погрешность; источник; ссылка; примечание; примечания; заказчик; отрыв; разница; всего; сумма; итого; явка; №;"
    " дата публикации; публикация; қате; дереккөз; ескерту; тапсырыс беруші; барлығы; жарияланған күні",
}
_OTHER_LANGUAGES: Mapping[str, str] = {
    START: "beginn; début; inicio; início; inizio; début du terrain; początek; začátek; başlangıç; početak",
    END: "ende; fin; fim; fine; slut; koniec; konec; bitiş; kraj",
    DAYS: "datum; befragungszeitraum; zeitraum; befragung; veröffentlichung befragung; dates du terrain; période;"
    " fecha; fechas; trabajo de campo; fecha de encuesta; data; data da pesquisa; periodo; período; dato; datoer;"
    " feltperiode; fältperiod; päivämäärä; ajankohta; data badania; termin; termín; dátum; időpont; dată; perioada;"
    " tarih; anket tarihi; дата опитування; период на проучването; ημερομηνία; 調査日; 조사일",
    HOUSE: "auftraggeber institut; meinungsforschungsinstitut; sondeur; institut de sondage; encuestadora;"
    " empresa encuestadora; empresa; encuestador; casa encuestadora; instituto; empresa de sondagem; istituto;"
    " sondaggista; peiler; peilingbureau; bureau; institutt; meningsmåler; analyseinstitut; opinionsinstitut; mätning;"
    " tutkimuslaitos; pracownia; ośrodek; sondażownia; agentura; agentúra; közvéleménykutató; intézet; casa de sondaj;"
    " anket şirketi; araştırma şirketi; şirket; соціологічна служба; социологическа агенция; агенција; agencija;"
    " εταιρεία; 調査会社; 조사기관",
    MODE: "methode; méthode; método; metodo; metoda; metode; metod; yöntem; menetelmä",
    SIZE: "befragte; stichprobe; stichprobengröße; échantillon; taille de l échantillon; muestra; tamaño de muestra;"
    " tamaño muestral; amostra; campione; steekproef; utvalg; antall spurte; stikprøve; urval; otos; otoskoko; próba;"
    " wielkość próby; vzorek; vzorka; minta; mintanagyság; eșantion; örneklem; вибірка; извадка; uzorak; δείγμα;"
    " サンプル数; 표본; 표본수",
    AREA: "bundesland; land; wahlkreis; région; département; circonscription; región; comunidad autónoma; provincia;"
    " circunscripción; região; estado; regione; regio; provincie; fylke; valgkrets; landsdel; län; valkrets; maakunta;"
    " województwo; megye; județ; bölge; регіон; област; περιφέρεια; 地域; 지역",
    UNDECIDED: "unentschlossen; unentschieden; weiß nicht; indécis; ne se prononce pas; indecisos; ns nc;"
    " no sabe; não sabe; indecisi; weet niet; vet ikke; ved ikke; tveksamma; osäkra; ei osaa sanoa; niezdecydowani;"
    " trudno powiedzieć; nerozhodnutí; nerozhodnutí voliči; bizonytalan; nehotărâți; kararsız; kararsızlar;"
    " не визначилися; неопределились; αναποφάσιστοι; 未定; 없음 모름",
    ABSTAIN: "nichtwähler; abstention; abstención; abstenção; astensione; astenuti; stemt niet; sofavelgere;"
    " sofavælgere; ikke stemme; nie głosuję; nevolil by; nem szavazna; oy kullanmayacak",
    LEFT_OUT: "abstand; vorsprung; quelle; écart; avance; ventaja; diferencia; fuente; margen de error; vantagem;"
    " diferença; margem de erro; fonte; scarto; vantaggio; voorsprong; bron; ledelse; forspring; kilde; källa;"
    " marginal; ero; przewaga; źródło; náskok; zdroj; különbség; forrás; diferență; fark; kaynak; auftraggeber;"
    " commanditaire",
}
_EXACT = (
    {plain(word): REST for word in label_words.REST.split(";")}
    | {plain(word): role for role, words in _OTHER_LANGUAGES.items() for word in words.split(";")}
    | {plain(word): role for role, words in _WORDS.items() for word in words.split(";")}
)
_LEAST_BARE = 6
_WITHOUT_ACCENTS = {bare(text): role for text, role in _EXACT.items() if len(bare(text)) >= _LEAST_BARE}
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


_WHOLE_WORDS = (
    "nation; national; nationwide; nation wide; country; whole country; all; total; federal; bund; bundesweit;"
    " national level; france entière; nacional; nazionale; landelijk; hele landet; koko maa; cały kraj; вся страна;"
    " страна; все; по стране; республика; общенациональный; бүкіл ел; ел; республика бойынша"
)
_WHOLE = frozenset(plain(word) for word in _WHOLE_WORDS.split(";"))


def is_whole(area: str) -> bool:
    """Tell whether what stands in place of an area means the whole country, or nothing stands there."""
    return plain(area) in _WHOLE or not plain(area)


def role_of(label: str) -> str | None:
    """Return what a column of polls holds; None where its name says nothing (a contender, perhaps)."""
    text = plain(label)
    if label.strip() in ("№", "#", "%"):
        return LEFT_OUT
    if text in _EXACT:
        return _EXACT[text]
    if bare(text) in _WITHOUT_ACCENTS:
        return _WITHOUT_ACCENTS[bare(text)]
    return next((role for pattern, role in _PHRASES if pattern.search(text)), None) if text else LEFT_OUT


def is_election(house: str) -> bool:
    """Tell whether what stands in place of a house says that the row is an election result."""
    return bool(_ELECTION.match(plain(house)))
