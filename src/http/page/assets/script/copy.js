// Copying a passage with its source.
{
  const { copy, copied } = document.body.dataset;

  // The button is at the passage under the pointer or with the focus.
  const article = document.querySelector("article[data-name]");
  if (article) {
    const button = document.createElement("button");
    const label = document.createElement("span");
    button.type = "button";
    button.className = "to-copy";
    label.setAttribute("aria-live", "polite");
    label.textContent = copy;
    button.append(label);
    const said = (node) => {
      const clone = node.cloneNode(true);
      clone.querySelectorAll(".call, .notes .number, .words > .number, .tools, .note").forEach((part) => part.remove());
      clone.querySelectorAll(".unsure > span").forEach((sign) => sign.replaceWith(" [?]"));
      return clone.textContent.trim().replace(/\s+/g, " ");
    };
    const text = (passage) => {
      const cells = [...passage.querySelectorAll(":scope > :is(td, th)")].map(said).filter(Boolean);
      const words = [...passage.querySelectorAll(":scope > :is(.words, h2, h3, h4, h5, h6), :scope > .side-by-side .words")].map(said);
      return `“${cells.join(" | ") || words.join(" ")}” (${article.dataset.name}, ${passage.dataset.at})`;
    };
    // For a word processor, which would take plain text in the type of the paragraph around it.
    const formatted = (words) => {
      const paragraph = document.createElement("p");
      paragraph.textContent = words;
      return paragraph.outerHTML;
    };
    const write = async (words) => {
      const kinds = { "text/plain": words, "text/html": formatted(words) };
      if (navigator.clipboard?.write && window.ClipboardItem) {
        const blobs = Object.entries(kinds).map(([type, content]) => [type, new Blob([content], { type })]);
        return navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
      }
      // Browsers have no clipboard API without a secure connection.
      document.addEventListener("copy", (event) => {
        event.preventDefault();
        for (const [type, content] of Object.entries(kinds)) event.clipboardData.setData(type, content);
      }, { once: true });
      document.execCommand("copy");
    };
    const offer = (event) => {
      const tools = event.target.closest?.(".passage")?.querySelector(".tools > div");
      if (tools && button.parentElement !== tools) {
        label.textContent = copy;
        tools.prepend(button);
      }
    };
    document.addEventListener("pointerover", offer);
    document.addEventListener("focusin", offer);
    button.addEventListener("click", async () => {
      await write(text(button.closest(".passage")));
      label.textContent = copied;
    });
  }
  // A menu closes when one goes elsewhere, or with Escape.
  document.addEventListener("click", ({ target }) => {
    const open = document.querySelector(".tools[open]");
    if (open && !open.contains(target)) open.open = false;
  });
  document.addEventListener("keydown", ({ key }) => {
    const open = key === "Escape" && document.querySelector(".tools[open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });
}
