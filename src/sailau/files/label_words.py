"""Words over columns and beside rows, language by language: what they say the cells hold.

Accents and case do not matter. English, Russian and Kazakh have phrases besides, in `sailau.files.labels`.
"""

from __future__ import annotations

from collections.abc import Mapping

TIER, DISTRICT, CONTENDER, PARTY, VOTES, TOTAL = "tier", "district", "contender", "party", "votes", "total"
TURNOUT, PERCENT, LEFT_OUT, OTHER, NAME = "turnout", "percent", "left_out", "other_figure", "name"
FIGURES = ("registered", "voters", "ballots", "valid", "invalid", "blank", "against_all")
"""Figures of an area that a file may give, as columns or as rows."""

STATION, AREA = "station", "area"
"""A polling station, and an area above it: told apart only where a file gives stations."""

_ENGLISH = {
    TIER: "tier; level; contest; office; ballot type",
    DISTRICT: "district; constituency; area; region; unit; precinct; polling station; polling district; county;"
    " municipality; municipality name; muni; muni name; pref name; prefecture name;"
    " province; state; ward; electoral district; electoral area; district name; area name; region name;"
    " constituency name; province name; state name; county name; riding; electorate name; division name; pc name;"
    " ac name; state ut; seat name; electoral district name; electoral area name; ward name; precinct name",
    NAME: "name; names",
    CONTENDER: "contender; candidate; candidates; candidate name; full name; cand name",
    PARTY: "party; parties; list; lists; party list; political party; party name; name of party; bloc; alliance;"
    " item; line",
    VOTES: "votes; vote; candidatevotes; candidate votes; number of votes; votes received; votes for;"
    " party votes; party vote; list votes; valid party votes;"
    " vote count; count; result; results; ticket num; tickets",
    TOTAL: "total; totals; sum; subtotal; sub total; grand total; total votes; totalvotes; overall",
    "against_all": "against all; against all candidates; against all parties; none of the above; nota",
    "blank": "blank; blank votes; blank ballots; blank papers",
    "invalid": "invalid; invalid votes; invalid ballots; spoiled; spoilt; spoiled ballots; spoilt ballots; rejected;"
    " rejected ballots; rejected votes; void; informal; informal votes; spoilt papers",
    "registered": "registered; registered voters; electorate; electors; eligible voters; enrolled; registered electors;"
    " on the register; on roll; roll; total electors; total electorate",
    "voters": "voters; voted; number of voters; participated; turned out; voters who voted",
    TURNOUT: "turnout",
    "ballots": "ballots; ballots cast; votes cast; cast; ballots counted; ballots found; total ballots;"
    " ballots in the box; ballots in boxes; ballots in box; polled; total polled; votes polled;"
    " polled votes",
    "valid": "valid; valid votes; valid ballots; total valid; total valid votes; formal votes",
    PERCENT: "percent; percents; percentage; share; vote share; share of votes; pct; proportion",
    LEFT_OUT: "no; nr; n; number; rank; id; code; list no; list number; year; date; seat; seats; mandates;"
    " elected; winner; swing; change; source; note; notes; comment; remarks; url; link; district seats; magnitude;"
    " party code; abstentions; abstention; sex; gender; age; symbol; category; occupation; residence; majority; pc no;"
    " ac no; population; inhabitants; electoral district number; district number; constituency number;"
    " candidate residence; candidate occupation",
}
_RUSSIAN = {
    TIER: "уровень; вид выборов; тип округа",
    DISTRICT: "округ; район; область; регион; участок; избирательный округ; одномандатный округ; территория; город;"
    " единица; избирательный участок; уик; тик; наименование округа; наименование региона; название округа;"
    " номер округа; № округа; номер участка; № участка;"
    " субъект; субъект рф; субъект российской федерации; муниципалитет; муниципальное образование",
    NAME: "наименование; название",
    CONTENDER: "кандидат; кандидаты; фио; имя; фамилия; фамилия имя отчество; претендент",
    PARTY: "партия; партии; список; списки; политическая партия; партийный список; название партии;"
    " наименование партии; политические партии; избирательное объединение; блок; строка",
    VOTES: "голоса; голосов; число голосов; количество голосов; кол во голосов; получено голосов; подано голосов;"
    " голосов за; результат",
    TOTAL: "итого; всего; сумма; итог; всего голосов; итого голосов; общий итог; общее число голосов",
    "against_all": "против всех; против всех кандидатов; против всех партий; против всех списков",
    "blank": "пустые; пустые бюллетени; незаполненные; незаполненные бюллетени",
    "invalid": "недействительные; недействительных; недействительные бюллетени; недействительные голоса; испорченные;"
    " испорченные бюллетени",
    "registered": "избиратели; избирателей; число избирателей; количество избирателей; всего избирателей;"
    " зарегистрировано; зарегистрированные избиратели; зарегистрировано избирателей; внесено в списки;"
    " включено в списки; включено избирателей; число избирателей включенных в список",
    "voters": "проголосовало; проголосовали; проголосовавшие; приняли участие; приняло участие; участвовало;"
    " участвовали; приняли участие в голосовании; приняло участие в голосовании; число проголосовавших;"
    " получили бюллетени; получило бюллетени; выдано избирательных бюллетеней; число выданных бюллетеней;"
    " количество выданных бюллетеней; число бюллетеней выданных избирателям;"
    " число избирательных бюллетеней выданных избирателям; число избирателей принявших участие в выборах",
    TURNOUT: "явка; явка избирателей",
    "ballots": "бюллетени; бюллетеней; число бюллетеней; всего бюллетеней; бюллетеней в ящиках; бюллетеней в урнах;"
    " найдено бюллетеней; обнаружено бюллетеней",
    "valid": "действительные; действительных; действительные бюллетени; действительные голоса",
    PERCENT: "процент; проценты; доля; доля голосов; в процентах",
    LEFT_OUT: "№ п п; п п; номер; код; год; дата; место; мандат; мандаты; мандатов; избран; источник; примечание;"
    " примечания; комментарий; изменение",
}
_KAZAKH = {
    TIER: "деңгей; сайлау түрі",
    DISTRICT: "аудан; облыс; өңір; аймақ; учаске; сайлау округі; сайлау учаскесі; қала; аумақ; округ атауы;"
    " облыс атауы; өңір атауы; округ №; учаске №",
    NAME: "атауы; аты",
    CONTENDER: "үміткер; үміткерлер; кандидаттар; аты жөні; тегі аты әкесінің аты",
    PARTY: "саяси партия; саяси партиялар; партиялар; тізім; партиялық тізім; партия атауы; партияның атауы",
    VOTES: "дауыс; дауыстар; дауыс саны; дауыстар саны; алған дауысы; алған дауыс саны; жинаған дауысы;"
    " берілген дауыс саны; нәтиже",
    TOTAL: "барлығы; жалпы; жиыны; барлық дауыс; жалпы саны; жалпы дауыс саны; қорытынды",
    "against_all": "бәріне қарсы; барлығына қарсы; барлығына қарсымын; бәріне қарсымын",
    "blank": "бос; бос бюллетеньдер; толтырылмаған; толтырылмаған бюллетеньдер",
    "invalid": "жарамсыз; жарамсыз бюллетеньдер; жарамсыз дауыстар; жарамсыз деп танылған бюллетеньдер",
    "registered": "сайлаушылар; сайлаушылар саны; тіркелген сайлаушылар; тізімдегі сайлаушылар;"
    " тізімге енгізілген сайлаушылар",
    "voters": "дауыс бергендер; дауыс берді; қатысқандар; қатысты; дауыс беруге қатысқандар",
    TURNOUT: "қатысу; келу; сайлаушылардың келуі; сайлаушылардың қатысуы",
    "ballots": "бюллетеньдер; бюллетеньдер саны; урнадағы бюллетеньдер",
    "valid": "жарамды; жарамды бюллетеньдер; жарамды дауыстар",
    PERCENT: "пайыз; пайызы; үлес; үлесі; дауыс үлесі",
    LEFT_OUT: "като; реттік нөмірі; р с; р с №; жыл; күні; орын; орындар; мандаттар; дереккөз; ескерту; нөмірі; коды",
}
_UKRAINIAN = {
    DISTRICT: "виборчий округ; регіон; назва округу; номер округу",
    PARTY: "партія; партії; назва партії; політична партія; список партії",
    CONTENDER: "кандидати; піб",
    VOTES: "голосів; кількість голосів; число голосів; голоси",
    "registered": "виборці; виборців; кількість виборців; внесено до списків",
    "voters": "взяли участь; проголосувало; взяли участь у голосуванні",
    "invalid": "недійсні; недійсних; недійсні бюлетені",
    "valid": "дійсні; дійсних",
    TOTAL: "усього; загалом; усього голосів",
    PERCENT: "відсоток; відсотків; частка",
}
_BULGARIAN = {
    DISTRICT: "многомандатен избирателен район; избирателен район; район име; община",
    PARTY: "партия коалиция; партии и коалиции; листа; кандидатска листа",
    VOTES: "гласове; брой гласове; действителни гласове за листата",
    "registered": "избиратели по списък; избиратели в списъка; брой избиратели",
    "voters": "гласували; гласували избиратели; брой гласували",
    "invalid": "недействителни; недействителни гласове; недействителни бюлетини",
    "valid": "действителни; действителни гласове; общо действителни",
    "against_all": "не подкрепям никого",
    TOTAL: "общо; всичко",
}
_GERMAN = {
    NAME: "bezeichnung",
    DISTRICT: "wahlkreis; wahlkreise; wahlkreisname; bundesland; regionalwahlkreis; landeswahlkreis; gebiet;"
    " gebietsname; bezirk; kanton; gemeinde name; stimmkreis; region",
    CONTENDER: "kandidat; kandidatin; kandidaten; kandidierende; bewerber; wahlbewerber; direktkandidat",
    PARTY: "partei; parteien; parteiname; liste; listen; wahlvorschlag; gruppe; gruppenname; parteibezeichnung",
    VOTES: "stimmen; stimmenzahl; parteistimmen; zweitstimmen; anzahl stimmen; anzahl; erststimmen",
    TOTAL: "gesamt; insgesamt; summe; total stimmen; gesamtstimmen",
    "blank": "leere; leere stimmzettel; leere stimmen",
    "invalid": "nulle; ungultige; ungultige stimmen; ungultige stimmzettel",
    "valid": "gultige; gultige stimmen; gultige stimmzettel",
    "ballots": "abgegebene stimmzettel; abgegebene stimmen; abgegebene; eingegangene stimmzettel",
    "registered": "wahlberechtigte; stimmberechtigte; wahlberechtigt",
    "voters": "wahler; wahlerinnen und wahler; wahlende; wahlerinnen; wahlende wahlerinnen",
    TURNOUT: "wahlbeteiligung; stimmbeteiligung; beteiligung",
    PERCENT: "prozent; anteil; stimmenanteil; parteistarke",
    LEFT_OUT: "nummer; jahr; datum; sitze; mandate; gewahlt; quelle; bemerkung; anmerkung; parteikurzel; differenz",
    STATION: "wahlbezirk; wahllokal",
    AREA: "land; kreis; gemeinde",
}
_FRENCH = {
    DISTRICT: "circonscription; circonscriptions; libelle de la circonscription; libelle du departement;"
    " departement name; region name; collectivite; circonscription electorale; arrondissement",
    NAME: "nom; noms",
    CONTENDER: "candidat; candidats; nom du candidat; nom et prenom; nom candidat; nom complet",
    PARTY: "parti; partis; liste; nuance; nuances; nuance liste; libelle de la liste; nom de la liste; formation;"
    " nuance candidat; etiquette; libelle abrege liste; libelle etendu liste; libelle de liste",
    VOTES: "voix; nombre de voix; suffrages; nombre de suffrages; suffrages obtenus; voix obtenues",
    TOTAL: "totaux; total des voix",
    "blank": "blancs; bulletins blancs; votes blancs",
    "invalid": "nuls; bulletins nuls; votes nuls; blancs et nuls",
    "valid": "exprimes; suffrages exprimes; suffrages valables; bulletins valables; votes valables",
    "ballots": "bulletins; bulletins deposes; bulletins dans l urne",
    "registered": "inscrits; electeurs inscrits; electeurs; nombre d inscrits",
    "voters": "votants; nombre de votants",
    TURNOUT: "participation; taux de participation",
    PERCENT: "pourcentage; part; pour cent",
    LEFT_OUT: "numero; annee; sieges; siege; elu; elus; remarque; sexe; prenom; prenom candidat; code departement;"
    " nom tete de liste; tete de liste",
    STATION: "bureau; bureau de vote",
    AREA: "departement; dept; commune; canton",
}
_SPANISH = {
    NAME: "nombre",
    DISTRICT: "circunscripcion; circunscripciones; circunscripcion electoral; nombre de provincia; departamento;"
    " distrito electoral; region electoral; nombre de comunidad; entidad; distrito federal",
    CONTENDER: "candidato; candidata; candidatos; nombre del candidato",
    PARTY: "partido; partidos; partido politico; lista; candidatura; candidaturas; siglas; agrupacion; lema;"
    " nombre del partido; organizacion politica; coalicion",
    VOTES: "cantidad; votos; numero de votos; total votos; votacion; cantidad de votos; votos obtenidos;"
    " sufragios obtenidos",
    TOTAL: "votos a candidaturas; total general; total de votos; suma",
    "blank": "en blanco; votos en blanco; blancos; votos blancos",
    "invalid": "nulos; votos nulos; anulados; votos anulados; votos invalidos; nulos y blancos",
    "valid": "validos; votos validos; total votos validos; votos validamente emitidos",
    "ballots": "sufragios; votos emitidos; total votos emitidos; papeletas",
    "registered": "censo; censo electoral; electores; inscritos; habilitados; total censo electoral; lista nominal;"
    " padron; electores habilitados; electores inscritos; total censo;"
    " inscritos habilitados; personas habilitadas; padron electoral; listado nominal; empadronados;"
    " ciudadanos habilitados; potencial electoral; total habilitados; inscritos en padron",
    "voters": "votantes; total votantes; numero de votantes;"
    " sufragantes; total sufragantes; votaron; votos totales emitidos; participantes; electores que votaron;"
    " personas que votaron; ciudadanos que votaron",
    TURNOUT: "participacion; participacion ciudadana",
    PERCENT: "porcentaje; proporcion; por ciento",
    LEFT_OUT: "numero; año; fecha; escanos; diputados; curules; bancas; electo; fuente; observaciones; poblacion;"
    " codigo; abstencion; numero de mesas",
    STATION: "mesa; seccion; casilla;"
    " numero de mesa; no mesa; nro mesa; numero mesa; junta receptora; jrv; acta; mesa de votacion",
    AREA: "provincia; municipio; distrito; estado; comuna; canton",
}
_PORTUGUESE = {
    NAME: "nome",
    DISTRICT: "circulo; circulo eleitoral; uf; sg uf; nm ue; zona eleitoral; nome do distrito; unidade da federacao",
    PARTY: "sigla; sg partido; nm partido; partido coligacao; nome do partido; coligacao; forca politica; legenda",
    VOTES: "quantidade de votos; qt votos; qt votos nominais; qt votos nominais validos; qt votos legenda validos;"
    " votos nominais; votos apurados; votos totais do partido; n de votos",
    TOTAL: "soma; total de votos apurados",
    "blank": "brancos; em branco; votos em branco; votos brancos",
    "valid": "votos validamente expressos; validos",
    "registered": "eleitores; eleitores inscritos; inscritos nos cadernos; eleitorado; aptos",
    "voters": "eleitores votantes; comparecimento; numero de votantes",
    TURNOUT: "afluencia; participacao",
    PERCENT: "percentagem; porcentagem",
    LEFT_OUT: "mandatos; ano eleicao; nr turno; nr partido; deputados; eleitos; data; fonte; cadeiras",
    STATION: "secao; seccao",
    AREA: "concelho; freguesia; comarca; nm municipio; cd municipio",
}
_ITALIAN = {
    NAME: "denominazione",
    DISTRICT: "circoscrizione; collegio; collegio plurinominale; collegio uninominale; ripartizione; comprensorio",
    CONTENDER: "candidato uninominale; cognome e nome; nominativo",
    PARTY: "partito; partiti; lista; liste; descrizione lista; descr lista; desc lista; coalizione; contrassegno;"
    " nome lista",
    VOTES: "voti; numero voti; num voti; voti lista; numero di voti; voti di lista; cifra elettorale",
    TOTAL: "totale; totali; totale voti; complesso",
    "blank": "schede bianche; sk bianche; bianche; voti bianchi",
    "invalid": "voti nulli; schede nulle; nulle; schede non valide",
    "valid": "voti validi; totale voti validi; validi",
    "registered": "elettori; iscritti; elettori iscritti; elettori tot",
    "voters": "votanti; numero votanti; votanti tot",
    TURNOUT: "affluenza",
    PERCENT: "percentuale; quota",
    LEFT_OUT: "seggi; eletto; eletti; anno; fonte; codice",
    STATION: "sezione",
    AREA: "comune; regione",
}
_DUTCH = {
    NAME: "naam",
    DISTRICT: "kieskring; kieskringen; gemeente; gebied; regio; regionaam; kieskringnaam; provincie; gemeentenaam",
    CONTENDER: "kandidaat; kandidaten",
    PARTY: "partij; partijen; lijst; lijsten; partijnaam; lijstnaam; politieke groepering; aanduiding",
    VOTES: "stemmen; aantal stemmen; stemaantal; aantalstemmen; stemcijfer",
    TOTAL: "totaal; totaal stemmen",
    "blank": "blanco; blanco stemmen",
    "invalid": "ongeldig; ongeldige stemmen",
    "valid": "geldig; geldige stemmen; totaal geldige stemmen",
    "registered": "kiesgerechtigden; kiesgerechtigd; oproepingen; ingeschreven",
    "voters": "opgekomen kiezers; toegelaten kiezers; kiezers",
    TURNOUT: "opkomst",
    PERCENT: "percentage stemmen; aandeel",
    LEFT_OUT: "zetels; gekozen; jaar; datum; lijstnummer; bron; restzetels",
    STATION: "stembureau",
}
_NORWEGIAN_DANISH_SWEDISH = {
    NAME: "navn; namn",
    DISTRICT: "valgdistrikt; valgkrets; kretsnavn; fylke; fylkenavn; kommune; kommunenavn; krets; storkreds;"
    " storkredsnavn; opstillingskreds; kreds; kredsnavn; landsdel; valgsted; valkrets; valkretsnamn; kommun; län;"
    " lansnamn; riksdagsvalkrets; distrikt; valdistrikt; valgdistriktsnavn; omrade",
    CONTENDER: "kandidat; kandidatnavn; kandidatnamn",
    PARTY: "parti; partinavn; partinamn; partier; liste; listenavn; partibeteckning; partibogstav og navn",
    VOTES: "stemmer; antall stemmer; antall stemmer totalt; stemmer totalt; stemmetal; antal stemmer; partistemmer;"
    " roster; antal roster; rosttal; stemmer i alt; listestemmer",
    TOTAL: "i alt; totalt; sum stemmer; total antal; summa; samtlige; hele landet; stemmer tilsammen",
    "blank": "blanke; blanke stemmer; blanke stemmesedler; blanka; blanka roster",
    "invalid": "ugyldige; ugyldige stemmer; forkastede; forkastede stemmesedler; ogiltiga; ogiltiga roster",
    "valid": "gyldige; gyldige stemmer; giltiga; giltiga roster; godkjente; godkjente stemmer",
    "ballots": "afgivne stemmer; avgitte stemmer; avgivna roster; afgivne stemmesedler",
    "registered": "stemmeberettigede; stemmeberettigete; antall stemberettigede; stemberettigede; rostberattigade;"
    " vaelgere; velgere; antal rostberattigade; vaelgertal",
    "voters": "frammotte; fremmotte; antall fremmotte; rostande; antal rostande",
    TURNOUT: "valdeltagande; valgdeltakelse; stemmeprocent; frammote; valgdeltagelse",
    PERCENT: "prosent; procent; andel; oppslutning prosentvis; oppslutning; stemmeandel; rostandel",
    LEFT_OUT: "partikode; fylkenummer; kommunenummer; kretsnummer; mandater; antall mandater; år; dato; kilde;"
    " antall utjevningsmandater; antall forhandsstemmer; antall valgtingstemmer; mandat; forkortning; partiforkortning;"
    " partibogstav; storkredsnr; kredsnr",
    STATION: "valglokale; vallokal; stemmekrets",
}
_FINNISH_ESTONIAN = {
    NAME: "nimi",
    DISTRICT: "vaalipiiri; alue; kunta; maakunta; vaalipiirin nimi; valimisringkond; ringkond; maakond; piirkond",
    CONTENDER: "ehdokas; ehdokkaat; kandidaat",
    PARTY: "puolue; puolueet; ryhma; puolueen nimi; erakond; nimekiri; erakonna nimi; valimisliit",
    VOTES: "aania; aanet; aanimaara; haali; haaled; haalte arv; aanet yhteensa; haali kokku",
    TOTAL: "yhteensa; kokku; kaikki",
    "invalid": "mitattomat; mitattomia; kehtetud; rikutud; mitattomat aanet; kehtetuid sedeleid",
    "valid": "hyvaksytyt; hyvaksytyt aanet; kehtivad; kehtivaid haali",
    "registered": "aanioikeutetut; aanioikeutettuja; valijaid; valijate arv; nimekirjas",
    "voters": "aanestaneet; aanestaneita; haaletanuid; haaletanud; haaletajaid",
    TURNOUT: "aanestysprosentti; aanestysaktiivisuus; osavott; valimisaktiivsus",
    PERCENT: "prosenttia; osuus; protsent; osakaal; aaniosuus",
    LEFT_OUT: "paikat; paikkoja; vuosi; mandaadid; aasta; numero; kood",
}
_ICELANDIC = {
    DISTRICT: "kjordæmi; kjordaemi",
    PARTY: "listi; flokkur; stjornmalaflokkur; frambod; stjornmalasamtok; bokstafur",
    VOTES: "atkvæði; atkvaedi; fjoldi atkvæða; greidd atkvæði lista",
    TOTAL: "samtals",
    "blank": "auðir; auðir seðlar; audir",
    "invalid": "ogildir; ogildir seðlar; ogild",
    "valid": "gild; gild atkvæði",
    "registered": "a kjorskra; kjosendur a kjorskra",
    "voters": "kjosendur; greidd atkvæði",
    TURNOUT: "kjorsokn",
    PERCENT: "hlutfall; prosenta",
    LEFT_OUT: "þingsæti; þingmenn",
}
_POLISH = {
    NAME: "nazwa",
    DISTRICT: "okreg; okreg wyborczy; numer okregu; nr okregu; nazwa okregu; wojewodztwo; gmina; powiat; obwod;"
    " siedziba okregu; okregowa komisja wyborcza",
    CONTENDER: "kandydat; kandydaci; nazwisko i imiona; imie i nazwisko",
    PARTY: "komitet; komitet wyborczy; nazwa komitetu; partia; lista wyborcza; nazwa listy; komitety; ugrupowanie",
    VOTES: "glosy; liczba glosow; glosow; liczba oddanych glosow",
    TOTAL: "ogolem; suma; lacznie; razem glosow",
    "invalid": "niewazne; glosy niewazne; liczba glosow niewaznych; glosow niewaznych; liczba kart niewaznych",
    "valid": "wazne; glosy wazne; liczba glosow waznych; glosow waznych",
    "ballots": "karty wyjete; liczba kart wyjetych z urny; karty wazne; liczba kart waznych",
    "registered": "uprawnieni; liczba uprawnionych; liczba wyborcow uprawnionych do glosowania; liczba wyborcow;"
    " wyborcy uprawnieni; uprawnionych",
    "voters": "glosujacy; liczba glosujacych",
    TURNOUT: "frekwencja",
    PERCENT: "procent glosow; odsetek; udzial",
    LEFT_OUT: "mandaty; liczba mandatow; rok; zrodlo; uwagi; numer listy; nr listy",
    STATION: "numer obwodu; nr obwodu",
}
_CZECH_SLOVAK = {
    NAME: "nazev; nazov",
    DISTRICT: "kraj; volebni kraj; volebny kraj; volebny obvod; volebni obvod; okres; obec; nazev kraje; nazov kraja;"
    " uzemny obvod",
    CONTENDER: "kandidati; jmeno; meno; prijmeni a jmeno",
    PARTY: "strana; strany; politicka strana; volebni strana; nazev strany; nazov strany; subjekt; politicky subjekt;"
    " kandidatni listina; nazov politickeho subjektu; hnuti",
    VOTES: "hlasy; pocet hlasu; pocet hlasov; hlasu; hlasov; platne hlasy strany; pocet platnych hlasov",
    TOTAL: "celkem; celkom; soucet; sucet",
    "invalid": "neplatne; neplatne hlasy; neplatnych hlasov",
    "valid": "platne; platne hlasy; platnych hlasov; pocet platnych hlasu",
    "ballots": "odevzdane obalky; odovzdane obalky",
    "registered": "zapsani volici; volici v seznamu; zapisani volici; pocet zapisanych volicov; volicu v seznamu;"
    " opravneni volici; pocet opravnenych volicov",
    "voters": "vydane obalky; zucastneni volici; pocet zucastnenych volicov; hlasujici",
    TURNOUT: "ucast; volebni ucast; volebna ucast",
    PERCENT: "procento; procenta; percento; percenta; podil; podiel; podiel hlasov",
    LEFT_OUT: "mandat pocet; pocet mandatu; pocet mandatov; rok; cislo; cislo strany; poznamka",
    STATION: "okrsek; okrsok",
}
_HUNGARIAN_ROMANIAN = {
    DISTRICT: "valasztokerulet; varmegye; megye; egyeni valasztokerulet; oevk; telepules; localitate; circumscriptie;"
    " circumscriptia; circumscriptie electorala; judet; judetul; colegiu; colegiul",
    CONTENDER: "jelolt; jeloltek; jelolt neve; candidati; nume candidat; candidatul",
    PARTY: "párt; lista neve; jelolo szervezet; partlista; partid; partide; partidul; denumire partid; competitor;"
    " competitor electoral; formatiune politica; concurent electoral",
    VOTES: "szavazat; szavazatok; szavazatok szama; szavazatszam; kapott szavazatok; voturi; numar de voturi;"
    " numar voturi; voturi obtinute; voturi valabil exprimate lista",
    TOTAL: "osszesen; osszes; mindosszesen; total voturi",
    "invalid": "ervenytelen; ervenytelen szavazatok; voturi nule; nule; buletine nule",
    "valid": "ervenyes; ervenyes szavazatok; voturi valabile; voturi valabil exprimate; valabil exprimate",
    "registered": "valasztopolgarok; nevjegyzekben szereplok; alegatori inscrisi; alegatori; alegatori in liste",
    "voters": "megjelentek; szavazok; szavazokent megjelent; alegatori prezenti; votanti prezenti; prezenti la urne",
    TURNOUT: "reszvetel; reszveteli arany; prezenta; prezenta la vot",
    PERCENT: "szazalek; arany; procentaj; procente; pondere",
    LEFT_OUT: "mandatumok; mandatum; év; sorszam; mandate; numar; nr crt",
    STATION: "szavazokor; sectie; sectie de votare",
}
_SOUTH_SLAVIC = {
    DISTRICT: "izborna jedinica; izborna enota; volilna enota; volilni okraj; opstina; opcina; okrug; zupanija;"
    " izborni okrug; enota; изборна јединица; општина; изборна единица",
    CONTENDER: "kandidat ime; kandidatkinja; ime i prezime; ime in priimek",
    PARTY: "stranka; stranke; izborna lista; lista kandidata; naziv liste; naziv stranke; politicka stranka;"
    " izborna lista naziv; изборна листа; странка; назив листе; партија",
    VOTES: "glasovi; glasova; broj glasova; glasov; stevilo glasov; dobijeni glasovi; гласови; број гласова; гласова",
    TOTAL: "ukupno; skupaj; svega; укупно; вкупно",
    "invalid": "nevazeci; nevazeci listici; nevazecih; neveljavne; neveljavne glasovnice; neveljavnih;"
    " неважећи; неважећи листићи; неважечки;"
    " broj nevazecih listica; broj nevazecih glasackih listica; nevazeci glasacki listici;"
    " број неважећих листића; број неважећих гласачких листића; неважећи гласачки листићи;"
    " неважећих; неважечки ливчиња",
    "valid": "vazeci; vazeci listici; vazecih; veljavne; veljavne glasovnice; veljavnih; важећи; важећи листићи;"
    " broj vazecih listica; broj vazecih glasackih listica; vazeci glasacki listici; broj vazecih glasova;"
    " број важећих листића; број важећих гласачких листића; важећи гласачки листићи; важећих; важечки; важечки ливчиња",
    "registered": "upisani biraci; biraci; broj biraca; volilni upravicenci; birata upisano; upisanih biraca;"
    " уписани бирачи; бирачи; број бирача;"
    " broj upisanih biraca; upisano biraca; broj biraca upisanih u biracki spisak; ukupno biraca;"
    " број уписаних бирача; уписано бирача; уписаних бирача; број бирача уписаних у бирачки списак; укупно бирача;"
    " запишани избирачи; вкупно избирачи",
    "voters": "izaslo; glasalo; glasovalo; izaslih biraca; udelezba volivcev; oddane glasovnice; изашло; гласало;"
    " broj biraca koji su glasali; broj biraca koji su izasli; glasalo biraca; izaslo biraca; glasali; pristupilo;"
    " број бирача који су гласали; број бирача који су изашли; гласали; гласало бирача; број изашлих бирача;"
    " broj izaslih biraca; гласале",
    TURNOUT: "izlaznost; odziv; udelezba; излазност",
    PERCENT: "postotak; procenat; odstotek; delez; проценат",
    LEFT_OUT: "mandati; broj mandata; godina; redni broj; leto; stevilo mandatov; мандати; редни број",
    STATION: "biracko mjesto; biracko mesto; volisce; бирачко место;"
    " broj birackog mesta; redni broj birackog mesta; naziv birackog mesta; glasacko mesto;"
    " број бирачког места; назив бирачког места; гласачко место; избирачко место",
    "ballots": "listici u kutiji; broj listica u kutiji; листићи у кутији; број листића у кутији;"
    " broj glasackih listica u glasackoj kutiji; број гласачких листића у гласачкој кутији",
}
_BALTIC = {
    DISTRICT: "velesanu apgabals; apgabals; novads; apygarda; rinkimu apygarda; savivaldybe; apylinke",
    CONTENDER: "kandidats; kandidatas; kandidatai",
    PARTY: "saraksts; partija; partijas; kandidatu saraksts; sarasas; partija sarasas; politine partija;"
    " partijos pavadinimas",
    VOTES: "balsis; balsu skaits; nodotas balsis; balsai; balsu skaicius; gauta balsu; derigas zimes",
    TOTAL: "kopa; is viso; viso",
    "invalid": "nederigas; nederigas zimes; negaliojantys; negaliojanciu",
    "valid": "derigas; galiojantys; galiojanciu",
    "registered": "velesanas; balsstiesigie; veletaju skaits; rinkejai; rinkeju skaicius; rinkeju",
    "voters": "nobalsojusi; balsojusi; dalyvavo; dalyvavo rinkeju; balsavo",
    TURNOUT: "veletaju aktivitate; aktivitate; aktyvumas",
    PERCENT: "procenti; procentai; dalis",
    LEFT_OUT: "vietas; mandatai; gads; metai",
}
_GREEK = {
    DISTRICT: "εκλογική περιφέρεια; περιφέρεια; νομός; δήμος; επαρχία; περιφερειακή ενότητα",
    CONTENDER: "υποψήφιος; υποψήφιοι",
    PARTY: "κόμμα; κόμματα; συνδυασμός; συνδυασμοί; παράταξη",
    VOTES: "ψήφοι; ψήφους; αριθμός ψήφων; έλαβε",
    TOTAL: "σύνολο",
    "blank": "λευκά",
    "invalid": "άκυρα; άκυρα λευκά",
    "valid": "έγκυρα; έγκυρες ψήφοι",
    "registered": "εγγεγραμμένοι",
    "voters": "ψηφίσαντες; ψήφισαν",
    TURNOUT: "συμμετοχή",
    PERCENT: "ποσοστό",
    LEFT_OUT: "έδρες; έτος",
}
_TURKISH = {
    DISTRICT: "secim cevresi; secim cevresi adi; il adi; bolge; ilce adi; il; sehir; vilayet; secim bolgesi",
    CONTENDER: "aday; adaylar; aday adi",
    PARTY: "partiler; parti adi; siyasi parti; ittifak",
    VOTES: "oy; oylar; oy sayisi; aldigi oy; aldigi oy sayisi",
    TOTAL: "toplam; genel toplam",
    "invalid": "gecersiz oy; gecersiz; gecersiz oy sayisi;"
    " gecersiz oy toplami; gecersiz oylar; toplam gecersiz oy; itirazsiz gecersiz oy",
    "valid": "gecerli oy; gecerli; gecerli oy sayisi; toplam gecerli oy;"
    " gecerli oy toplami; gecerli oylar; toplam gecerli oy sayisi",
    "registered": "secmen; kayitli secmen; kayitli secmen sayisi; secmen sayisi;"
    " toplam secmen; toplam secmen sayisi; sandik secmen sayisi",
    "voters": "oy kullanan; oy kullanan secmen; oy kullanan secmen sayisi;"
    " oy kullanan kisi sayisi; toplam oy kullanan; kullanilan oy; kullanilan oy sayisi; kullanilan toplam oy",
    TURNOUT: "katilim; katilim orani",
    PERCENT: "yuzde; oran; oy orani",
    LEFT_OUT: "milletvekili; milletvekili sayisi; yil; sira",
    STATION: "sandik; sandik no; sandik numarasi; sandik no su",
    AREA: "ilce; ilçe; mahalle; muhtarlik; ilce secim kurulu",
}
_EAST_ASIAN = {
    DISTRICT: "選挙区; 選挙区名; 小選挙区; ブロック; 比例区; 都道府県; 選區; 選舉區; 選區名稱; 縣市;"
    " 선거구; 선거구명; 시도; 选区; 选举区",
    CONTENDER: "候補者; 候補者名; 氏名; 候選人; 姓名; 후보자; 후보; 성명; 候选人",
    PARTY: "政党; 党派; 政党名; 政黨; 政黨名稱; 推薦政黨; 정당; 정당명",
    VOTES: "得票; 得票数; 得票數; 票數; 票数; 득표; 득표수; 투표수 득표",
    TOTAL: "合計; 計; 総計; 總計; 合计; 합계; 계",
    "invalid": "無効; 無効票; 無效票; 無效票數; 무효; 무효투표수; 无效票",
    "valid": "有効; 有効投票数; 有效票; 有效票數; 유효투표수; 有效票数",
    "registered": "有権者数; 有権者; 選舉人數; 선거인수; 选民",
    "voters": "投票者数; 投票數; 投票人數; 투표수; 投票人数",
    TURNOUT: "投票率; 투표율",
    PERCENT: "得票率; 득표율",
    LEFT_OUT: "議席; 議席数; 当選; 當選; 席次; 당선; 의석; 番号; 號次; 기호",
}
_MALAY_INDONESIAN = {
    DISTRICT: "daerah pemilihan; dapil; bahagian pilihan raya; parlimen; kawasan; provinsi; kabupaten",
    CONTENDER: "calon; nama calon",
    PARTY: "parti politik; partai; partai politik; nama partai",
    VOTES: "suara; jumlah suara; undi; jumlah undi; suara sah partai; bilangan undi; majoriti undi",
    TOTAL: "jumlah; jumlah akhir",
    "invalid": "suara tidak sah; undi rosak; undi ditolak",
    "valid": "suara sah; undi sah",
    "registered": "pemilih terdaftar; pemilih berdaftar; pengundi berdaftar",
    "voters": "keluar mengundi; pengguna hak pilih",
    PERCENT: "persentase; peratus; peratusan",
    LEFT_OUT: "kursi; kerusi; tahun",
}
_GEORGIAN_ARMENIAN_HEBREW = {
    DISTRICT: "ოლქი; საარჩევნო ოლქი; მუნიციპალიტეტი; ընտրատարածք; մարզ; ישוב; שם ישוב;"
    " მაჟორიტარული ოლქი; რაიონი; რეგიონი; ოლქის ნომერი; ოლქის დასახელება; համայնք",
    PARTY: "პარტია; საარჩევნო სუბიექტი; կուսակցություն; מפלגה; רשימה; שם רשימה",
    VOTES: "ხმები; ხმების რაოდენობა; ձայներ; קולות; מספר קולות",
    "invalid": "ბათილი; անվավեր; פסולים;"
    " ბათილი ბიულეტენები; ბათილი ბიულეტენების რაოდენობა; გაბათილებული;"
    " ბათილად ცნობილი ბიულეტენები; անվավեր քվեաթերթիկներ",
    "valid": "ნამდვილი; կשרים; כשרים;"
    " ნამდვილი ბიულეტენები; ნამდვილი ბიულეტენების რაოდენობა; ნამდვილი ხმები; վավեր; վավեր քվեաթերթիկներ",
    "registered": "ამომრჩევლები; בזב; בעלי זכות בחירה;"
    " ამომრჩეველთა რაოდენობა; ამომრჩეველთა საერთო რაოდენობა; ამომრჩეველი; ამომრჩეველთა სია;"
    " რეგისტრირებული ამომრჩევლები;"
    " ընտրողների թիվը; ընտրողների ընդհանուր թիվը; ընտրողներ",
    "voters": "მონაწილეობა მიიღო; מצביעים;"
    " მონაწილეთა რაოდენობა; მონაწილეები; მოსული ამომრჩევლები; არჩევნებში მონაწილეთა რაოდენობა; ხელმოწერების რაოდენობა;"
    " არჩევნებში მიიღო მონაწილეობა; მონაწილე; քվեարկության մասնակիցներ; մասնակիցների թիվը; քվեարկածներ",
    TOTAL: "სულ; ընդամենը; סהכ; סה כ; סך הכל; סך הכול",
    PERCENT: "პროცენტი; տոկոս; אחוז",
    TURNOUT: "აქტივობა; მონაწილეობა; մասնակցություն",
    CONTENDER: "კანდიდატი; թեկնածու",
}
_TURKIC_AND_ARABIC = {
    DISTRICT: "шайлоо округу; облус; saylov okrugi; okrug; viloyat; tuman; seçki dairəsi; dairə; rayon; الدائرة; دائرة;"
    " المحافظة; الولاية",
    PARTY: "саясий партия; партиялар; siyosiy partiya; partiya; siyasi partiya; حزب; الحزب; القائمة",
    CONTENDER: "талапкер; nomzod; namizəd; مرشح; المرشح",
    VOTES: "добуштар; добуш саны; ovozlar; ovozlar soni; səslər; səs sayı; səslərin sayı; أصوات; الأصوات; عدد الأصوات",
    TOTAL: "бардыгы; жалпысынан; jami; cəmi; yekun; المجموع; مجموع; الإجمالي",
    "registered": "шайлоочулар; шайлоочулардын саны; saylovchilar; saylovchilar soni; seçicilər; seçicilərin sayı;"
    " الناخبون المسجلون; عدد الناخبين المسجلين; المسجلون",
    "voters": "добуш бергендер; катышкандар; ovoz berganlar; ishtirok etganlar; səs verənlər; iştirak edənlər;"
    " المصوتون; عدد المصوتين; المقترعون; عدد المقترعين",
    "valid": "жарактуу; жарактуу бюллетендер; haqiqiy; haqiqiy byulletenlar; etibarlı; etibarlı bülletenlər;"
    " الأصوات الصحيحة; أوراق صحيحة; الأصوات المصرح بها",
    "invalid": "жараксыз; жараксыз бюллетендер; haqiqiy emas; haqiqiy emas byulletenlar; etibarsız;"
    " etibarsız bülletenlər; الأصوات الباطلة; أوراق باطلة; الأوراق الملغاة",
    PERCENT: "foiz; faiz; نسبة; النسبة",
    TURNOUT: "نسبة المشاركة; iştirak faizi",
}
_STATIONS = {
    STATION: "station; precinct; uik; уик; номер уик; № уик; участок; номер участка; избирательный участок; дільниця;"
    " учаске; сайлау учаскесі; учаске №; booth; ballot box; polling place; polling station;"
    " polling station code; polling station number; polling station id; polling station no; station code; station id;"
    " station number; ps code; precinct code; precinct number; precinct id;"
    " секция; номер на секция; избирателна секция;"
    " უბანი; საარჩევნო უბანი; biraliste; бирачко место; εκλογικό τμήμα; 투표소; 投票所; קלפי; tps;"
    " საარჩევნო უბნის ნომერი; უბნის ნომერი; უბანი №; տեղամաս; ընտրական տեղամաս; местораспоред; шайлоо участкасы;"
    " saylov uchastkasi; uchastka; secim menteqesi; mentəqə; seçki məntəqəsi; مركز الاقتراع; مكتب التصويت",
    AREA: "zona; commission; tik; тик; oik; оик; область; округ; громада; settlement; city; town; locality",
    "voters": "выдано бюллетеней; выдано; получили бюллетени; issued; ballots issued; ballots given out;"
    " бюллетень алғандар; берілген бюллетеньдер",
}
"""What these say where every row is a station."""

