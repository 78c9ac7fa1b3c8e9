"""The round of the sealer: every county, until nothing is left over."""

from __future__ import annotations

import logging
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError

from notoneless.journal.queries import counties
from notoneless.journal.services import seal
from notoneless.journal.services.sealing import BATCH
from notoneless.journal.services.turns import let_others_write

log = logging.getLogger(__name__)


def seal_all(now: datetime, *, thorough: bool = False) -> list[UUID]:
    """Seal every county's entries; answers the counties whose chain refused to go on.

    Those are logged, and the others are sealed all the same: ``verify_journal`` says what
    is wrong with them. ``thorough``: see ``journal.services.seal``.
    """
    stuck = []
    for county_id in counties():
        try:
            while seal(county_id, now=now, limit=BATCH, thorough=thorough) == BATCH:
                let_others_write()
        except IntegrityError:
            log.exception("the journal of county %s cannot be sealed", county_id)
            stuck.append(county_id)
    return stuck
