from __future__ import annotations

from django.urls import path

from notoneless.web.policy import (
    adopting,
    comparing,
    drafting,
    proposing,
    reading,
    releasing,
    whatif,
)

urlpatterns = [
    path("", reading.here, name="policy"),
    path("at/<slug:digest>/", reading.kept, name="policy-kept"),
    path("packs/", reading.packs, name="policy-packs"),
    path("compare/", comparing.compare, name="policy-compare"),
    path("packs/<path:pack_id>/", reading.pack, name="policy-pack"),
    path("toml/<path:pack_id>/", drafting.download, name="policy-toml"),
    path("versions/<str:system>/", proposing.history, name="policy-versions"),
    path("drafts/", drafting.drafts, name="policy-drafts"),
    path("drafts/import/", drafting.bring_in, name="policy-import"),
    path("drafts/new/<path:pack_id>/", drafting.begin, name="policy-draft-new"),
    path("drafts/<uuid:draft_id>/", drafting.draft, name="policy-draft"),
    path("drafts/<uuid:draft_id>/text/", drafting.text, name="policy-draft-text"),
    path("drafts/<uuid:draft_id>/add/", drafting.add_rule, name="policy-draft-add"),
    path("drafts/<uuid:draft_id>/drop/", drafting.drop, name="policy-draft-drop"),
    path("drafts/<uuid:draft_id>/propose/", drafting.propose, name="policy-draft-propose"),
    path("drafts/<uuid:draft_id>/rules/<slug:key>/", drafting.rule, name="policy-draft-rule"),
    path("proposals/<uuid:proposal_id>/", proposing.proposal, name="policy-proposal"),
    path("adopt/", adopting.pick, name="policy-pick"),
    path("adopt/<uuid:unit_id>/<path:pack_id>/", adopting.adopt, name="policy-adopt"),
    path("places/<uuid:unit_id>/", adopting.history, name="policy-history"),
    path("adoptions/<uuid:adoption_id>/", adopting.adoption, name="policy-adoption"),
    path("adoptions/<uuid:adoption_id>/end/", adopting.end, name="policy-end"),
    path("adoptions/<uuid:adoption_id>/rules/<slug:key>/", adopting.value, name="policy-value"),
    path(
        "adoptions/<uuid:adoption_id>/rules/<slug:key>/back/",
        adopting.take_back,
        name="policy-value-back",
    ),
    path("what-if/", whatif.whatif, name="policy-whatif"),
    path("what-if/start/", whatif.start, name="policy-whatif-start"),
    path("what-if/runs/<slug:run_id>/", whatif.run, name="policy-whatif-run"),
    path("releases/", releasing.releases, name="policy-releases"),
    path("places/<uuid:unit_id>/releases/<slug:key>/", releasing.new, name="policy-release-new"),
    path("releases/<uuid:release_id>/", releasing.release, name="policy-release"),
    path("releases/<uuid:release_id>/withdraw/", releasing.take_off, name="policy-release-end"),
]
