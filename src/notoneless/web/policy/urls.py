from __future__ import annotations

from django.urls import path

from notoneless.web.policy import adopting, comparing, reading, releasing

urlpatterns = [
    path("", reading.here, name="policy"),
    path("at/<slug:digest>/", reading.kept, name="policy-kept"),
    path("packs/", reading.packs, name="policy-packs"),
    path("compare/", comparing.compare, name="policy-compare"),
    path("packs/<path:pack_id>/", reading.pack, name="policy-pack"),
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
    path("releases/", releasing.releases, name="policy-releases"),
    path("places/<uuid:unit_id>/releases/<slug:key>/", releasing.new, name="policy-release-new"),
    path("releases/<uuid:release_id>/", releasing.release, name="policy-release"),
    path("releases/<uuid:release_id>/withdraw/", releasing.take_off, name="policy-release-end"),
]
