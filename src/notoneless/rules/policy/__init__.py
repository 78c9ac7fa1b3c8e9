"""Policy as data: packs, floors, and the stack that makes one place's policy of them.

Read a pack        ``reading.read_pack(text, file) -> Pack``; ``pack.PackError.faults`` names
                   file, line, key, stable code and sentence of every mistake
Write a pack       ``writing.pack_text(pack)``; ``writing.edited(text, heading=, rules=)`` keeps
                   comments and order; ``reading.read_local_pack`` also asks the law
Shipped packs      ``shipped.shipped_packs() -> {id: Pack}``, ``shipped.national_pack()``
What may be set    ``parameters.PARAMETERS`` (type, units, values, family, labels, suggestion),
                   ``parameters.FAMILIES`` (which line of command decides)
Adopt              ``adoption.Layer(place, rank, line, pack, from_on, to_on, own, without)``,
                   ``adoption.OwnValue``, ``adoption.own_faults`` to check a form,
                   ``adoption.Release`` for the legal instrument of a money rule
Floors             ``floors.breaches(rules, floors) -> [Breach]`` to refuse an adoption
Resolve            ``resolve.resolve(layers, on, floors=, releases=) -> ResolvedPolicy``;
                   ``resolve.PolicyConflict.clashes`` names both adoptions
Ask                ``policy.duration(key)``, ``count``, ``number``, ``flag``, ``choice``, ``items``,
                   ``months``, ``rows``, ``operator``, ``is_met(key, figure)``,
                   ``is_share_met(key, count, base)``, ``is_on(key)``; a hole raises
                   ``resolved.PolicyHole(key, why)``
What is open       ``policy.to_be_entered``, ``switched_off``, ``below_floor``
Keep               ``policy.digest``, ``to_json()``, ``ResolvedPolicy.from_json(text)``
In words           ``words.in_words(rule, language) -> RuleWords``, ``words.label``

To store an own value use ``wire.to_wire`` and ``wire.from_wire``: decimals stay exact.
"""

from __future__ import annotations
