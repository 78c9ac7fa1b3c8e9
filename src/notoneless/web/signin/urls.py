from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.urls import path

from notoneless.web.signin import views

urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="sign-in"),
    path("sign-out/", LogoutView.as_view(), name="sign-out"),
    path("password/", views.change_password, name="password-change"),
]
