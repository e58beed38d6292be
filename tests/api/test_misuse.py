"""What a newcomer types wrong at the library: swapped arguments, ids instead of elections; and what dir() shows."""

import pytest

import sailau as sl


def test_swapped_votes_and_seats_are_told() -> None:
    with pytest.raises(sl.SailauError, match="no votes by contender") as caught:
        sl.largest_remainder(10, {"A": 5})  # type: ignore[arg-type]
    assert "votes first, then seats: a mapping such as {'A': 100, 'B': 50}" in str(caught.value)


@pytest.mark.parametrize("call", [sl.replay, lambda name: sl.what_if(name, {"list.threshold.share": "7%"})])
def test_an_id_is_no_election(call) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(sl.SailauError, match="is no election") as caught:
        call("kz/mazhilis/2023-03-19")
    assert "sl.load_election(ID)" in str(caught.value)


def test_the_room_of_power_lists_what_it_has() -> None:
    assert set(dir(sl.power)) >= {"banzhaf", "shapley_shubik", "owen", "minimal_winning"}
