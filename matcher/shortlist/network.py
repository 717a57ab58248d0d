"""What the solver of interview lists sees: people, lists under a tree of ceilings, and the pairs
that may stand on a list.

A plan of lists marks pairs, each at most once. It keeps: at each node of the tree at most its
ceiling; for each person at most `load_max` lists, and at most one on each interview day. Of all
such plans the best one has, first things first,

1. the most waiting people on a list,
2. the most people on at least `load_min` lists,
3. the fullest lists, evenly: the most seats with one person listed, then with two, and so on,
4. the greatest sum of scores,
5. the most even load: the least sum of squares of the people's numbers of lists,
6. the greatest sum of lottery tickets, so that it is the only one.
"""

from __future__ import annotations

from dataclasses import dataclass

from matcher.assign.network import Divided, Tree
from matcher.problem import Flags, Numbers


@dataclass(frozen=True)
class ListNetwork:
    """`person` and `opening` are the two ends of each pair that may be listed, sorted by both;
    `score` (0 or more, below 2³⁰) and `ticket` (below 2⁴⁰) are theirs.

    `tree` holds the openings (a ceiling is how many may still be listed) under the hosts' quotas;
    where sets are `divided`, the tree alone does not keep their ceilings. By opening: `seats` (1
    or more), `taken` the people listed there beforehand, `day` the interview's day (any number;
    negative: none known, so no clash). By person: `waiting`, `held` the lists they stand on
    beforehand (those of one day with them are not among the pairs), `load_min` and `load_max`, in
    which what is held counts. A unit of a list, the k-th person on it with those taken counted
    in, belongs to level ⌈k / seats⌉ of the third aim.
    """

    tree: Tree
    person: Numbers
    opening: Numbers
    score: Numbers
    ticket: Numbers
    seats: Numbers
    taken: Numbers
    day: Numbers
    waiting: Flags
    held: Numbers
    load_min: Numbers
    load_max: Numbers
    divided: tuple[Divided, ...] = ()
