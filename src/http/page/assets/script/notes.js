// Footnotes in browsers without popovers.
{
  // Browsers without popovers jump to the footnote on its page instead.
  if (!("popover" in HTMLElement.prototype)) {
    document.addEventListener("click", ({ target }) => {
      const call = target.closest(".call button");
      if (call) location.hash = call.id.replace("call-", "");
    });
  }
}
