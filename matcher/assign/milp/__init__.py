"""Plans of networks that no tree holds, by `scipy.optimize.milp` (HiGHS), and bounds for them.

`choose_plan` finds the plan (`choose`: place after place; `climb`: one place), `bound_names` says
how much better another could be (`bounds`). Underneath: a network as rows over its pairs (`form`),
HiGHS's two calls (`highs`), the linear program of many pairs (`relaxed`), of two places at once
(`ahead`), duals in whole numbers (`whole`), the places of the tuple (`places`).
"""

from matcher.assign.improve import Impossible
from matcher.assign.milp.bounds import SEARCHED, bound_names
from matcher.assign.milp.choose import Chosen, Claim, choose_plan
from matcher.assign.milp.climb import NoAnswer

__all__ = ["SEARCHED", "Chosen", "Claim", "Impossible", "NoAnswer", "bound_names", "choose_plan"]
