from __future__ import annotations

from django.urls import path

from notoneless.web.leave import asking, views

urlpatterns = [
    path("leave/", views.leave, name="leave-list"),
    path("leave/export/", views.leave_export, name="leave-export"),
    path("leave/new/", asking.leave_new, name="leave-new"),
    path("leave/<uuid:leave_id>/", views.leave_file, name="leave-file"),
    path("leave/<uuid:leave_id>/decide/", views.leave_decide, name="leave-decide"),
    path("leave/<uuid:leave_id>/proof/", views.leave_proof, name="leave-proof"),
]
