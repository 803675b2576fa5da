"""Uses the client that openapi-python-client made of the service: imports all of it, and asks some questions."""

import importlib
import pkgutil
import sys

import vankien_client
from vankien_client import Client
from vankien_client.api.citations import look_up
from vankien_client.api.documents import document_text
from vankien_client.api.precedents import precedents
from vankien_client.api.search import batch, search, search_xlsx
from vankien_client.models import (
    DraftAnswer,
    PrecedentsBody,
    SearchBatchBody,
    SearchBody,
    TextBody,
)
from vankien_client.types import File

for module in pkgutil.walk_packages(vankien_client.__path__, "vankien_client."):
    importlib.import_module(module.name)

client = Client(base_url=sys.argv[1], raise_on_unexpected_status=True)
found = search.sync(client=client, q="nghi quyet 21", limit=2)
assert len(found.hits) == 2 and found.hits[0].document_title and found.hits[0].url.startswith("/documents/"), found
cited = look_up.sync(client=client, body=TextBody(text="theo Nghị quyết số 21-NQ/TW ngày 16/6/2022"))
assert cited.citations[0].symbol == "21-NQ/TW", cited
many = batch.sync(client=client, body=SearchBatchBody(searches=[SearchBody(q="chuyển đổi số"), SearchBody(q="a", document=["zzz"])]))
assert many.answers[0].answer.total > 0 and many.answers[1].problem.code == "invalid-value", many
draft = precedents.sync(client=client, body=PrecedentsBody(draft="KẾ HOẠCH\n\nKhắc phục tình trạng trông chờ, ỷ lại, né tránh trách nhiệm của cán bộ.\n"))
assert isinstance(draft, DraftAnswer) and draft.total > 0, draft
assert "ĐẢNG" in document_text.sync("001", client=client)
assert search_xlsx.sync_detailed(client=client, q="dang").content.startswith(b"PK")
