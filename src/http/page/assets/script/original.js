// A page of the original: arrows turn pages, + - 0 change the size of the picture.
{
  const sizes = [...document.querySelectorAll(".zoom a")];
  const turn = { ArrowLeft: ".turn [rel=prev]", ArrowRight: ".turn [rel=next]" };
  document.addEventListener("keydown", (event) => {
    const elsewhere = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (!sizes.length || elsewhere || event.ctrlKey || event.metaKey || event.altKey) return;
    // In a picture that is larger than its column, arrows move it.
    const scan = event.target.closest?.(".scan");
    const page = !(scan && scan.scrollWidth > scan.clientWidth) && document.querySelector(turn[event.key] ?? "#none");
    const at = sizes.findIndex((size) => size.hasAttribute("aria-current"));
    const size = { "+": sizes[at + 1], "=": sizes[at + 1], "-": sizes[at - 1], 0: sizes[0] }[event.key];
    const to = page || size;
    if (!to) return;
    event.preventDefault();
    to.click();
  });
}
