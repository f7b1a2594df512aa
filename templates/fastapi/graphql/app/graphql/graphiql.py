"""`/graphiql`, an editor for queries, in development: everything comes from this server."""

from importlib.util import find_spec
from pathlib import Path

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from app.about import BASE_PATH
from app.http.files import answer_file

# All URLs are relative, since a proxy may serve the page below a prefix.
_PAGE = """<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>GraphiQL</title>
    <link rel="stylesheet" href="graphiql/graphiql.min.css">
    <link rel="stylesheet" href="graphiql/page.css">
    <link rel="icon" href="data:,">
  </head>
  <body>
    <div id="graphiql"></div>
    <script src="graphiql/react.production.min.js"></script>
    <script src="graphiql/react-dom.production.min.js"></script>
    <script src="graphiql/graphiql.min.js"></script>
    <script src="graphiql/start.js"></script>
  </body>
</html>
"""

_STYLE = "html, body, #graphiql { height: 100%; margin: 0; }\n"

_START = f"""const url = new URL('.{BASE_PATH}/graphql', location.href).href;
const fetcher = GraphiQL.createFetcher({{ url }});
ReactDOM.render(
  React.createElement(GraphiQL, {{ fetcher, defaultEditorToolsVisibility: 'headers' }}),
  document.getElementById('graphiql'),
);
"""

# Content of this server only. The editor needs inline styles for its own elements.
_POLICY = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; font-src 'self' data:; "
    "style-src 'self' 'unsafe-inline'; frame-ancestors 'none'"
}

_PACKAGE = "graphene_django_graphiql_static"

router = APIRouter()


@router.get("/graphiql")
async def graphiql() -> Response:
    return HTMLResponse(_PAGE, headers=_POLICY)


@router.get("/graphiql/start.js")
async def start() -> Response:
    return Response(_START, headers=_POLICY, media_type="text/javascript; charset=utf-8")


@router.get("/graphiql/page.css")
async def page_style() -> Response:
    return Response(_STYLE, headers=_POLICY, media_type="text/css; charset=utf-8")


@router.get("/graphiql/graphiql.min.css")
async def style(request: Request) -> Response:
    return _asset(request, "graphiql.min.css")


@router.get("/graphiql/graphiql.min.js")
async def script(request: Request) -> Response:
    return _asset(request, "graphiql.min.js")


@router.get("/graphiql/react.production.min.js")
async def react(request: Request) -> Response:
    return _asset(request, "react.production.min.js")


@router.get("/graphiql/react-dom.production.min.js")
async def react_dom(request: Request) -> Response:
    return _asset(request, "react-dom.production.min.js")


def _asset(request: Request, name: str) -> Response:
    return answer_file(request, _assets() / name, _POLICY)


def _assets() -> Path:
    """Where the package keeps GraphiQL, which it makes for Django: it is not imported."""
    found = find_spec(_PACKAGE)
    if found is None or found.origin is None:
        raise RuntimeError("graphene-django-graphiql-static is not installed")
    return Path(found.origin).parent / "static" / _PACKAGE
