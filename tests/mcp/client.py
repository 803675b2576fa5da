"""Speaks to `vankien mcp` with the official client, which holds every answer against the schema of its tool.

Usage: client.py COMMAND ARGUMENT ...
"""

import sys

import anyio
from jsonschema import Draft202012Validator
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

CALLS = [
    ("search", {"query": "nghi quyet 21", "limit": 3, "facets": ["province"]}),
    ("search", {"query": "cong tac xay dung dang zzzz qqqq", "limit": 1}),
    ("search", {"query": '"không có ở đâu cả"', "place": ["footnote"]}),
    ("search", {"place": ["footnote"], "from": "2025"}),
    ("show", {"id": "001"}),
    ("show", {"id": "001@3"}),
    ("show", {"id": "001:973"}),
    ("show", {"id": "001^6"}),
    ("show", {"id": "003§1", "limit": 2}),
    ("cite", {"cited": "21-NQ/TW", "sort": "date"}),
    ("cite", {"cited": "99999-NQ/TW"}),
    ("cites", {"document": "001", "limit": 2}),
    ("lookup", {"text": "Thực hiện Nghị quyết số 21-NQ/TW ngày 16/6/2022 và Quy định số 144-QĐ/TW"}),
    ("precedents", {"text": "nâng cao năng lực lãnh đạo, sức chiến đấu của tổ chức đảng", "limit": 2}),
    ("precedents", {"passage": "001:973", "limit": 2}),
    ("proof", {"text": "Căn cứ Nghị quyết số 57/NQ-TW ngày 22/12/2024 của Bộ Chính trị"}),
]

# Each is refused in words, as the result of the tool.
REFUSED = [
    ("show", {"id": "999"}, "unknown-document"),
    ("search", {"query": "đảng", "place": ["nowhere"]}, "invalid-value"),
    ("search", {}, "missing-parameter"),
    ("cite", {"cited": "21-NQ/TW", "symbol": "x"}, "unknown-parameter"),
]


def text_of(result):
    """The text of a tool's result."""
    assert len(result.content) == 1, result
    return result.content[0].text


async def check(session):
    """Lists everything, calls every tool and reads resources."""
    greeting = await session.initialize()
    assert "readings" in greeting.instructions.lower(), greeting
    await session.send_ping()

    tools = (await session.list_tools()).tools
    for tool in tools:
        description = tool.model_dump(by_alias=True, exclude_none=True)
        Draft202012Validator.check_schema(description["inputSchema"])
        Draft202012Validator.check_schema(description["outputSchema"])
        assert description["annotations"] == {"title": tool.title, "readOnlyHint": True, "openWorldHint": False}
    schemas = {tool.name: tool.model_dump(by_alias=True)["inputSchema"] for tool in tools}
    assert {name for name, _ in CALLS} == set(schemas), "every tool is called"

    for name, arguments in CALLS:
        Draft202012Validator(schemas[name]).validate(arguments)
        result = (await session.call_tool(name, arguments)).model_dump(by_alias=True)
        assert not result["isError"], result
        assert result["structuredContent"] and result["content"][0]["text"], result
    for name, arguments, code in REFUSED:
        result = await session.call_tool(name, arguments)
        assert result.model_dump(by_alias=True)["isError"] and code in text_of(result), result

    resources = (await session.list_resources()).resources
    assert len(resources) == 5, resources
    templates = (await session.list_resource_templates()).model_dump(by_alias=True)["resourceTemplates"]
    assert [template["name"] for template in templates] == ["documents", "sections"], templates
    for uri in [resources[0].uri, "vankien://documents/003?from=30", "vankien://sections/003%C2%A71"]:
        (content,) = (await session.read_resource(uri)).contents
        assert "MACHINE READING" in content.text, content.text[:500]
    print(f"{len(tools)} tools, {len(CALLS)} calls, {len(REFUSED)} refusals, {len(resources)} resources")


async def main():
    """Starts the program as an assistant does."""
    command, *arguments = sys.argv[1:]
    server = StdioServerParameters(command=command, args=arguments)
    with anyio.fail_after(120):
        async with stdio_client(server) as (read, write), ClientSession(read, write) as session:
            await check(session)


anyio.run(main)
