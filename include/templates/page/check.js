"use strict";
// Hashes files in the browser and holds them against a receipt; follows a receipt's path to the printed root.
(() => {
  // A page that came neither over TLS nor from this machine may not hash: its words for want of a script stay.
  if (!window.crypto || !crypto.subtle) return;
  document.documentElement.classList.add("scripted");
  const hex = (bytes) => [...bytes].map((each) => each.toString(16).padStart(2, "0")).join("");
  const unhex = (text) => Uint8Array.from(text.match(/../g) || [], (pair) => parseInt(pair, 16));
  const sha256 = async (...parts) =>
    new Uint8Array(await crypto.subtle.digest("SHA-256", await new Blob(parts).arrayBuffer()));

  const embedded = document.getElementById("receipt");
  const receipt = embedded && JSON.parse(embedded.textContent);
  const told = receipt && JSON.parse(receipt.leaf);
  const rows = [...document.querySelectorAll("[data-sha256]")];
  const known = told ? told.files.map((file) => file.sha256) : rows.map((row) => row.dataset.sha256);

  // As RFC 9162 says it: the root that a leaf leads to from its place, null where no path from there is like this.
  async function rootByPath(leaf, index, size, path) {
    if (!(index >= 0 && index < size)) return null;
    let at = index, last = size - 1, found = leaf;
    for (const each of path) {
      if (last === 0) return null;
      if (at % 2 || at === last) {
        found = await sha256(Uint8Array.of(1), each, found);
        while (at % 2 === 0 && at) { at >>= 1; last >>= 1; }
      } else {
        found = await sha256(Uint8Array.of(1), found, each);
      }
      at >>= 1; last >>= 1;
    }
    return last === 0 ? hex(found) : null;
  }

  async function compare(files) {
    const list = document.getElementById("compared");
    list.replaceChildren();
    for (const file of files) {
      const line = document.createElement("li");
      list.append(line);
      const hash = hex(await sha256(file));
      const same = known.includes(hash);
      rows.filter((row) => row.dataset.sha256 === hash).forEach((row) => row.classList.add("same"));
      line.className = same ? "told good" : "told bad";
      line.textContent = file.name + (same ? ": khớp với biên nhận." : ": không khớp tệp nào trong biên nhận. Mã băm: " + hash);
    }
  }

  async function ownRoot() {
    const leaf = await sha256(Uint8Array.of(0), new TextEncoder().encode(receipt.leaf));
    const proof = receipt.proof;
    return rootByPath(leaf, proof.index, proof.size, proof.path.map(unhex));
  }

  const plain = (text) => text.replace(/\s+/g, " ");
  const [year, month, day, hour, minute] = told ? told.received_at.match(/\d+/g) : [];
  const moment = day + "/" + month + "/" + year + " " + hour + ":" + minute;

  // What stands on the page is for people, what was hashed stands beside it: whoever changed one of them is found here.
  async function checkOwn() {
    const shown = plain(document.querySelector(".receipt").textContent);
    const said = [moment, ...told.files.flatMap((file) => [file.name, file.sha256])];
    const led = !receipt.proof || (await ownRoot()) === receipt.proof.root;
    document.getElementById("altered").hidden = led && said.every((each) => shown.includes(plain(each)));
  }

  async function checkRoot(typed) {
    const root = await ownRoot();
    const shown = document.getElementById("verdict");
    const same = root !== null && root === typed.replace(/\s/g, "").toLowerCase();
    shown.className = same ? "told good" : "told bad";
    shown.textContent = same
      ? "Khớp: gốc đã in chứng nhận đơn vị có mã " + told.unit + " nộp lần " + told.number + ", nhận lúc "
        + moment + ", gồm: "
        + told.files.map((file) => file.name + (file.sha256 ? " (mã băm " + file.sha256 + ")" : " (không nhận)")).join("; ") + "."
      : "Không khớp: gốc chép chưa đúng, không phải của ngày này, hoặc biên nhận đã bị sửa.";
  }

  if (receipt) checkOwn();
  const form = document.querySelector(".choose");
  const input = document.getElementById("mine");
  input.addEventListener("change", () => compare(input.files));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("dragover", (event) => { event.preventDefault(); form.classList.add("over"); });
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    compare(event.dataTransfer.files);
  });
  const against = document.querySelector(".against");
  if (against) {
    against.addEventListener("submit", (event) => {
      event.preventDefault();
      checkRoot(document.getElementById("root").value);
    });
  }
})();
