"""Every election of the archive, counted again under the law of its day."""

import pytest

from sailau.records.library import election_ids, load_election
from sailau.runs.replay import replay


@pytest.mark.parametrize("name", election_ids())
def test_replay(name: str) -> None:
    election = load_election(name)
    seen = replay(election)
    if election.inexact is not None:
        assert seen.question is None, str(seen.question)
        assert any(note.startswith("Not exact:") for note in election.notes), "the cause is missing"
        assert election.inexact_in.keys() == {"kk", "ru"}, "the cause is missing in Kazakh or Russian"
        moved = seen.moved  # a failing assertion would write the whole replay
        assert moved == election.inexact, "another number of seats differs than the record says"
        assert moved > 0, "the record says that it is not exact, but it is: take that out"
        return
    if not election.official:
        assert seen.question is None, str(seen.question)
        return
    why = [f"{d.tier}, {d.area}: {d.contender} {d.counted}, official {d.official}" for d in seen.differences]
    assert seen.question is None, str(seen.question)
    assert not why, "\n".join([*why, *(seen.result.explain(d.contender) for d in seen.differences if seen.result)])
    assert seen.compared > 0
