"""Power: what seats are worth, alone and together."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sailau.power.coalitions import connected as connected
    from sailau.power.coalitions import distance_to_relevance as distance_to_relevance
    from sailau.power.coalitions import minimal_winning as minimal_winning
    from sailau.power.coalitions import minimum_size as minimum_size
    from sailau.power.games import Game as Game
    from sailau.power.indices import banzhaf as banzhaf
    from sailau.power.indices import deegan_packel as deegan_packel
    from sailau.power.indices import holler as holler
    from sailau.power.indices import passage as passage
    from sailau.power.indices import shapley_shubik as shapley_shubik
    from sailau.power.unions import owen as owen

_WHERE = {
    "Game": "games",
    "banzhaf": "indices",
    "connected": "coalitions",
    "deegan_packel": "indices",
    "distance_to_relevance": "coalitions",
    "holler": "indices",
    "minimal_winning": "coalitions",
    "minimum_size": "coalitions",
    "owen": "unions",
    "passage": "indices",
    "shapley_shubik": "indices",
}
__all__ = sorted(_WHERE)  # the list and the table cannot drift apart


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module 'sailau.power' has no attribute {name!r}")
    value = getattr(import_module(f"sailau.power.{_WHERE[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
