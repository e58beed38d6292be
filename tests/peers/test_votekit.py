"""Albany, California: every quota, every total to the sixth decimal, and who was elected, as the county counted."""

from __future__ import annotations

from tests.peers import votekit
from tests.peers.shared import copy_of


def test_every_stage_of_albany() -> None:
    copy = copy_of("VoteKit", *votekit.BALLOTS.parts)
    made, (quotas, states) = votekit.counted(copy), votekit.asserted(copy)
    assert [stage.votes(stage.quota) for stage in made.stages] == quotas
    assert len(states) == len(made.stages) == 4
    for stage, state in zip(made.stages, states, strict=True):
        assert {name: stage.votes(stage.totals[name]) for name in state} == state
    assert made.elected == ("JOHN ANTHONY MIKI", "ROBIN D  LOPEZ")
