"""The settings of `examples.django_shop`. If you copy the shop, replace this name here."""

from __future__ import annotations

import os

from examples.templating import STATIC, TEMPLATES as TEMPLATES_OF_BOTH_SHOPS

SECRET_KEY = os.environ["SECRET_KEY"]
DEMO = "DEMO" in os.environ  # Allow cookies without TLS, and show the e-mails instead of sending them.
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "127.0.0.1 localhost").split()

INSTALLED_APPS = [
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "medusa.contrib.django",
    "examples.django_shop",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "examples.django_shop.middleware.ShopMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "medusa.contrib.django.MedusaMiddleware",
]
ROOT_URLCONF = "examples.django_shop.urls"
WSGI_APPLICATION = "examples.django_shop.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [TEMPLATES_OF_BOTH_SHOPS],
        "OPTIONS": {
            "environment": "examples.django_shop.jinja2.environment",
            "context_processors": ["examples.django_shop.jinja2.page"],
        },
    }
]

MEDUSA = {"base_url": os.environ["MEDUSA_URL"], "max_retries": 2, "deadline": 20.0}
MEDUSA_LOGIN_URL = "log_in"
MEDUSA_DOWN_AS_503 = True

# Sessions are stored in files because this shop has no database. With a database, use Django's default.
SESSION_ENGINE = "django.contrib.sessions.backends.file"
SESSION_FILE_PATH = os.environ.get("SESSION_FOLDER")
CSRF_USE_SESSIONS = True  # Each page with a form starts the session, so that the session can store the cart.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEMO
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [STATIC]
WHITENOISE_USE_FINDERS = True  # Serve static files without running collectstatic.

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
