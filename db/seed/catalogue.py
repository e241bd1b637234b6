"""What tickets may say about themselves: kinds, channels, sources, reasons, categories, responsibility."""

from __future__ import annotations

from itertools import count
from typing import Any

import psycopg

from db.seed.bulk import advance_identity, copy_rows, read_csv
from db.seed.organisation import Unit
from db.seed.pinyin import spell

LEADS = {"town": "town_of_place", "area": "area_of_place"}


def load_lists(connection: psycopg.Connection, shared: dict[str, Any]) -> None:
    """Store the flat lists both districts share, and the sources of each."""
    for table in ("kind", "channel"):
        copy_rows(
            connection,
            table,
            "code name_zh name_en rank",
            ((row["code"], row["name_zh"], row["name_en"], rank) for rank, row in enumerate(shared[table])),
        )
    copy_rows(
        connection,
        "field10",
        "code name_zh name_en",
        ((row["code"], row["name_zh"], row["name_en"]) for row in shared["field10"]),
    )
    copy_rows(
        connection,
        "source",
        "code district_id name_zh name_en channel kind login",
        (
            (row["code"], row["district"], row["name_zh"], row["name_en"], row["channel"], row["kind"], None)
            for row in read_csv("sources.csv")
        ),
    )
    copy_rows(
        connection,
        "reason",
        "list code name_zh name_en basis rank",
        (
            (row["list"], row["code"], row["name_zh"], row["name_en"], row["basis"], rank)
            for rank, row in enumerate(read_csv("reasons.csv"))
        ),
    )


def load_categories(
    connection: psycopg.Connection, profiles: list[dict[str, Any]]
) -> dict[tuple[int, str], int]:
    """Store the category tree of each district; return ids by (district, code)."""
    numbers, rows = count(1), []
    ids: dict[tuple[int, str], int] = {}
    for profile in profiles:
        fields: dict[str, str] = {}
        for row in read_csv("categories.csv"):
            district, code = profile["id"], row["code"]
            ids[district, code] = next(numbers)
            fields[code] = row["field10"] or fields[code[:-2]]
            rows.append(
                (
                    ids[district, code],
                    district,
                    ids.get((district, code[:-2])),
                    ids[district, code[:2]],
                    len(code) // 2,
                    code,
                    row["name_zh"],
                    row["name_en"],
                    *spell(row["name_zh"]),
                    fields[code],
                    row["mark"] == "c",
                    row["mark"] == "e",
                )
            )
    copy_rows(
        connection,
        "category",
        "id district_id parent_id domain_id level code name_zh name_en pinyin initials field10 "
        "for_community is_emergency",
        rows,
    )
    advance_identity(connection, "category")
    return ids


def load_responsibilities(
    connection: psycopg.Connection,
    profiles: list[dict[str, Any]],
    categories: dict[tuple[int, str], int],
    units: list[Unit],
) -> None:
    """Store who answers for what: a line per class, and per item where it differs."""
    by_code = {(unit.district_id, unit.code): unit for unit in units}
    names = {row["code"]: row["name_zh"] for row in read_csv("categories.csv")}
    rows = []
    for profile in profiles:
        for row in read_csv("responsibilities.csv"):
            lead = by_code.get((profile["id"], row["lead"]))
            assist = [by_code[profile["id"], code].id for code in row["assist"].split()]
            leader = (
                lead.name
                if lead
                else {"town": "属地镇街", "area": "属地" + profile["area_suffix"]}[row["lead"]]
            )
            basis = f"网格事项管理责任清单（演示）{row['category']}：{names[row['category']]}由{leader}牵头"
            rows.append(
                (
                    profile["id"],
                    categories[profile["id"], row["category"]],
                    lead.id if lead else None,
                    LEADS.get(row["lead"], "unit"),
                    assist,
                    basis,
                )
            )
    copy_rows(
        connection,
        "responsibility",
        "district_id category_id lead_unit_id lead_rule assist_unit_ids basis",
        rows,
    )
