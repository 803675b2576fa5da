// Uses the types that openapi-typescript made of the service; it is compiled, not run.
import type { components, paths } from "./openapi.js";

type Ok<Operation extends { responses: { 200: { content: Record<string, unknown> } } }> =
  Operation["responses"][200]["content"]["application/json"];

export function lines(answer: Ok<paths["/api/v1/search"]["get"]>): string[] {
  return answer.hits.map((hit) => `${hit.document_title ?? hit.document} ${hit.document_date ?? ""} ${hit.url}`);
}

export const question: components["schemas"]["PrecedentsBody"] = { text: "trông chờ, ỷ lại", limit: 3 };

export const sent: paths["/api/v1/citations/lookup"]["post"]["requestBody"]["content"]["application/json"] = {
  text: "Nghị quyết số 21-NQ/TW",
};

export function symbols(answer: Ok<paths["/api/v1/documents/{id}/citations"]["get"]>): (string | null)[] {
  return answer.citations.map((citation) => citation.symbol ?? citation.name ?? null);
}
