from django.urls import path

from standin import views, work

urlpatterns = [
    path("heartbeat", views.heartbeat),
    path("submit", views.doing(work.submit)),
    path("history", views.history),
    path("delete-state", views.doing(work.delete_state)),
    path("rescore", views.queueing("lms", "rescore")),
    path("task", views.task),
]
