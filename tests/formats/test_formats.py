"""Exchange formats: counts arrive where they belong, sums are checked, what is hostile is refused in one sentence."""

import json
from pathlib import Path

import pytest

from sailau.records.formats.eml import elected
from sailau.records.results import FaultyResults, read_results
from sailau.terms.errors import InvalidResults, NotFound

EML = """<?xml version="1.0" encoding="UTF-8"?>
<EML Id="510b" SchemaVersion="5" xmlns="urn:oasis:names:tc:evs:schema:eml" xmlns:kr="http://www.kiesraad.nl/extensions">
 <TransactionId>1</TransactionId>
 <Count><EventIdentifier/><Election><ElectionIdentifier Id="GR"/><Contests><Contest>
  <ContestIdentifier Id="geen"/>
  <TotalVotes>
   <Selection><AffiliationIdentifier Id="1"><RegisteredName>Ауыл</RegisteredName></AffiliationIdentifier>
    <ValidVotes>300</ValidVotes></Selection>
   <Selection><Candidate><CandidateIdentifier Id="1"/></Candidate><ValidVotes>200</ValidVotes></Selection>
   <Selection><Candidate><CandidateIdentifier Id="2"/></Candidate><ValidVotes>100</ValidVotes></Selection>
   <Selection><AffiliationIdentifier Id="2"><RegisteredName>Groen, "samen"</RegisteredName></AffiliationIdentifier>
    <ValidVotes>120</ValidVotes></Selection>
   <Cast>900</Cast><TotalCounted>420</TotalCounted>
   <RejectedVotes ReasonCode="blanco">4</RejectedVotes><RejectedVotes ReasonCode="ongeldig">6</RejectedVotes>
   <UncountedVotes ReasonCode="toegelaten kiezers">430</UncountedVotes>
   <UncountedVotes ReasonCode="meer getelde stembiljetten">0</UncountedVotes>
  </TotalVotes>
  %s
 </Contest></Contests></Election></Count></EML>"""
UNIT = """<ReportingUnitVotes><ReportingUnitIdentifier Id="%d">%s</ReportingUnitIdentifier>
   <Selection><AffiliationIdentifier Id="1"><RegisteredName>Ауыл</RegisteredName></AffiliationIdentifier>
    <ValidVotes>%d</ValidVotes></Selection>
   <Selection><AffiliationIdentifier Id="2"><RegisteredName>Groen, "samen"</RegisteredName></AffiliationIdentifier>
    <ValidVotes>%d</ValidVotes></Selection>
   <Cast>%d</Cast><TotalCounted>%d</TotalCounted>
   <RejectedVotes ReasonCode="blanco">2</RejectedVotes><RejectedVotes ReasonCode="ongeldig">3</RejectedVotes>
   <UncountedVotes ReasonCode="toegelaten kiezers">%d</UncountedVotes></ReportingUnitVotes>"""


def written(tmp_path: Path, content: str | bytes, name: str) -> Path:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def units(north: int) -> str:
    first = UNIT % (1, "North", north, 100, 500, north + 100, north + 105)
    return first + UNIT % (2, "South", 100, 20, 400, 120, 125)


def test_eml_of_one_whole(tmp_path: Path) -> None:
    reading = read_results(written(tmp_path, EML % "", "x.eml.xml"))
    ballots = reading.tally.tiers["list"]
    assert ballots.votes == {"nation": {"Ауыл": 300, 'Groen, "samen"': 120}}
    figures = {"registered": 900, "voters": 430, "valid": 420, "invalid": 6, "blank": 4}
    assert ballots.totals == {"nation": figures}
    assert reading.layout.format == "eml"
    assert any("meer getelde stembiljetten" in problem.what for problem in reading.problems)


def test_eml_by_station_is_checked_against_its_total(tmp_path: Path) -> None:
    reading = read_results(written(tmp_path, EML % units(200), "x.xml"))
    assert reading.tally.tiers["list"].votes["North"] == {"Ауыл": 200, 'Groen, "samen"': 100}
    assert set(reading.tally.tiers["list"].votes) == {"North", "South"}
    with pytest.raises(FaultyResults) as error:
        read_results(written(tmp_path, EML % units(201), "x.xml"))
    assert {problem.code for problem in error.value.problems if problem.is_error} == {"E112"}


