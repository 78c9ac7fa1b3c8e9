from __future__ import annotations

from django.urls import path

from notoneless.web.families import guardian, school

HIS = "family/<uuid:child_id>/"

urlpatterns = [
    # The guardian's pages: no account, a link and a code.
    path("f/<str:link>/", guardian.family_enter, name="family-enter"),
    path("family/", guardian.family, name="family"),
    path("family/out/", guardian.family_out, name="family-out"),
    path(f"{HIS}leave/", guardian.family_leave, name="family-leave"),
    path(f"{HIS}not-mine/", guardian.family_not_mine, name="family-not-mine"),
    path(f"{HIS}phone/", guardian.family_wrong, {"which": "phone"}, name="family-phone"),
    path(f"{HIS}address/", guardian.family_wrong, {"which": "address"}, name="family-address"),
    # The school's side.
    path("families/", school.families, name="families"),
    path("families/classes/<uuid:class_id>/", school.family_class, name="family-class"),
    path("families/classes/<uuid:class_id>/slips/", school.family_slips, name="family-slips"),
    path("families/children/<uuid:child_id>/", school.family_child, name="family-child"),
    path(
        "families/children/<uuid:child_id>/<uuid:guardian_id>/",
        school.family_invite,
        name="family-invite",
    ),
    path("families/items/<uuid:saying_id>/", school.family_decide, name="family-decide"),
]
