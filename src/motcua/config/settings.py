"""Django settings. Everything an office may change comes from the environment (`config/env.py`)."""

from datetime import timedelta
from email.utils import parseaddr
from typing import Any

from motcua.config.env import REPOSITORY, read_environment
from motcua.core.logs import configure as configure_logs

ENVIRONMENT = read_environment()
configure_logs(readable=not ENVIRONMENT.production, level=ENVIRONMENT.log_level)
LOGGING_CONFIG = None

SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = False
ALLOWED_HOSTS = [*ENVIRONMENT.hosts]
ROOT_URLCONF = "motcua.config.urls"
WSGI_APPLICATION = "motcua.config.wsgi.application"
AUTH_USER_MODEL = "people.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# An address is needed to talk to PostgreSQL at all: `motcua` fills DATABASE_URL with the embedded one.
DATABASES: dict[str, dict[str, Any]] = {
    "default": ENVIRONMENT.database or {"ENGINE": "django.db.backends.postgresql", "NAME": "motcua"}
}
CACHES = {
    "default": {
        "BACKEND": "motcua.core.caching.PurgingCache",
        "LOCATION": "core_cache",
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    }
}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    # Before allauth, so that our log-in pages win over its own.
    "motcua.core",
    "motcua.people",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "motcua.worktime",
    "motcua.documents",
    "motcua.signing",
    "motcua.correspondence",
    "motcua.catalogue",
    "motcua.dossiers",
    "motcua.queueing",
    "motcua.payments",
    "motcua.intake",
    "motcua.routing",
    "motcua.result",
    "motcua.feedback",
    "motcua.reporting",
    "motcua.reform",
    "motcua.demo",
    "motcua.config.apps.ConfigConfig",
]

MIDDLEWARE = [
    "motcua.core.middleware.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "motcua.core.middleware.LighterMiddleware",
    "motcua.core.middleware.HeadersMiddleware",
    "motcua.documents.papers.bounds.BoundedRequestMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "motcua.people.middleware.IdleMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "motcua.core.middleware.CleanTextMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "motcua.core.middleware.OnlySentMiddleware",
    "motcua.people.middleware.DoorMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "motcua.config.context.page",
            ],
            "builtins": ["django_cotton.templatetags.cotton"],
        },
    }
]
COTTON_DIR = "cotton"

# Log-in: officials only, no sign-up; the second factor is asked outside of the demo.
AUTHENTICATION_BACKENDS = ["motcua.people.access.StaffBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "motcua.people.adapter.StaffAdapter"
MFA_ADAPTER = "motcua.people.adapter.SecondFactorAdapter"
ACCOUNT_FORMS = {"login": "motcua.people.forms.StaffLoginForm"}
ALLAUTH_TRUSTED_PROXY_COUNT = ENVIRONMENT.proxies
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "20/m/ip,5/5m/key", "change_password": "5/m/user"}
# Citizens prove who they are at an OpenID Connect provider; the library keeps no accounts of its own for it.
SOCIALACCOUNT_ADAPTER = "motcua.people.citizens.provider.CitizenIdentityAdapter"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {"APPS": [ENVIRONMENT.identity.settings()] if ENVIRONMENT.identity else []}
}
SOCIALACCOUNT_REQUESTS_TIMEOUT = 8
MOTCUA_IDENTITY = ENVIRONMENT.identity.name if ENVIRONMENT.identity else ""
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Một Cửa"
MOTCUA_SECOND_FACTOR = ENVIRONMENT.production
MOTCUA_PUBLIC_VIEW_MODULES = ["allauth.account", "allauth.mfa", "django.views.i18n"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]

# Sessions end with the browser, after 12 hours, or after the idle limit; they live in the database.
SESSION_ENGINE = "motcua.core.sessions"
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "motcua.core.views.csrf_failure"
MOTCUA_IDLE_LIMIT = timedelta(minutes=30 if not ENVIRONMENT.production else 15)
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if ENVIRONMENT.production:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds())
    SECURE_REDIRECT_EXEMPT = [r"^health/(live|ready|rules)$"]
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    MOTCUA_SEEN_COOKIE = "motcua_seen"
else:
    # Browsers keep cookies by host, whatever the port: two demo offices side by side must not share them.
    SESSION_COOKIE_NAME = f"sessionid_{ENVIRONMENT.port}"
    CSRF_COOKIE_NAME = f"csrftoken_{ENVIRONMENT.port}"
    MOTCUA_SEEN_COOKIE = f"motcua_seen_{ENVIRONMENT.port}"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [REPOSITORY / "locale"]
USE_I18N = True
NUMBER_GROUPING = 3
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.var / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = ENVIRONMENT.var / "files"
MOTCUA_CLAMD = ENVIRONMENT.clamd

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000  # a draft of a procedure with 100 papers and 100 fees

# Messages to people: letters over SMTP, SMS and Zalo over a carrier's gateway; a way without an address is not tried.
EMAIL_HOST = ENVIRONMENT.mail.get("EMAIL_HOST", "")
EMAIL_PORT = ENVIRONMENT.mail.get("EMAIL_PORT", 25)
EMAIL_HOST_USER = ENVIRONMENT.mail.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = ENVIRONMENT.mail.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_SSL = ENVIRONMENT.mail.get("EMAIL_USE_SSL", False)
EMAIL_USE_TLS = ENVIRONMENT.mail.get("EMAIL_USE_TLS", False)
EMAIL_TIMEOUT = MOTCUA_CARRIER_PATIENCE = 8
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENVIRONMENT.mail_from
MOTCUA_MAIL_AT = parseaddr(DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
MOTCUA_GATEWAYS = ENVIRONMENT.gateways

MOTCUA_MODE = ENVIRONMENT.mode
MOTCUA_DATA = ENVIRONMENT.data
MOTCUA_VAR = ENVIRONMENT.var
MOTCUA_BASE_URL = ENVIRONMENT.base_url
# What the bank signs its messages with; empty: the bank tells nothing, statements are sent in by hand.
MOTCUA_BANK_SECRET = ENVIRONMENT.bank_secret
# The page of the demo's bank, which `motcua run` starts beside the office; a real office has none.
MOTCUA_DEMO_BANK = ENVIRONMENT.demo_bank
MOTCUA_PROXIES = ENVIRONMENT.proxies
# Where a browser finds the streams of `motcua live`; empty: at this office's own address.
MOTCUA_LIVE_URL = ENVIRONMENT.live_url
# A folder of recordings in place of the shipped voice of the boards.
MOTCUA_VOICE = ENVIRONMENT.voice
# The folder of the roots that are trusted to issue certificates for signing.
MOTCUA_TRUST = ENVIRONMENT.trust
