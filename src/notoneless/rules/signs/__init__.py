"""Early signs that a child may be slipping away: plain rules over plain facts, each with its rows.

What is known         ``facts.SignFacts``
Figures of the place  ``thresholds.sign_rules``
Signs of a child      ``signs.signs_of``
Whom to visit first   ``points.standing``
Key-pupil list        ``key_list``
Needs, not labels     ``needs``
How often right       ``accuracy``

Source: R-076 to R-085; decision 8.
"""

from __future__ import annotations
