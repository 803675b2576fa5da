// Search within a document: marks in the text, and steps from one to the next.
{
  const box = document.querySelector("#q");

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
}
