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

  // The arrow keys move the focus between the box and the hits, as Tab does between all links.
  const hits = [...document.querySelectorAll(".hits > li h3 a")];
  document.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const stops = [box, ...hits];
    const at = stops.indexOf(document.activeElement);
    if (step && at >= 0 && stops[at + step] && !event.defaultPrevented) {
      event.preventDefault();
      stops[at + step].focus();
    }
  });

  // Leave default values out of the URL.
  document.addEventListener("formdata", ({ target, formData }) => {
    for (const [name, value] of [...formData]) {
      if (value === "" || target.elements[name]?.dataset?.usual === value) formData.delete(name);
    }
  });

  // On wide screens, open the parts that are beside the text.
  if (matchMedia("(min-width: 60rem)").matches) {
    for (const details of document.querySelectorAll("details.beside")) details.open = true;
  }

  // The language switch keeps the position in the page.
  const language = document.querySelector("a.lang");
  language?.addEventListener("click", () => {
    language.hash = location.hash;
  });

  // A long document shows a part at a time: an address without the name of its place leads to the first.
  const part = document.querySelector("[data-windows]")?.dataset.windows;
  const open = () => {
    const place = location.hash.slice(1);
    const to = new URL(location);
    if (!part || !place || document.getElementById(place) || to.searchParams.get(part) === place) return;
    to.searchParams.set(part, place);
    location.replace(to);
  };
  addEventListener("hashchange", open);
  open();

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
      if (option.dataset.to) return void location.assign(option.dataset.to);
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
    const drop = () => {
      clearTimeout(waiting);
      asked?.abort();
      close();
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
        close(); // Without suggestions the box still works.
      }
    };
    box.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(ask, 60);
    });
    box.addEventListener("keydown", (event) => {
      // By default, Escape would empty the search box.
      if (event.key === "Escape") {
        event.preventDefault();
        return drop();
      }
      if (list.hidden) return;
      const last = list.children.length - 1;
      if (event.key === "ArrowDown") select(at < last ? at + 1 : 0);
      else if (event.key === "ArrowUp") select(at > 0 ? at - 1 : last);
      else if (event.key === "Enter" && at >= 0) choose(list.children[at]);
      else return;
      event.preventDefault();
    });
    list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const option = event.target.closest("li");
      if (option) choose(option);
    });
    box.addEventListener("blur", drop);
  };

  // A date as pages write it: 16/6/2022.
  const written = (date) => date?.split("-").reverse().map(Number).join("/");

  // The options of an answer: phrases and symbols go into the box, a document opens; within a document, only phrases.
  const offersOf = ({ phrases, symbols, documents }) => [
    ...phrases.map(({ text }) => ({ value: text })),
    ...(box.dataset.suggest === "phrases" ? [] : [
      ...symbols.map(({ symbol, date, subject }) => ({ value: symbol, about: [written(date), subject].filter(Boolean).join(", ") })),
      ...documents.map(({ document: id, title, province }) => ({
        value: title ?? id,
        about: province,
        to: `${base}/documents/${encodeURIComponent(id)}${document.documentElement.lang === "en" ? "?lang=en" : ""}`,
      })),
    ]),
  ];

  if (box && "suggest" in box.dataset) suggest();

  // Browsers without popovers jump to the footnote on its page instead.
  if (!("popover" in HTMLElement.prototype)) {
    document.addEventListener("click", ({ target }) => {
      const call = target.closest(".call button");
      if (call) location.hash = call.id.replace("call-", "");
    });
  }

  // A search within a document marks the matches in its text.
  const finder = document.querySelector("form[data-find]");
  finder?.addEventListener("submit", (event) => {
    event.preventDefault();
    const to = new URL(finder.dataset.find, location);
    const back = new URLSearchParams(location.search).get("back");
    if (back) to.searchParams.set("back", back);
    to.searchParams.set("find", box.value.trim());
    location.assign(to);
  });

  // Step from match to match in a document; adjacent marks, as in a phrase, are one match.
  const told = document.querySelector(".found");
  const matches = [];
  for (const mark of document.querySelectorAll(".document .passage mark")) {
    const before = mark.previousSibling;
    const goes = before?.nodeType === Node.TEXT_NODE && !before.data.trim() && before.previousSibling === matches.at(-1)?.at(-1);
    if (goes && before.previousSibling) matches.at(-1).push(mark);
    else matches.push([mark]);
  }
  if (told && matches.length) {
    const place = document.createElement("span");
    let at = -1;
    const go = (next) => {
      matches[at]?.forEach((mark) => mark.classList.remove("current"));
      at = (next + matches.length) % matches.length;
      matches[at].forEach((mark) => mark.classList.add("current"));
      matches[at][0].scrollIntoView({ block: "center" });
      place.textContent = ` ${at + 1}/${matches.length}`;
    };
    const button = (sign, label, step) => {
      const made = document.createElement("button");
      Object.assign(made, { type: "button", textContent: sign, title: label });
      made.setAttribute("aria-label", label);
      made.addEventListener("click", () => go(at < 0 && step < 0 ? -1 : at + step));
      return made;
    };
    const steps = document.createElement("span");
    steps.className = "steps";
    steps.append(button("↑", told.dataset.before, -1), button("↓", told.dataset.after, 1), place);
    place.setAttribute("role", "status");
    told.querySelector(".first")?.remove();
    told.after(steps);
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target) {
      const next = matches.findIndex(([mark]) => target.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_FOLLOWING);
      at = (next < 0 ? matches.length : next) - 1;
    } else if (new URLSearchParams(location.search).has("find")) go(0);
  }

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
})();
