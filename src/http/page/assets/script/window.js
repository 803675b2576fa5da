// Windows of a long document.
{
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
}
