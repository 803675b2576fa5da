// Keys, suggestions and copying. Every page works without this script.
"use strict";
(() => {
  const { base, copy, copied, found, suggestions } = document.body.dataset;
  const box = document.querySelector("#q");

  // `/` goes to the search box.
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey && box) {
      event.preventDefault();
      box.focus();
      box.select();
    }
  });

  // The arrows go through the hits, as Tab does through all links.
  const hits = [...document.querySelectorAll(".hits > li h3 a")];
  document.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const at = hits.indexOf(document.activeElement);
    if (step && at >= 0 && hits[at + step]) {
      event.preventDefault();
      hits[at + step].focus();
    }
  });

  // Suggestions under the search box: a combobox with a list (WAI-ARIA 1.2).
  const suggest = () => {
    const list = document.createElement("ul");
    const told = document.createElement("p");
    Object.assign(list, { id: "options", className: "options", hidden: true });
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", suggestions);
    told.className = "hidden";
    told.setAttribute("role", "status");
    box.after(list);
    box.closest("form").append(told);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", "options"], ["aria-expanded", "false"]]) {
      box.setAttribute(name, value);
    }
    let at = -1;
    let waiting = 0;
    let asked = null;
    const close = () => {
      list.hidden = true;
      at = -1;
      box.setAttribute("aria-expanded", "false");
      box.removeAttribute("aria-activedescendant");
    };
    const choose = (option) => {
      close();
      if (option.dataset.to) return location.assign(option.dataset.to);
      box.value = option.dataset.value;
      box.form.requestSubmit();
    };
    const select = (next) => {
      list.children[at]?.setAttribute("aria-selected", "false");
      at = next;
      const option = list.children[at];
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      box.setAttribute("aria-activedescendant", option.id);
    };
    const show = (offers) => {
      list.replaceChildren(...offers.map((offer, index) => {
        const option = document.createElement("li");
        const about = document.createElement("small");
        option.id = `option-${index}`;
        option.dataset.value = offer.value;
        if (offer.to) option.dataset.to = offer.to;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        about.textContent = offer.about ? ` ${offer.about}` : "";
        option.append(offer.value, about);
        return option;
      }));
      at = -1;
      list.hidden = offers.length === 0;
      box.setAttribute("aria-expanded", String(!list.hidden));
      told.textContent = list.hidden ? "" : found.replace("{}", offers.length);
    };
    const ask = async () => {
      asked?.abort();
      asked = new AbortController();
      const typed = box.value.trim();
      if (typed.length < 2) return close();
      try {
        const answer = await fetch(`${base}/api/v1/suggest?${new URLSearchParams({ q: typed })}`, { signal: asked.signal });
        if (answer.ok && document.activeElement === box) show(offersOf(await answer.json()));
      } catch {
        close(); // Without suggestions one types on.
      }
    };
    box.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(ask, 60);
    });
    box.addEventListener("keydown", (event) => {
      if (list.hidden) return;
      const last = list.children.length - 1;
      if (event.key === "ArrowDown") select(at < last ? at + 1 : 0);
      else if (event.key === "ArrowUp") select(at > 0 ? at - 1 : last);
      else if (event.key === "Enter" && at >= 0) choose(list.children[at]);
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
    });
    list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const option = event.target.closest("li");
      if (option) choose(option);
    });
    box.addEventListener("blur", close);
  };

  // What an answer offers: phrases and symbols go into the box, a document is gone to.
  const offersOf = ({ phrases, symbols, documents }) => [
    ...phrases.map(({ text }) => ({ value: text })),
    ...symbols.map(({ symbol, subject }) => ({ value: symbol, about: subject })),
    ...documents.map(({ document: id, title, province }) => ({
      value: title ?? id,
      about: province,
      to: `${base}/documents/${encodeURIComponent(id)}${document.documentElement.lang === "en" ? "?lang=en" : ""}`,
    })),
  ];

  if (box && "suggest" in box.dataset) suggest();

  // A passage with its address: the button stands beside the passage that one points at or is in.
  const title = document.querySelector("#title");
  if (title && navigator.clipboard) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", textContent: copy });
    const words = { vi: ["mục", "trang"], en: ["section", "page"] }[document.documentElement.lang];
    const text = (passage) => {
      const clone = passage.querySelector(".words, h2, h3, h4, h5, h6").cloneNode(true);
      clone.querySelectorAll(".call, .unsure > span, .number").forEach((node) => node.remove());
      const section = passage.closest("section")?.dataset.at;
      const address = [title.textContent.trim(), section && `${words[0]} ${section}`, `${words[1]} ${passage.dataset.page}`];
      return `“${clone.textContent.trim().replace(/\s+/g, " ")}” (${address.filter(Boolean).join(", ")})`;
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
      await navigator.clipboard.writeText(text(button.closest(".passage")));
      button.textContent = copied;
    });
  }
})();