def test_eml_of_several_districts(tmp_path: Path) -> None:
    contest = (
        "<Contest><ContestIdentifier Id='{0}'><ContestName>District {0}</ContestName></ContestIdentifier><TotalVotes>"
        "<Selection><Candidate><CandidateIdentifier Id='1'><CandidateName>Ann</CandidateName></CandidateIdentifier>"
        "<Affiliation><AffiliationIdentifier><RegisteredName>Reds</RegisteredName></AffiliationIdentifier></Affiliation>"
        "</Candidate><ValidVotes>{1}</ValidVotes></Selection></TotalVotes></Contest>"
    )
    whole = "<EML Id='510'><Count><Election><Contests>" + contest.format(1, 5) + contest.format(2, 7)
    reading = read_results(written(tmp_path, whole + "</Contests></Election></Count></EML>", "x.xml"))
    assert reading.tally.tiers["list"].votes == {"District 1": {"Ann": 5}, "District 2": {"Ann": 7}}
    assert reading.tally.party("Ann") == "Reds"


RESULT = """<EML Id="520"><Result><Election><Contest><ContestIdentifier Id="1"/>
 <Selection><AffiliationIdentifier Id="1"><RegisteredName>Reds</RegisteredName></AffiliationIdentifier></Selection>
 <Selection><Candidate><CandidateFullName><PersonName>Ann B</PersonName></CandidateFullName></Candidate>
  <Elected>yes</Elected></Selection>
 <Selection><Candidate><CandidateFullName><PersonName>Bob C</PersonName></CandidateFullName></Candidate>
  <Elected>no</Elected></Selection></Contest></Election></Result></EML>"""


def test_eml_520_says_who_was_elected_and_is_no_count(tmp_path: Path) -> None:
    assert elected(RESULT.encode(), "x", InvalidResults) == [("1", "Ann B", "Reds")]
    with pytest.raises(InvalidResults, match="EML 520") as error:
        read_results(written(tmp_path, RESULT, "x.xml"))
    assert "510" in str(error.value.hint)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ('<!DOCTYPE x [<!ENTITY a "b">]><EML Id="510"><Count>&a;</Count></EML>', "document type"),
        ('<!DOCTYPE x SYSTEM "file:///etc/passwd"><EML Id="510"/>', "document type"),
        ('<EML Id="510"><Count></EML>', "broken XML"),
        ('<EML Id="510">' + "<a>" * 100 + "</a>" * 100 + "</EML>", "nested too deeply"),
        ('<EML Id="510"><Count/></EML>', "without counts"),
        ('<EML Id="230"/>', "is EML 230"),
    ],
)
def test_hostile_or_empty_eml_is_refused(tmp_path: Path, content: str, fault: str) -> None:
    with pytest.raises(InvalidResults, match=fault):
        read_results(written(tmp_path, content, "x.xml"))


def text(words: str) -> dict[str, object]:
    return {"@type": "ElectionResults.InternationalizedText", "Text": [{"Language": "en", "Content": words}]}


def report(counts: list[dict[str, object]], *, name: str = "Governor") -> dict[str, object]:
    selection = {
        "@type": "ElectionResults.CandidateSelection",
        "@id": "s1",
        "CandidateIds": ["c1"],
        "VoteCounts": counts,
    }
    return {
        "@type": "ElectionResults.ElectionReport",
        "GpUnit": [
            {"@id": "state", "Name": text("State"), "ComposingGpUnitIds": ["n", "s"]},
            {"@id": "n", "Name": text("North"), "ComposingGpUnitIds": ["n1", "n2"]},
            {"@id": "s", "Name": text("South")},
            {"@id": "n1", "Name": text("North 1")},
            {"@id": "n2", "Name": text("North 2")},
        ],
        "Party": [{"@id": "p1", "Name": text("Reds")}],
        "Election": [{
            "Candidate": [{"@id": "c1", "BallotName": text("Ann"), "PartyId": "p1"}],
            "Contest": [{"@type": "ElectionResults.CandidateContest", "@id": "k", "Name": name,
                         "ElectionDistrictId": "state", "ContestSelection": [selection]}],
        }],
    }  # fmt: skip


def count(unit: str, n: int, kind: str = "total") -> dict[str, object]:
    return {"@type": "ElectionResults.VoteCounts", "Type": kind, "Count": n, "GpUnitId": unit}


