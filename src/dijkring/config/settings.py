# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Settings of Dijkring; what differs between installations comes from `env.py`."""

import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import structlog
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from dijkring.config import env
from dijkring.ui.messages import compile_catalogues

PACKAGE = Path(__file__).resolve().parent.parent
ROOT = PACKAGE.parent.parent
HOME = env.home()
DEBUG = env.DEBUG.flag
SECRET_KEY = env.SECRET_KEY.text or "only-for-commands-that-need-no-secret-" + "x" * 20
ALLOWED_HOSTS = env.ALLOWED_HOSTS.items
CSRF_TRUSTED_ORIGINS = env.TRUSTED_ORIGINS.items

ROOMS = [
    "dijkring.core",
    "dijkring.ui",
    "dijkring.documents",
    "dijkring.organisations",
    "dijkring.identity",
    "dijkring.notices",
    "dijkring.sharing",
    "dijkring.workplace",
    "dijkring.controls",
    "dijkring.actions",
    "dijkring.evidence",
    "dijkring.landscape",
    "dijkring.incidents",
    "dijkring.crisis",
    "dijkring.suppliers",
    "dijkring.surface",
    "dijkring.cooperation",
    "dijkring.accountability",
    "dijkring.portability",
    "dijkring.onboarding",
    "dijkring.api",
    "dijkring.demo",
]


INSTALLED_APPS = [
    "procrastinate.contrib.django",
    *(f"{room}.apps.{room.rsplit('.', 1)[1].capitalize()}Config" for room in ROOMS),
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "django_filters",
    "django_htmx",
    "django_tables2",
    "template_partials",
    "pgtrigger",
    "pghistory",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "dijkring.identity.door.OwnAccountOnly",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "dijkring.core.middleware.ErrorPages",
]
ROOT_URLCONF = "dijkring.config.urls"
WSGI_APPLICATION = "dijkring.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "dijkring.core.context.page",
            ],
        },
    }
]
FORM_RENDERER = "dijkring.ui.forms.DijkringRenderer"


def _database(url: str) -> dict[str, Any]:
    """Read a postgresql:// address; a socket folder stands in `?host=`."""
    parts = urlsplit(url)
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.pop("host", parts.hostname or "")),
        "PORT": str(parts.port or query.pop("port", "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # A statement that comes back is planned once per connection.
        "OPTIONS": {
            "connect_timeout": 5,
            "server_side_binding": True,
            "prepare_threshold": 5,
            **query,
        },
    }


AS_OWNER = env.AS_OWNER.flag
DATABASES = {
    "default": _database(env.DATABASE_OWNER_URL.text if AS_OWNER else env.DATABASE_URL.text)
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "organisations.User"
TENANT_MODEL = "organisations.Organisation"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "dijkring.organisations.login.Adapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
# Attempts at the emergency access of one person, from wherever; one address makes 60 an hour.
ACCOUNT_RATE_LIMITS = {"emergency": "100/h/key"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Without https a browser knows passkeys on localhost only; allauth then looks the other way.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not env.HTTPS.flag
MFA_TOTP_ISSUER = "Dijkring"
# There is no page on which an address can be changed or confirmed; whose mailbox it is stands in
# `User.address_proven_at`. A second step may be set up before that, and goes at the first proof.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# Who the visitor is behind proxies: limits on attempts count per address, and logs name it.
ALLAUTH_TRUSTED_PROXY_COUNT = int(env.TRUSTED_PROXIES.text)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.HTTPS.flag
SESSION_COOKIE_NAME = "dijkring"
SESSION_COOKIE_AGE = 60 * 60 * 12
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.HTTPS.flag else None
SECURE_HSTS_SECONDS = 31536000 if env.HTTPS.flag else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "dijkring.core.receiving.ToDisk",
]
EVIDENCE_LIMIT = int(env.EVIDENCE_LIMIT.text) * 1024 * 1024

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
compile_catalogues()
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
# The pictures of the guides.
STATICFILES_DIRS = [("guides", ROOT / "docs" / "images")]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "dijkring.ui.assets.NpmFinder",
]
SHEET_WRITERS = {kind: f"dijkring.documents.sheets.to_{kind}" for kind in ("csv", "xlsx", "ods")}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = HOME / "uploads"

# Of all processes on this machine together: attempts that are counted, codes that were used. Not in
# the database, where it would go with a transaction that is undone.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": HOME / "cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}

SITE_URL = env.SITE_URL.text or f"http://localhost:{env.PORT.text}"
EMAIL_HOST = env.EMAIL_HOST.text
EMAIL_PORT = int(env.EMAIL_PORT.text)
EMAIL_HOST_USER = env.EMAIL_USER.text
EMAIL_HOST_PASSWORD = env.EMAIL_PASSWORD.text
EMAIL_USE_TLS = env.EMAIL_SECURITY.text == "starttls"
EMAIL_USE_SSL = env.EMAIL_SECURITY.text == "tls"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.EMAIL_FROM.text
EMAIL_TIMEOUT = 10
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_HOST
    else "django.core.mail.backends.console.EmailBackend"
)
SECURITY_CONTACT = env.SECURITY_CONTACT.text
DJANGO_TABLES2_TEMPLATE = "ui/table.html"
PGHISTORY_APPEND_ONLY = True
PGHISTORY_INSTALL_CONTEXT_FUNC_ON_MIGRATE = False
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"
PROCRASTINATE_WORKER_DEFAULTS = {"concurrency": 4}
SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processor": structlog.processors.JSONRenderer(ensure_ascii=False),
            "foreign_pre_chain": [
                structlog.stdlib.add_log_level,
                structlog.processors.TimeStamper(fmt="iso"),
                structlog.processors.format_exc_info,
            ],
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False}},
}
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ],
    logger_factory=structlog.PrintLoggerFactory(sys.stderr),
)
