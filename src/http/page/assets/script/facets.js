// Facets: a box above a long list narrows it as one types. Values that the page has not are asked for first.
{
  const aside = document.querySelector("aside.facets");
  const SHORT = 9;

  // Without marks, as people type.
  const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll(/[đĐ]/g, "d").toLowerCase();

  // All values as the API has them, as links like those of the page.
  const fetched = async (facet, known) => {
    const answer = await fetch(facet.dataset.values);
    if (!answer.ok) return [];
    const { facets } = await answer.json();
    const name = facet.dataset.facet;
    return (facets[name] ?? []).filter(({ value }) => !known.has(value)).map(({ value, label, count }) => {
      const to = new URL(location);
      to.searchParams.delete("offset");
      to.searchParams.append(name, value);
      const [item, link, shown, number] = ["li", "a", "span", "span"].map((tag) => document.createElement(tag));
      Object.assign(shown, { className: "value", lang: "vi", textContent: label });
      Object.assign(number, { className: "count", textContent: count });
      link.href = to.pathname + to.search;
      link.append(shown, " ", number);
      item.append(link);
      return item;
    });
  };

  const narrow = (facet) => {
    const more = facet.querySelector(".more");
    const items = () => [...facet.querySelectorAll(".values:not(.chosen) > li")];
    if (!more || items().length < SHORT) return;
    const box = document.createElement("input");
    Object.assign(box, { type: "search", autocomplete: "off", className: "narrow", placeholder: aside.dataset.narrow });
    box.setAttribute("aria-label", `${aside.dataset.narrow}: ${facet.querySelector("h3").textContent}`);
    facet.querySelector("summary").after(box);
    let asked = !facet.dataset.values;
    const show = () => {
      const typed = folded(box.value.trim());
      for (const item of items()) item.hidden = !folded(item.querySelector(".value").textContent).includes(typed);
      more.classList.toggle("narrowed", typed !== "");
      more.open = typed !== "";
    };
    box.addEventListener("input", async () => {
      show();
      if (asked) return;
      asked = true;
      const { facet: name } = facet.dataset;
      const known = new Set(items().map((item) => new URL(item.querySelector("a").href).searchParams.getAll(name).at(-1)));
      try {
        more.querySelector(".values").append(...await fetched(facet, known));
        more.querySelector(".all-values")?.remove();
        show();
      } catch {
        asked = false; // The list that is there can be narrowed all the same.
      }
    });
  };

  for (const facet of aside?.querySelectorAll(".facet") ?? []) narrow(facet);
}
