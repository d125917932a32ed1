function show() {
  const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!place) return;
  for (let each = place; each; each = each.parentElement) if (each.tagName === "DETAILS") each.open = true;
  place.scrollIntoView();
}
addEventListener("hashchange", show);
addEventListener("DOMContentLoaded", show);
