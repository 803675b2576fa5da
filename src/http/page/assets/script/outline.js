// The outline: the section that is being read.
{
  const outline = document.querySelector(".outline ol");
  const places = [];
  for (const link of outline?.querySelectorAll("a[href^='#']") ?? []) {
    const place = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (place) places.push({ link, place });
  }
  // The last heading above a line across the window is that of the section one reads. The line is in the upper third and
  // moves down at the end of the page, so that the last sections have their turn.
  let current;
  const mark = () => {
    const left = document.documentElement.scrollHeight - innerHeight - scrollY;
    const line = Math.max(innerHeight * 0.3, innerHeight - left);
    let [low, high] = [0, places.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (places[middle].place.getBoundingClientRect().top <= line) low = middle + 1;
      else high = middle;
    }
    const { link } = places[Math.max(0, low - 1)];
    if (link === current) return;
    current?.removeAttribute("aria-current");
    current = link;
    link.setAttribute("aria-current", "location");
    // It stays in sight in the outline, which scrolls by itself.
    const [list, at] = [outline.getBoundingClientRect(), link.getBoundingClientRect()];
    if (at.top < list.top || at.bottom > list.bottom) outline.scrollTop += at.top - list.top - list.height / 3;
  };
  let waiting = false;
  const later = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      mark();
    });
  };
  if (places.length) {
    addEventListener("scroll", later, { passive: true });
    addEventListener("resize", later, { passive: true });
    later();
  }
}
