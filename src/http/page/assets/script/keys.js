// Keys, and what every page does as it opens.
{
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
  const hits = [...document.querySelectorAll(".hits > li :is(h3, h4) a")];
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
}
