// Names of documents to choose from, under the fields that take one.
{
  const { base } = document.body.dataset;
  for (const field of document.querySelectorAll("input[data-documents]")) {
    const list = field.list;
    let waiting = 0;
    const offer = async () => {
      const typed = field.value.trim();
      // What was chosen from the list ends with its id.
      if (typed.length < 2 || typed.endsWith("]")) return;
      try {
        const answer = await fetch(`${base}/api/v1/suggest?${new URLSearchParams({ q: typed, limit: 10 })}`);
        if (!answer.ok || field.value.trim() !== typed) return;
        const { documents } = await answer.json();
        list.replaceChildren(...documents.map(({ document: id, title, province }) => {
          const option = document.createElement("option");
          option.value = `${title ?? ""} [${id}]`.trim();
          option.label = [title ?? id, province].filter(Boolean).join(", ");
          return option;
        }));
      } catch {
        // Without the list, the page offers the documents that fit.
      }
    };
    field.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(offer, 120);
    });
  }
}