def test_nist_counts_the_smallest_units_once(tmp_path: Path) -> None:
    counts = [
        count("state", 12),
        count("n", 7),
        count("n1", 4),
        count("n2", 3),
        count("s", 5),
        count("s", 2, "absentee"),
    ]
    path = written(tmp_path, json.dumps(report(counts)), "x.json")
    reading = read_results(path)
    assert reading.tally.tiers["list"].votes == {"North 1": {"Ann": 4}, "North 2": {"Ann": 3}, "South": {"Ann": 5}}
    assert reading.tally.party("Ann") == "Reds"
    assert any("North add up smaller units" in problem.what for problem in reading.problems)
    wrong = [count("state", 13), *counts[1:]]
    with pytest.raises(FaultyResults, match="add up to 12, the total is 13"):
        read_results(written(tmp_path, json.dumps(report(wrong)), "x.json"))


def test_nist_adds_up_modes_where_no_total_is_given(tmp_path: Path) -> None:
    counts = [count("s", 5, "election-day"), count("s", 2, "absentee")]
    reading = read_results(written(tmp_path, json.dumps(report(counts)), "x.json"))
    assert reading.tally.tiers["list"].votes == {"nation": {"Ann": 7}}
    assert any("were added up" in problem.what for problem in reading.problems)


def test_nist_contests_are_sheets_and_numbered_ones_districts(tmp_path: Path) -> None:
    one, two = (report([count("state", n)], name=f"House {k}") for k, n in ((1, 5), (2, 9)))
    one["Election"][0]["Contest"] += two["Election"][0]["Contest"]  # type: ignore[index]
    one["Election"][0]["Contest"] += report([count("state", 4)], name="Mayor")["Election"][0]["Contest"]  # type: ignore[index]
    path = written(tmp_path, json.dumps(one), "x.json")
    assert read_results(path, sheet="House #").tally.tiers["list"].votes == {
        "House 1": {"Ann": 5},
        "House 2": {"Ann": 9},
    }
    assert read_results(path, sheet="Mayor").tally.tiers["list"].votes == {"nation": {"Ann": 4}}
    with pytest.raises(InvalidResults, match="no part called") as error:
        read_results(path, sheet="Senate")
    assert "'Mayor'" in str(error.value.hint)


def test_nist_as_xml(tmp_path: Path) -> None:
    content = """<ElectionReport xmlns="http://itl.nist.gov/ns/voting/1500-100/v2"
      xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
      <Election><Candidate ObjectId="c1"><BallotName><Text Language="en">Ann</Text></BallotName><PartyId>p1</PartyId>
      </Candidate><Contest ObjectId="k" xsi:type="CandidateContest"><ElectionDistrictId>u1</ElectionDistrictId>
      <Name>Mayor</Name><ContestSelection ObjectId="s" xsi:type="CandidateSelection">
      <VoteCounts><GpUnitId>u1</GpUnitId><Type>total</Type><Count>41</Count></VoteCounts>
      <CandidateIds>c1</CandidateIds></ContestSelection></Contest></Election>
      <GpUnit ObjectId="u1"><Name><Text>Town</Text></Name></GpUnit>
      <Party ObjectId="p1"><Name><Text Language="en">Reds</Text></Name></Party></ElectionReport>"""
    reading = read_results(written(tmp_path, content, "x.xml"))
    assert reading.tally.tiers["list"].votes == {"nation": {"Ann": 41}}
    assert reading.tally.party("Ann") == "Reds"


