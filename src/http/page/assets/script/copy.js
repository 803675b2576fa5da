// Copying a passage with its source.
{
  const { copy, copied } = document.body.dataset;

  // Copy a passage with its citation: the button appears at the passage under the pointer or with the focus.
  const article = document.querySelector("article[data-name]");
  if (article) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", textContent: copy });
    button.setAttribute("aria-live", "polite");
    const said = (node) => {
      const clone = node.cloneNode(true);
      clone.querySelectorAll(".call, .number").forEach((part) => part.remove());
      clone.querySelectorAll(".unsure > span").forEach((sign) => sign.replaceWith(" [?]"));
      return clone.textContent.trim().replace(/\s+/g, " ");
    };
    const text = (passage) => {
      const words = [...passage.querySelectorAll(":scope > :is(.words, h2, h3, h4, h5, h6)")].map(said);
      return `“${words.join(" ")}” (${article.dataset.name}, ${passage.dataset.at})`;
    };
    // Browsers have no clipboard API without a secure connection.
    const write = async (words) => {
      if (navigator.clipboard) return navigator.clipboard.writeText(words);
      const area = document.createElement("textarea");
      area.value = words;
      button.after(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    };
    const offer = (event) => {
      const tools = event.target.closest?.(".passage")?.querySelector(".tools");
      if (tools && button.parentElement !== tools) {
        button.textContent = copy;
        tools.append(" ", button);
      }
    };
    document.addEventListener("pointerover", offer);
    document.addEventListener("focusin", offer);
    button.addEventListener("click", async () => {
      await write(text(button.closest(".passage")));
      button.textContent = copied;
    });
  }
}
