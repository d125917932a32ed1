"""What befalls a whole stack is drawn by its seed, and takes the stack down once at most."""

from __future__ import annotations

from ordeal.schedule import Blow, by_lot

DOWN = {Blow.SUPERVISOR, Blow.POWER}


def test_the_same_seed_draws_the_same_blows_and_sixty_seeds_every_one() -> None:
    assert by_lot(7, 3) == by_lot(7, 3)
    assert {each.blow for seed in range(1, 61) for each in by_lot(seed, 3)} == set(Blow)


def test_a_stack_goes_down_once_at_most() -> None:
    assert max(sum(each.blow in DOWN for each in by_lot(seed, 4)) for seed in range(1, 61)) == 1
    assert not any(each.blow in DOWN for seed in range(1, 61, 2) for each in by_lot(seed, 4))
