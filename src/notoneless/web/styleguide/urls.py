from __future__ import annotations

from django.urls import path

from notoneless.web.styleguide import views

urlpatterns = [
    path("styleguide", views.components, name="styleguide"),
    path("styleguide/lists", views.lists, name="styleguide-lists"),
    path("styleguide/paper", views.paper, name="styleguide-paper"),
    path("styleguide/reveal", views.reveal, name="styleguide-reveal"),
    path("styleguide/received", views.received, name="styleguide-received"),
    path("styleguide/refused", views.refused, name="styleguide-refused"),
]
