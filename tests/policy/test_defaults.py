"""Figures of the product's own: they hold everywhere, and the nearest place changes them."""

from __future__ import annotations

from datetime import date

import pytest

from notoneless.policy.queries.inforce import policy_for
from notoneless.policy.queries.stack import PRODUCT
from notoneless.policy.services.adoptions import NewAdoption, adopt
from notoneless.rules.policy.adoption import OwnValue
from notoneless.rules.policy.measures import Operator
from tests.policy.desk import give_packs
from tests.world import TODAY, Village


@pytest.mark.req("R-302")
def test_early_signs_have_figures_where_nobody_adopted_any(village: Village):
    policy = policy_for(village.units["primary"].pk, on=TODAY)

    assert policy.duration("sign_run_days").length == 3
    assert policy.rules["sign_run_days"].origin.place == PRODUCT


@pytest.mark.req("R-302")
def test_a_county_adopts_the_pack_to_change_a_figure(village: Village):
    give_packs(village)
    own = OwnValue(2, "县文第 7 号", "school_days", Operator.AT_LEAST)
    new = NewAdoption(
        unit_id=village.units["bureau"].pk,
        pack_id="signs/2026",
        from_on=date(2026, 11, 20),
        values={"sign_run_days": own},
    )
    adopt(new, today=TODAY, stamp=village.stamp("lu"))

    policy = policy_for(village.units["primary"].pk, on=TODAY)

    assert policy.duration("sign_run_days").length == 2
    assert policy.duration("sign_term_days_first").length == 5
