"""Who sits: the persons that votes of candidates give, against those who were elected."""

from sailau.records.library import load_election
from sailau.runs.replay import replay

ELECTED = {
    "cssd": {"copik_jan"},
    "kscm": {"kulhava_zdenka"},
    "vpm": {"hable_petr", "maur_vilem", "hladik_jiri", "prouza_radek", "petruzelkova_marie", "nemecek_jan"},
    "nm": {"slama_jiri", "zahourkova_marketa", "paarova_sona"},
    "kdu_csl": {"hylsky_josef", "neumann_petr", "dostal_pavel"},
    "ods": {"hovorka_libor", "kupkova_irena", "slavik_milan", "jarolimek_miroslav"},
    "vc": {"tymel_jiri", "prouza_martin", "balcarova_jana"},
}
"""Of the council of Nové Město nad Metují, 2018."""


def test_the_members_of_a_czech_council_of_2018() -> None:
    """One sits by its place (dostal_pavel), below ten per cent over the average; others jumped from far behind."""
    result = replay(load_election("cz/obecni_zastupitelstva/2018-10-05")).result
    assert result is not None
    (part,) = result.counts["councils"].areas.values()
    assert {line: set(names) for line, names in part.persons.items()} == ELECTED
