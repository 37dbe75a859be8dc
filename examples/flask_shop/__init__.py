"""A small shop in Flask, whose products, customers and orders are in a Medusa Store.

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
    """The application, configured by the environment."""
    app = Flask(__name__, static_folder=STATIC, static_url_path="/static", template_folder=TEMPLATES)
    demo = "DEMO" in os.environ  # on one machine, without TLS, with the mails shown in place of sent
    app.config.from_mapping(
        SECRET_KEY=os.environ["SECRET_KEY"],
        ALLOWED_HOSTS=os.environ.get("ALLOWED_HOSTS", "127.0.0.1 localhost").split(),
        DEMO=demo,
        SEND_FILE_MAX_AGE_DEFAULT=60,
        # On the server: what is in a cookie, its owner's browser can read.
        SESSION_TYPE="cachelib",
        SESSION_CACHELIB=FileSystemCache(os.environ["SESSION_FOLDER"], threshold=100_000),
        SESSION_PERMANENT=False,
        SESSION_REFRESH_EACH_REQUEST=False,  # or a page that loads during a logout would bring the session back
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=not demo,
        WTF_CSRF_TIME_LIMIT=None,  # a form works as long as its session
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
    """Answer 400 to a request for another host name, as Django does by its setting of this name."""
    allowed = cast("list[str]", current_app.config["ALLOWED_HOSTS"])
    get_host(request.environ, allowed)


def with_headers(response: Response) -> Response:
    """The headers of every page."""
    response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Frame-Options"] = "DENY"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if response.mimetype == "text/html":
        response.headers["Cache-Control"] = "no-store"  # "back" shows nothing after a logout
    return response


def not_found(_: NotFound) -> ResponseReturnValue:
    return render_template("404.html"), 404


def csrf_failure(_: CSRFError) -> ResponseReturnValue:
    return render_template("403_csrf.html"), 400


def store_is_down(_: ServiceUnavailable) -> ResponseReturnValue:
    return render_template("503.html"), 503


def server_error(_: InternalServerError) -> ResponseReturnValue:
    return render_template("500.html"), 500
