from django.urls import path

from standin import views, work

urlpatterns = [
    path("heartbeat", views.heartbeat),
    path("delete-student", views.doing(work.delete_student)),
    path("reset-course", views.queueing("cms", "reset-course")),
    path("task", views.task),
]