NIST_ONE = """<?xml version="1.0" encoding="UTF-8"?>
<ElectionReport xmlns="NIST_V0_election_results_reporting.xsd" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <Format>summary-contest</Format>
  <GpUnitCollection>
    <GpUnit objectId="ru1" xsi:type="ReportingUnit"><ComposingGpUnitIds>ru2 ru3</ComposingGpUnitIds><Name>Land</Name>
      <Type>state</Type></GpUnit>
    <GpUnit objectId="ru2" xsi:type="ReportingUnit"><Name>North</Name><Type>county</Type></GpUnit>
    <GpUnit objectId="ru3" xsi:type="ReportingUnit"><Name>South</Name><Type>county</Type></GpUnit>
  </GpUnitCollection>
  <PartyCollection>
    <Party objectId="par1"><Name><Text language="en">Reds</Text></Name></Party>
    <Party objectId="par2"><Name><Text language="en">Blues</Text></Name></Party>
  </PartyCollection>
  <Election>
    <CandidateCollection>
      <Candidate objectId="can1"><BallotName><Text language="en">Ann</Text></BallotName><PartyId>par1</PartyId>
      </Candidate>
      <Candidate objectId="can2"><BallotName><Text language="en">Bob</Text></BallotName><PartyId>par2</PartyId>
      </Candidate>
    </CandidateCollection>
    <ContestCollection>
      <Contest objectId="con1" xsi:type="CandidateContest">
        BALLOTS
        <ElectoralDistrictId>ru1</ElectoralDistrictId><Name>Governor</Name>
      </Contest>
    </ContestCollection>
  </Election>
</ElectionReport>"""


def ballot_selection(who: str, *counts: tuple[str, str, str]) -> str:
    """Return a selection of version 1 with counts as (unit, type, count)."""
    found = "".join(
        f"<VoteCounts><GpUnitId>{unit}</GpUnitId><Type>{kind.partition(':')[0]}</Type>"
        + (f"<OtherType>{kind.partition(':')[2]}</OtherType>" if ":" in kind else "")
        + f"<Count>{n}</Count></VoteCounts>"
        for unit, kind, n in counts
    )
    return (
        f'<BallotSelection objectId="cs{who}" xsi:type="CandidateSelection"><VoteCountsCollection>{found}'
        f"</VoteCountsCollection><CandidateIds>{who}</CandidateIds></BallotSelection>"
    )


def test_nist_of_version_one_has_collections_and_percentages_are_no_votes(tmp_path: Path) -> None:
    ann = ballot_selection(
        "can1", ("ru1", "total", "30.0"), ("ru2", "total", "20.0"), ("ru3", "total", "10.0"),
        ("ru1", "other:total-percent", "60.0"),
    )  # fmt: skip
    bob = ballot_selection("can2", ("ru1", "total", "20"), ("ru2", "total", "5"), ("ru3", "total", "15"))
    reading = read_results(written(tmp_path, NIST_ONE.replace("BALLOTS", ann + bob), "x.xml"))
    assert reading.tally.tiers["list"].votes == {"North": {"Ann": 20, "Bob": 5}, "South": {"Ann": 10, "Bob": 15}}
    assert reading.tally.party("Bob") == "Blues" and reading.layout.format == "nist"
    counts = (("ru1", "total", "4"), ("ru2", "total", "3"), ("ru3", "total", "1"))
    written_in = ballot_selection("nobody", *counts).replace("</Ballot", "<IsWriteIn>true</IsWriteIn></Ballot")
    reading = read_results(written(tmp_path, NIST_ONE.replace("BALLOTS", ann + written_in), "x.xml"))
    assert reading.tally.tiers["list"].votes["North"] == {"Ann": 20, "write-in": 3}
    only = ballot_selection("can1", ("ru1", "other:total-percent", "60.0"))
    with pytest.raises(FaultyResults, match="without counts of votes"):
        read_results(written(tmp_path, NIST_ONE.replace("BALLOTS", only), "x.xml"))


DUTCH = """<EML xmlns="urn:oasis:names:tc:evs:schema:eml" xmlns:kr="http://www.kiesraad.nl/extensions" Id="510b"
 SchemaVersion="5"><kr:Schema Version="1.3"/><TransactionId>1</TransactionId><ManagingAuthority><AuthorityIdentifier
 Id="0014">Stad</AuthorityIdentifier></ManagingAuthority><Count><kr:Phase PhaseCode="eerste zitting"/><EventIdentifier/>
 <Election><ElectionIdentifier Id="GR2022_Stad"><ElectionName>Raad</ElectionName><ElectionCategory>GR</ElectionCategory>
 </ElectionIdentifier><Contests><Contest><ContestIdentifier Id="geen"/>PARTS</Contest></Contests></Election></Count>
</EML>
"""


