"""`python -m app.schema` writes `schema.graphql`, after a type or a resolver was edited."""

from pathlib import Path

from app.graphql.schema import printed_schema

if __name__ == "__main__":
    Path("schema.graphql").write_text(printed_schema(), encoding="utf-8", newline="\n")
