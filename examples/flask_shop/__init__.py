"""A small shop in Flask. Its products, customers and orders are in a Medusa backend.

`gunicorn --threads 8 'examples.flask_shop:create_app()'`
"""

from __future__ import annotations

import os
from typing import cast

from cachelib import FileSystemCache
from flask import Flask, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_session import Session
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.exceptions import InternalServerError, NotFound, ServiceUnavailable
from werkzeug.wrappers import Response
from werkzeug.wsgi import get_host

from examples.templating import STATIC, TEMPLATES
from medusa.contrib.flask import FlaskMedusa

from .templates import equip_templates
from .views import shop

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def create_app() -> Flask:
    """Return the application, configured by environment variables."""
    app = Flask(__name__, static_folder=STATIC, static_url_path="/static", template_folder=TEMPLATES)
    demo = "DEMO" in os.environ  # Allow cookies without TLS, and show the e-mails instead of sending them.
    app.config.from_mapping(
        SECRET_KEY=os.environ["SECRET_KEY"],
        ALLOWED_HOSTS=os.environ.get("ALLOWED_HOSTS", "127.0.0.1 localhost").split(),
        DEMO=demo,
        SEND_FILE_MAX_AGE_DEFAULT=60,
        # Sessions are stored on the server, because the browser's user can read a session in a cookie.
        SESSION_TYPE="cachelib",
        SESSION_CACHELIB=FileSystemCache(os.environ["SESSION_FOLDER"], threshold=100_000),
        SESSION_PERMANENT=False,
        SESSION_REFRESH_EACH_REQUEST=False,  # Otherwise a page that loads during a logout would restore the session.
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=not demo,
        WTF_CSRF_TIME_LIMIT=None,  # A form is valid as long as its session.
        MEDUSA={"base_url": os.environ["MEDUSA_URL"], "max_retries": 2, "deadline": 20.0},
        MEDUSA_LOGIN_URL="shop.log_in",
        MEDUSA_DOWN_AS_503=True,
    )
    Session(app)
    CSRFProtect(app)
    FlaskMedusa(app)
    app.register_blueprint(shop)
    equip_templates(app)
    app.register_error_handler(NotFound, not_found)
    app.register_error_handler(CSRFError, csrf_failure)
    app.register_error_handler(ServiceUnavailable, store_is_down)
    app.register_error_handler(InternalServerError, server_error)
    app.before_request(refuse_other_hosts)
    app.after_request(with_headers)
    return app


def refuse_other_hosts() -> None:
    """Respond with 400 to a request for another host name, like Django with its setting ALLOWED_HOSTS."""
    allowed = cast("list[str]", current_app.config["ALLOWED_HOSTS"])
    get_host(request.environ, allowed)


def with_headers(response: Response) -> Response:
    """Add the headers of every page."""
    response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Frame-Options"] = "DENY"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if response.mimetype == "text/html":
        response.headers["Cache-Control"] = "no-store"  # The browser's "back" must not show a page after a logout.
    return response


def not_found(_: NotFound) -> ResponseReturnValue:
    return render_template("404.html"), 404


def csrf_failure(_: CSRFError) -> ResponseReturnValue:
    return render_template("403_csrf.html"), 400


def store_is_down(_: ServiceUnavailable) -> ResponseReturnValue:
    return render_template("503.html"), 503


def server_error(_: InternalServerError) -> ResponseReturnValue:
    return render_template("500.html"), 500