def dutch(part: str, label: str, lists: dict[str, tuple[int, ...]]) -> str:
    """Return votes as a Dutch count has them: each list, then its candidates by their numbers."""
    found = "".join(
        f'<Selection><AffiliationIdentifier Id="{k}"><RegisteredName>{name}</RegisteredName></AffiliationIdentifier>'
        f"<ValidVotes>{sum(votes)}</ValidVotes></Selection>"
        + "".join(
            f'<Selection><Candidate><CandidateIdentifier Id="{i}"/></Candidate><ValidVotes>{n}</ValidVotes></Selection>'
            for i, n in enumerate(votes, 1)
        )
        for k, (name, votes) in enumerate(lists.items(), 1)
    )
    total = sum(map(sum, lists.values()))
    rest = (
        f"<Cast>{2 * total}</Cast><TotalCounted>{total}</TotalCounted>"
        '<RejectedVotes ReasonCode="blanco">1</RejectedVotes><RejectedVotes ReasonCode="ongeldig">2</RejectedVotes>'
        f'<UncountedVotes ReasonCode="toegelaten kiezers">{total + 3}</UncountedVotes>'
        '<UncountedVotes ReasonCode="meer getelde stembiljetten">0</UncountedVotes>'
    )
    return f"<{part}>{label}{found}{rest}</{part}>"


def test_a_dutch_count_is_read_by_station_and_candidates_do_not_count_twice(tmp_path: Path) -> None:
    stations = {"Bureau A": {"D66": (5, 3), "P.v.d.A.": (4, 0)}, "Bureau B": {"D66": (1, 1), "P.v.d.A.": (2, 7)}}
    units = "".join(
        dutch("ReportingUnitVotes", f'<ReportingUnitIdentifier Id="0014::SB{k}">{n}</ReportingUnitIdentifier>', lists)
        for k, (n, lists) in enumerate(stations.items(), 1)
    )
    whole = dutch("TotalVotes", "", {"D66": (6, 4), "P.v.d.A.": (6, 7)})
    whole = whole.replace(">1<", ">2<").replace('"ongeldig">2<', '"ongeldig">4<').replace(">26<", ">29<")
    reading = read_results(written(tmp_path, DUTCH.replace("PARTS", whole + units), "x.eml.xml"))
    ballots = reading.tally.tiers["list"]
    assert {area: dict(votes) for area, votes in ballots.votes.items()} == {
        "Bureau A": {"D66": 8, "P.v.d.A.": 4},
        "Bureau B": {"D66": 2, "P.v.d.A.": 9},
    }
    assert ballots.totals["Bureau A"] == {"registered": 24, "voters": 15, "valid": 12, "invalid": 2, "blank": 1}
    assert any("meer getelde stembiljetten" in problem.what for problem in reading.problems)


CLEA = (
    "ctr_n,yr,mn,cst_n,cst,mag,pty_n,pty,can,pev1,vot1,vv1,ivv1,cv1,pv1,seat\n"
    "X,2015,5,North,1,3,Reds,1,-990,1000,800,790,10,-990,500,2\n"
    "X,2015,5,North,1,3,Blues,2,-990,1000,800,790,10,-990,290,1\n"
    "X,2015,5,South,2,1,Reds,1,Ann,700,-990,300,-990,200,200,1\n"
    "X,2015,5,South,2,1,Blues,2,Bob,700,-990,300,-990,100,100,0\n"
    "X,2019,5,South,2,1,Blues,2,Bob,700,-990,300,-990,100,100,0\n"
)


def test_clea_is_known_by_its_columns(tmp_path: Path) -> None:
    path = written(tmp_path, CLEA, "clea.csv")
    reading = read_results(path, where={"yr": "2015"})
    ballots = reading.tally.tiers["list"]
    assert ballots.votes["North"] == {"Reds": 500, "Blues": 290}
    assert ballots.votes["South"] == {"Ann": 200, "Bob": 100}
    assert ballots.totals["North"] == {"registered": 1000, "voters": 800, "valid": 790, "invalid": 10}
    assert ballots.totals["South"] == {"registered": 700, "valid": 300}
    codes = {problem.code for problem in reading.problems}
    assert {"W204", "W214"} <= codes
    with pytest.raises(InvalidResults, match="holds 2 values"):
        read_results(path)
    with pytest.raises(InvalidResults, match="no row has yr=1999") as error:
        read_results(path, where={"yr": "1999"})
    assert "2015, 2019" in str(error.value.hint)
    with pytest.raises(NotFound, match="cst_n"):
        read_results(path, where={"cst_nn": "North"})


