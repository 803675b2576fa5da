// Suggestions under the search box: a combobox with a list (WAI-ARIA 1.2).
{
  const box = document.querySelector("#q");
  const { base, found, suggestions } = document.body.dataset;

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

  // A date as pages write it: 16/06/2022.
  const written = (date) => date?.split("-").reverse().join("/");

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
}
