"""A web page in a dozen lines, to be put into an image."""

import os

from flask import Flask

app = Flask(__name__)


@app.route("/")
def hello():
    name = os.environ.get("NAME", "World")
    return f"<h1>Hello, {name}!</h1><p>This page comes out of a container.</p>"


@app.route("/health")
def health():
    return {"status": "ok"}