def test_a_missing_code_where_votes_are_is_no_count(tmp_path: Path) -> None:
    path = written(tmp_path, CLEA.replace("-990,500", "-990,-994"), "clea.csv")
    with pytest.raises(FaultyResults) as error:
        read_results(path, where={"yr": "2015"})
    assert {problem.code for problem in error.value.problems if problem.is_error} == {"E102"}


def test_medsl_and_openelections_are_known_by_their_columns(tmp_path: Path) -> None:
    medsl = (
        "year,state,office,district,candidate,party_detailed,candidatevotes,totalvotes\n"
        "2018,OHIO,US HOUSE,1,ANN,REDS,60,100\n2018,OHIO,US HOUSE,1,BOB,BLUES,40,100\n"
        "2018,OHIO,US SENATE,,CID,REDS,70,70\n"
    )
    reading = read_results(written(tmp_path, medsl, "medsl.csv"), where={"office": "us house"})
    assert reading.tally.tiers["US HOUSE"].votes["1"] == {"ANN": 60, "BOB": 40}
    oe = "county,precinct,office,district,party,candidate,votes\nA,1,Mayor,,Reds,Ann,5\nA,2,Mayor,,Reds,Ann,6\n"
    reading = read_results(written(tmp_path, oe, "oe.csv"))
    assert sum(votes["Ann"] for votes in reading.tally.tiers["Mayor"].votes.values()) == 11


def test_a_map_of_ones_own_is_saved_and_used(tmp_path: Path) -> None:
    from sailau.records.formats.maps import as_map

    first = written(tmp_path, "Район;Список;Подано;Ещё\nA;Х;5;9\nA;У;7;9\n", "one.csv")
    with pytest.raises(InvalidResults, match="could be it"):
        read_results(first)
    own = written(tmp_path, "map: own\ncolumns: {Район: district, Список: party, Подано: votes}\n", "own.yaml")
    reading = read_results(first, using=own)
    assert reading.tally.tiers["list"].votes == {"A": {"Х": 5, "У": 7}}
    again = written(tmp_path, as_map(reading.layout, "again"), "again.yaml")
    plain = written(tmp_path, "district;party;votes\nB;Х;1\n", "two.csv")
    assert read_results(plain, using=again).tally.tiers["list"].votes == {"B": {"Х": 1}}
    with pytest.raises(InvalidResults, match="lacks the column"):
        read_results(plain, using=own)
    with pytest.raises(NotFound, match="clea"):
        read_results(plain, using="cleo")


def test_records_and_parquet(tmp_path: Path) -> None:
    import duckdb

    rows = [{"district": "D", "party": "A", "votes": 2**60}, {"district": "D", "party": "B", "votes": 7}]
    for content in (
        json.dumps(rows),
        json.dumps({"schema": "x", "rows": rows, "notes": []}),
        "\n".join(json.dumps(row) for row in rows),
    ):
        reading = read_results(written(tmp_path, content, "x.json"))
        assert reading.tally.tiers["list"].votes == {"D": {"A": 2**60, "B": 7}}
    path = tmp_path / "x.parquet"
    duckdb.sql(
        f"copy (select 'D' as district, 'A' as party, {2**60}::bigint as votes union all select 'D', 'B', 7)"
        f" to '{path}' (format parquet)"
    )
    assert read_results(path).tally.tiers["list"].votes == {"D": {"A": 2**60, "B": 7}}


def test_a_fault_in_records_has_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, '[{"party": "A", "votes": 3},\n {"party": "B", "votes": 1.5}]', "x.json")
    with pytest.raises(FaultyResults) as error:
        read_results(path)
    assert [(p.code, p.place.line) for p in error.value.problems] == [("E104", 2)]


def test_twenty_thousand_columns_are_read_whole(tmp_path: Path) -> None:
    head = ",".join(["district", *(f"P{i}" for i in range(20_000))])
    body = "\n".join(",".join([f"D{d}", *(str(i % 97) for i in range(20_000))]) for d in range(2))
    reading = read_results(written(tmp_path, f"{head}\n{body}\n", "wide.csv"))
    assert len(reading.tally.tiers["list"].votes["D1"]) == 20_000
    assert reading.tally.tiers["list"].votes["D1"]["P19999"] == 19999 % 97
