"""The steps that a law can be made of, by the word that a law file uses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sailau.seats.allocate import Allocate
from sailau.seats.appoint import Appoint
from sailau.seats.compensate import Compensate
from sailau.seats.distribute import Distribute
from sailau.seats.elect import Elect
from sailau.seats.eligible import Eligible
from sailau.seats.fill import Fill
from sailau.seats.guarantee import Guarantee
from sailau.seats.pool import Pool
from sailau.seats.share_out import ShareOut
from sailau.seats.threshold import Threshold

STEPS: Mapping[str, type[Any]] = {
    step.name: step
    for step in (Eligible, Pool, ShareOut, Threshold, Guarantee, Allocate, Compensate, Distribute, Elect, Appoint, Fill)
}