REST = (
    "others; other; oth; all other candidates; other candidates; all other parties; all other;"
    " other parties; others total; other lists; all others; rest; minor parties; другие; прочие;"
    " иные;"
    " остальные; другие партии; прочие партии; басқалар; басқа; өзгелер; басқа партиялар; інші; інші партії; други;"
    " ostali;"
    " ostale; остали; sonstige; andere; andere parteien; übrige; autres; autres partis; divers; autres listes; otros;"
    " otros partidos; resto; outros; outros partidos; altri; altre liste; altri partiti; overige; overigen; overig;"
    " overige partijen; anderen; andre; andre partier; øvrige; övriga; övriga partier; muut; muut puolueet; teised;"
    " aðrir;"
    " inni; inne; pozostałe; pozostali; ostatní; ostatné; ostatní strany; egyéb; egyéb pártok; alții; altele;"
    " alte partide;"
    " diğer; diğerleri; diğer partiler; λοιποί; λοιπά; その他; 기타; 其他;"
    " lainnya; lain lain; citi; kiti; אחרים; სხვა; այլ"
)
"""Names of a line that stands for several lists."""

_RESULTS = (
    _ENGLISH, _RUSSIAN, _KAZAKH, _UKRAINIAN, _BULGARIAN, _GERMAN, _FRENCH, _SPANISH, _PORTUGUESE, _ITALIAN, _DUTCH,
    _NORWEGIAN_DANISH_SWEDISH, _FINNISH_ESTONIAN, _ICELANDIC, _POLISH, _CZECH_SLOVAK, _HUNGARIAN_ROMANIAN,
    _SOUTH_SLAVIC, _BALTIC, _GREEK, _TURKISH, _EAST_ASIAN, _MALAY_INDONESIAN, _GEORGIAN_ARMENIAN_HEBREW,
    _TURKIC_AND_ARABIC,
)  # fmt: skip


def of_results() -> list[tuple[str, str]]:
    """Return words over tables of results and the role of each, the first language that has a word before others."""
    return _pairs({STATION: DISTRICT, AREA: DISTRICT}, _RESULTS)


def of_stations() -> list[tuple[str, str]]:
    """Return words that mean something else, or only mean something, where every row is a polling station."""
    return _pairs({}, [{role: words for role, words in t.items() if role in (STATION, AREA)} for t in _RESULTS]) + (
        _pairs({}, [_STATIONS])
    )


def _pairs(as_: Mapping[str, str], tables: list[dict[str, str]] | tuple[dict[str, str], ...]) -> list[tuple[str, str]]:
    return [
        (word.strip(), as_.get(role, role))
        for table in tables
        for role, words in table.items()
        for word in words.split(";")
    ]
