from django.urls import path

from motcua.feedback.views import desk, rating

urlpatterns = [
    path("rate/<str:rating_token>/", rating.rate_dossier, name="rate"),
    path("tracking/<str:code>/<str:token>/rate/", rating.rate_tracked, name="rate-tracked"),
    path("ratings/", rating.ratings, name="ratings"),
    path("ratings/desk/", desk.ratings_desk, name="ratings-desk"),
    path("ratings/paper/", desk.paper_ratings, name="paper-ratings"),
    path("ratings/<uuid:rating_id>/remark/", desk.remark, name="rating-remark"),
    path("ratings/<uuid:rating_id>/follow-up/", desk.follow_up_rating, name="rating-follow-up"),
    path("dossiers/<str:code>/rating/", desk.rating_desk, name="rating-desk"),
]
